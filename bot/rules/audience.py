"""Who hears of a change, and where: with `faces` the only place that names a lane.

For a private incident it never yields a public place: such an incident has no announcement, so no thread
and no lane there.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any, Literal

from bot.rules import announcing, audiences, bursts, earshot, events, faces
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.incident import Handoff, Incident, PersonId
from bot.rules.paging import pagerduty
from bot.rules.people import sees
from bot.rules.policy import Policy

LINK = "link"
"""The source of what is done by a link in a page outside Slack."""

NEW = timedelta(seconds=10)
"""So long what its card shows is news."""

LATE = timedelta(minutes=5)
"""Who joins the channel later than this after the declaration is shown what is known."""


def tell(before: Incident | None, after: Incident, entries: tuple[Entry, ...], policy: Policy) -> tuple[Outgoing, ...]:
    """What goes out because of a change, in the order it should be sent."""
    if any(isinstance(entry.event, events.TextsRemoved) for entry in entries):
        return ()  # what stands in Slack stays as it is
    if before is None:
        declared = (entry.event for entry in entries if isinstance(entry.event, events.Declared))
        is_changed = any(isinstance(entry.event, events.RolledOut) for entry in entries)
        has_more = bool(is_changed or after.alerts) or any(each.quote or each.link for each in declared)
        passed = tuple(entry for entry in entries if isinstance(entry.event, events.GlassBroken | events.Paged))
        opening = faces.opening(after, policy, has_more=has_more)
        told = (*_messages(after, after, passed, policy), *pagerduty.tell(after, after, entries, policy))
        return (*opening, *told, *audiences.telling(after, entries, policy))
    return (
        *faces.moving(before, after, policy),
        *_with_gap(_messages(before, after, entries, policy), entries),
        *faces.invitations(before, after, entries, policy),
        *_late_joiners(before, after, entries),
        *faces.edits(before, after, entries),
        *pagerduty.tell(before, after, entries, policy),
        *audiences.telling(after, entries, policy),
        *_archiving(entries, after),
    )


def _messages(before: Incident, after: Incident, entries: tuple[Entry, ...], policy: Policy) -> Iterable[Outgoing]:
    """One message a lane for all that one change or one sweep has to say there."""
    heard: dict[str, list[Entry]] = {}
    places: dict[str, str] = {}
    loud: set[str] = set()
    for entry in entries:
        for lane, place, is_loud in _addresses(entry, before, after, policy):
            if entry not in heard.setdefault(lane, []):
                heard[lane].append(entry)
            places.setdefault(lane, place)
            if is_loud:
                loud.add(lane)
    for lane, told in heard.items():
        line = bursts.line(after, told) if bursts.is_burst(told) and lane == announcing.room(after) else None
        yield line or _message(lane, told, places[lane], broadcast=lane in loud)
    yield from _private_words(before, after, entries)
    yield from _to_followers(after, entries)


def _with_gap(messages: Iterable[Outgoing], entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """The messages of a sweep, each with the word on why they come late, where there is one."""
    gap = [entry.seq for entry in entries if isinstance(entry.event, events.WasAway)]
    for each in messages:
        yield replace(each, facts={**each.facts, "seqs": [*each.facts["seqs"], *gap]}) if gap else each


def _addresses(
    entry: Entry, before: Incident, after: Incident, policy: Policy
) -> Iterable[tuple[str, Literal["channel", "thread"], bool]]:
    """The lanes in which an event is said to more than one, as which place, and whether loudly."""
    event, lost = entry.event, _says_lost(entry, after)
    if isinstance(event, events.Paged) and not (event.would or after.private):
        for name in event.channels:
            yield f"channel:{name}", "thread", False  # where others read, so that it is named
    room, thread = announcing.room(after), announcing.thread(after)
    if room and (earshot.is_for_room(event, after) or lost == room) and not _is_on_card(entry, after):
        yield room, "channel", False
    is_raise = isinstance(event, events.SeverityChanged)
    left = event.left if isinstance(event, events.Undone) else is_raise and announcing.left(before, after)
    if left and not after.private:  # who worked in the thread is told where it goes on
        yield left, "thread", False
    is_news = faces.is_announced_anew(before, after)  # the top message, new there, says the raise loudly enough
    if thread and (earshot.is_for_thread(event, after, policy) or lost == thread) and not (is_news and is_raise):
        yield thread, "channel" if thread == room else "thread", earshot.is_loud(event, after, policy) and not is_news


def _is_on_card(entry: Entry, incident: Incident) -> bool:
    """Whether the card, posted at that moment, says it all: who is paged as it is declared, who is next, and when."""
    event, declared = entry.event, incident.at("declared")
    if not isinstance(event, events.Paged) or declared is None or incident.room == "thread":
        return False
    return event.why == "begun" and not event.passed and entry.at - declared < NEW


def _message(lane: str, entries: list[Entry], place: str, **more: Any) -> Outgoing:
    return Outgoing(lane, "message", facts={"seqs": [entry.seq for entry in entries], "place": place, **more})


def _says_lost(entry: Entry, incident: Incident) -> str | None:
    """The lane in which it is said that something can never be sent, or that the channel is lost."""
    match entry.event:
        case events.GaveUp(told=True):
            return announcing.elsewhere(incident, entry.event.lane, entry.at)
        case events.RoomArchived() | events.RoomGone() | events.RoomUnarchived(inside=False):
            if incident.is_open and entry.event.channel == incident.channel:
                return announcing.elsewhere(incident, announcing.channel(incident), entry.at)
    return None


def _private_words(before: Incident, after: Incident, entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """Direct messages: to who is asked, who was given something, who waits for an answer."""
    for entry in entries:
        for person in dict.fromkeys(_concerned(entry, before, after)):
            yield _message(f"person:{person}", [entry], "person", person=person)


def _concerned(entry: Entry, before: Incident, after: Incident) -> Iterable[PersonId]:
    event = entry.event
    match event:
        case events.UpdateDue() if event.asked and (event.step == 2 or (event.step == 3 and not after.announce)):
            yield event.asked
        case events.RoleAssigned():
            freed = before.handoff.by if before.handoff and _is_handed_over(event, before.handoff) else None
            seen = entry.person if entry.source != LINK else None  # a page behind a link tells no duties
            yield from (person for person in (event.person, freed) if person and person != seen)
        case events.HandoffDeclined() if after.commander != event.by:
            return  # who offered it is gone
        case events.GlassBroken():
            leads = dict.fromkeys((before.commander, after.commander))
            yield from (each for each in leads if each and each != event.person and sees(after, each))
        case events.Undone(kind="RoleAssigned"):
            yield from (person for person in (event.was, event.now) if person and person != entry.person)
    if (told := earshot.TOLD.get(type(event))) and (person := getattr(event, told)):
        yield person
    lane = _says_lost(entry, after)
    if lane and lane.startswith("person:"):
        yield lane.removeprefix("person:")
    yield from _trying_out(event, after)


def _trying_out(event: Event, after: Incident) -> Iterable[PersonId]:
    """Who declared a test is told whom it would have paged."""
    if isinstance(event, events.Paged | events.NobodyAnswered) and event.would and after.declarer:
        yield after.declarer


def _is_handed_over(event: events.RoleAssigned, handoff: Handoff) -> bool:
    return event.role == "commander" and (event.previous, event.person) == (handoff.by, handoff.to)


def _to_followers(after: Incident, entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """What matters to those outside, to each who follows; not to who did it."""
    told = [entry for entry in entries if earshot.is_followed(entry.event)]
    for person in after.followers if told else ():
        if person != told[0].person:
            yield _message(f"person:{person}", told, "person", person=person, follows=True)


def _late_joiners(before: Incident, after: Incident, entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """Who comes into the channel of an open incident late, or is invited there, is shown, alone, what is known.

    Who does something in it, other than coming to help, knows enough; who is offered command has been sent the brief.
    """
    is_same_room = after.room == before.room == "channel" and after.channels == before.channels
    begun = after.at("declared") or after.anchor
    if not (entries and after.is_open and is_same_room) or entries[0].at - begun < LATE:
        return
    acting = (entry.person for entry in entries if not isinstance(entry.event, events.Joined | events.MemberJoined))
    knowing = {*acting, *(each.handoff.to for each in (before, after) if each.handoff)}
    for person in after.members:
        if person not in before.members and person not in knowing:
            yield Outgoing(announcing.channel(after), "catchup", facts={"person": person})


def _archiving(entries: tuple[Entry, ...], after: Incident) -> Iterable[Outgoing]:
    """The channel is archived once its last word is said; one that was left, at once."""
    for entry in entries:
        event = entry.event
        if isinstance(event, events.ArchiveRequested):
            lane = announcing.channel(after) if event.channel == after.channel else announcing.setup(after)
            yield Outgoing(lane, "archive", facts={"channel": event.channel})
