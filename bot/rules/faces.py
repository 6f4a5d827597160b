"""What of an incident is edited in place and always true: card, announcements, topic, links; and its new channel."""

from collections.abc import Iterable

from bot.rules import announcing
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import (
    AlertFired,
    AlertsOver,
    Announced,
    GaveUp,
    Joined,
    MemberJoined,
    RoleAssigned,
    RolledOut,
    RoomMade,
)
from bot.rules.incident import Incident, PersonId
from bot.rules.paging.escalation import paged_steps
from bot.rules.policy import Policy

BESIDE = (AlertFired, AlertsOver, RolledOut)
"""What the second message of its channel tells of."""


def opening(incident: Incident, policy: Policy, *, has_more: bool) -> Iterable[Outgoing]:
    """The announcement first, the channel beside it; what belongs in the channel waits for it, in order."""
    if incident.announce:
        yield _announcement(incident, incident.announce, incident.announce)
    if incident.room == "channel":
        has_links = any(service.dashboards or service.bridge for service in policy.services_of(incident.services))
        yield from _new_room(incident, policy, has_links=has_more or has_links)


def _new_room(incident: Incident, policy: Policy, *, has_links: bool) -> Iterable[Outgoing]:
    lane = announcing.channel(incident)
    yield Outgoing(announcing.setup(incident), "room")
    yield Outgoing(lane, "card", announcing.own(incident, "card"))
    yield Outgoing(lane, "invite", facts={"people": list(wanted(incident)), "names": list(named(incident, policy))})
    yield Outgoing(lane, "topic", announcing.own(incident, "topic"))
    if has_links:
        yield Outgoing(lane, "links", announcing.own(incident, "links"))


def wanted(incident: Incident) -> tuple[PersonId, ...]:
    """Declarer, role holders and responders, each once; of a private one all who may see it."""
    if incident.private:
        return incident.members
    declarer = (incident.declarer,) if incident.declarer else ()
    return tuple(dict.fromkeys((*declarer, *incident.roles.values(), *incident.responders)))


def named(incident: Incident, policy: Policy) -> tuple[str, ...]:
    """Groups and people whom the configuration adds to its channel; nobody to a private one or a test."""
    if incident.private or incident.is_test:
        return ()
    team = policy.team_of(incident)
    return tuple(dict.fromkeys((*policy.level(incident).invite, *(team.invite if team else ()))))


def _announcement(incident: Incident, home: str, lane: str) -> Outgoing:
    """The top message of the announcement in `home`, posted or edited in `lane`."""
    return Outgoing(lane, "announcement", announcing.standing(incident, home), {"lane": home})


def moving(before: Incident, after: Incident, policy: Policy) -> Iterable[Outgoing]:
    """Another place to be announced in, a channel where there was a thread, a fresh channel instead of the old."""
    if after.announce and is_announced_anew(before, after):
        yield _announcement(after, after.announce, after.announce)
    if after.private and not before.private:
        yield from _hiding(before)
    if after.room == "channel" and (before.room == "thread" or after.channels != before.channels):
        yield from _new_room(after, policy, has_links=True)


def _hiding(before: Incident) -> Iterable[Outgoing]:
    """What others could read until now: its channel gets a last word, its announcements' threads tell nothing more."""
    if before.channel:
        yield Outgoing(announcing.channel(before), "farewell", facts={"channel": before.channel})
    for home in before.announced:
        yield Outgoing(f"{before.subject}/thread@{home}", "conceal")


def is_announced_anew(before: Incident, after: Incident) -> bool:
    """Whether it gets a top message in a place where it had none."""
    return after.announce != before.announce and after.announce is not None and after.announce not in before.announced


def invitations(before: Incident, after: Incident, entries: tuple[Entry, ...], policy: Policy) -> Iterable[Outgoing]:
    """Who takes part since now, or may see a private one, is invited to the channel, if there is one or will be."""
    if after.room != "channel" or before.room != "channel" or after.channels != before.channels:
        return
    there = {*before.members, *(entry.event.person for entry in entries if isinstance(entry.event, MemberJoined))}
    asked = {entry.event.person for entry in entries if isinstance(entry.event, RoleAssigned | Joined)}
    since = [person for person in wanted(after) if person in asked or person not in wanted(before)]
    new = [person for person in since if person not in there]  # who left by themselves are not fetched back
    names = [name for name in named(after, policy) if name not in named(before, policy)]
    if new or names:
        yield Outgoing(announcing.channel(after), "invite", facts={"people": new, "names": names})


def edits(before: Incident, after: Incident, entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """Card, announcements, topic and links, where what they show has changed."""
    is_news = any(not isinstance(entry.event, Announced | GaveUp) for entry in entries)
    if after.room == "channel" and is_news and (_card(before) != _card(after) or _is_back(before, after)):
        card = announcing.own(after, "card")
        yield Outgoing(card, "card", card)
    is_beside = any(isinstance(entry.event, AlertFired | AlertsOver) for entry in entries)  # no second message there
    is_card = after.room == "thread" and (_card(before) != _card(after) or before.room != after.room or is_beside)
    is_caught_up = after.private and before.announced != after.announced  # it was on its way when that was decided
    if is_card or is_caught_up or _shown(before) != _shown(after):
        for lane in dict.fromkeys((*after.announced, *([after.announce] if after.announce else []))):
            yield _announcement(after, lane, announcing.standing(after, lane))
    yield from _beside(before, after, entries)


def _beside(before: Incident, after: Incident, entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    if after.room != "channel":
        return
    lane = announcing.channel(after)
    if _headline(before) != _headline(after) or _is_back(before, after):
        yield Outgoing(lane, "topic", announcing.own(after, "topic"))
    if after.services != before.services or any(isinstance(entry.event, BESIDE) for entry in entries):
        yield Outgoing(lane, "links", announcing.own(after, "links"))
    if after.channel and after.announcement and any(isinstance(e.event, RoomMade | Announced) for e in entries):
        yield Outgoing(lane, "bookmark")


def _is_back(before: Incident, after: Incident) -> bool:
    """Whether its channel can be written in again: what stands there is out of date."""
    return announcing.LOST in before.said and announcing.LOST not in after.said and after.channels == before.channels


def _headline(incident: Incident) -> tuple[object, ...]:
    return incident.title, incident.severity, incident.status, incident.commander, incident.merged_into


def _shown(incident: Incident) -> tuple[object, ...]:
    """What the announcement shows; while nobody has it, that its acknowledgement is late."""
    facts = (
        incident.acknowledged_by or _is_late(incident),
        incident.channel,
        incident.services,
        incident.affected,
        incident.impact,
        incident.private,
    )
    lasting = tuple(incident.at(name) for name in ("began", "detected", "resolved"))
    return (*_headline(incident), *facts, *lasting, tuple(incident.figures.items()))


def _is_late(incident: Incident) -> bool:
    return bool(incident.last_step("acknowledgement", incident.respond_from))


def _card(incident: Incident) -> tuple[object, ...]:
    """What the card shows; the first reminder turns it "update due", or its acknowledgement late."""
    is_due = bool(incident.last_step("update", incident.promised_at))
    facts = (incident.acknowledged_by, incident.services, incident.affected, incident.impact, incident.handoff)
    steps = tuple((name, said.step, said.at) for name, said in paged_steps(incident).items())  # the same one anew, too
    paging = (incident.paging_from is None, tuple(incident.paged), steps)
    times = (incident.promise, is_due, _is_late(incident), incident.keep_awake, tuple(incident.milestones.items()))
    people = (tuple(incident.roles.items()), incident.responders, tuple(incident.figures.items()))
    return (*_headline(incident), *facts, *times, *people, *paging, incident.absorbed, incident.fix, incident.cause)
