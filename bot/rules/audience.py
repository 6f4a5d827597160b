"""Who hears of a change, and where: the only place that names a lane.

For a private incident it never yields a public place: such an incident has no announcement, so no thread
and no lane there.
"""

from collections.abc import Iterable
from typing import Any, Literal

from bot.rules import announcing
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import (
    Acknowledged,
    Announced,
    Cancelled,
    CommanderWanted,
    Declared,
    Event,
    EventRecorded,
    GaveUp,
    InHand,
    KeptAwake,
    NotAcknowledged,
    Noted,
    NotMitigated,
    Reopened,
    Resolved,
    RoleAssigned,
    RoomMade,
    ServiceAdded,
    ServiceRemoved,
    SeverityChanged,
    Snoozed,
    StatusChanged,
    Unacknowledged,
    Updated,
    UpdateDue,
    UpdateSoon,
)
from bot.rules.incident import Incident, PersonId
from bot.rules.policy import Policy

ROOM = frozenset[type[Event]](
    {
        Acknowledged,
        Cancelled,
        CommanderWanted,
        EventRecorded,
        InHand,
        KeptAwake,
        NotAcknowledged,
        Noted,
        NotMitigated,
        Reopened,
        Resolved,
        RoleAssigned,
        ServiceAdded,
        ServiceRemoved,
        SeverityChanged,
        Snoozed,
        StatusChanged,
        Unacknowledged,
        Updated,
    }
)
"""Said where the incident's people work. An update's first reminder is said there too."""

THREAD = frozenset[type[Event]]({Updated, Cancelled})
"""Said in the announcement's thread."""


def tell(before: Incident | None, after: Incident, entries: tuple[Entry, ...], policy: Policy) -> tuple[Outgoing, ...]:
    """What goes out because of a change, in the order it should be sent."""
    if before is None:
        return tuple(_opening(after, entries, policy))
    return (
        *_moving(before, after),
        *_messages(before, after, entries, policy),
        *_invitations(before, after),
        *_faces(before, after, entries),
    )


def _opening(incident: Incident, entries: tuple[Entry, ...], policy: Policy) -> Iterable[Outgoing]:
    """The announcement first, the channel beside it; what belongs in the channel waits for it, in order."""
    if incident.announce:
        yield _announcement(incident, incident.announce, incident.announce)
    if incident.room == "channel":
        has_more = any(isinstance(e.event, Declared) and (e.event.quote or e.event.link) for e in entries)
        has_links = any(service.dashboards or service.bridge for service in policy.services_of(incident.services))
        yield from _new_room(incident, has_links=has_more or has_links)


def _new_room(incident: Incident, *, has_links: bool) -> Iterable[Outgoing]:
    lane = f"{incident.subject}/channel"
    yield Outgoing(announcing.setup(incident), "room")
    yield Outgoing(lane, "card", announcing.slot(incident, "card"))
    yield Outgoing(lane, "invite", facts={"people": list(_wanted(incident))})
    yield Outgoing(lane, "topic", announcing.slot(incident, "topic"))
    if has_links:
        yield Outgoing(lane, "links", announcing.slot(incident, "links"))


def _announcement(incident: Incident, home: str, lane: str) -> Outgoing:
    """The top message of the announcement in `home`, posted or edited in `lane`."""
    return Outgoing(lane, "announcement", announcing.slot(incident, "announcement", home), {"lane": home})


def _moving(before: Incident, after: Incident) -> Iterable[Outgoing]:
    """What a raise brings: another place to be announced in, a channel where there was a thread."""
    if after.announce and _is_announced_anew(before, after):
        yield _announcement(after, after.announce, after.announce)
    if after.room == "channel" and before.room == "thread":
        yield from _new_room(after, has_links=True)


def _wanted(incident: Incident) -> tuple[PersonId, ...]:
    """Declarer, role holders and responders, each once."""
    return tuple(dict.fromkeys((incident.declared_by, *incident.roles.values(), *incident.responders)))


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
        yield _message(lane, told, places[lane], broadcast=lane in loud)
    yield from _private_words(after, entries)


def _addresses(
    entry: Entry, before: Incident, after: Incident, policy: Policy
) -> Iterable[tuple[str, Literal["channel", "thread"], bool]]:
    """The lanes in which an event is said to more than one, as which place, and whether loudly."""
    event, lost = entry.event, _says_lost(entry, after)
    room, thread = announcing.room(after), announcing.thread(after)
    if room and (_is_for_room(event) or lost == room):
        yield room, "channel", False
    is_raise = isinstance(event, SeverityChanged)
    left = announcing.thread(before) if before.room == "thread" and after.room == "channel" else None
    if is_raise and left:  # who worked in the thread is told where it goes on
        yield left, "thread", False
    is_news = _is_announced_anew(before, after)  # the top message, new there, says the raise loudly enough
    if thread and (_is_for_thread(event, after, policy) or lost == thread) and not (is_news and is_raise):
        yield thread, "channel" if thread == room else "thread", _is_loud(event, after, policy) and not is_news


def _is_announced_anew(before: Incident, after: Incident) -> bool:
    return after.announce != before.announce and after.announce is not None and after.announce not in before.announced


def _message(lane: str, entries: list[Entry], place: str, **more: Any) -> Outgoing:
    return Outgoing(lane, "message", facts={"seqs": [entry.seq for entry in entries], "place": place, **more})


def _says_lost(entry: Entry, incident: Incident) -> str | None:
    """The lane in which it is said that something can never be sent."""
    event = entry.event
    return announcing.elsewhere(incident, event.lane) if isinstance(event, GaveUp) and event.told else None


def _is_for_room(event: Event) -> bool:
    match event:
        case UpdateDue():
            return event.step == 1
        case EventRecorded():
            return event.author is None
    return type(event) in ROOM


def _is_for_thread(event: Event, incident: Incident, policy: Policy) -> bool:
    return type(event) in THREAD or _is_loud(event, incident, policy)


def _is_loud(event: Event, incident: Incident, policy: Policy) -> bool:
    """Whether it is a new message in the announcement channel: an edit notifies nobody."""
    match event:
        case Resolved() | Reopened():
            return True
        case UpdateDue():
            return event.step == 3
        case SeverityChanged():
            return event.raised and policy.is_major(event.after)
        case Updated() | NotAcknowledged():
            return policy.is_major(incident.severity)
    return False


def _private_words(incident: Incident, entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """Direct messages: a word before the update is due, the commander afterwards, who was given a role."""
    for entry in entries:
        event = entry.event
        person = None
        if isinstance(event, UpdateSoon) or (
            isinstance(event, UpdateDue) and (event.step == 2 or (event.step == 3 and not incident.announce))
        ):
            person = event.asked
        elif isinstance(event, RoleAssigned) and entry.person != event.person:
            person = event.person
        elif (lane := _says_lost(entry, incident)) and lane.startswith("person:"):
            person = lane.removeprefix("person:")
        if person:
            yield _message(f"person:{person}", [entry], "person", person=person)


def _invitations(before: Incident, after: Incident) -> Iterable[Outgoing]:
    """Who takes part since now is invited to the channel, if there is one or will be."""
    new = [person for person in _wanted(after) if person not in before.members]
    if new and after.room == "channel" and before.room == "channel":
        yield Outgoing(f"{after.subject}/channel", "invite", facts={"people": new})


def _faces(before: Incident, after: Incident, entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """What is edited in place and always true: card, announcements, topic; and the links between them."""
    is_news = any(not isinstance(entry.event, Announced | GaveUp) for entry in entries)
    if after.room == "channel" and is_news and _card(before) != _card(after):
        yield Outgoing(f"{after.subject}/card", "card", announcing.slot(after, "card"))
    is_card = after.room == "thread" and (_card(before) != _card(after) or before.room != after.room)
    if is_card or _shown(before) != _shown(after):
        for lane in dict.fromkeys((*after.announced, *([after.announce] if after.announce else []))):
            yield _announcement(after, lane, announcing.slot(after, "announcement", lane))
    if after.room == "channel" and _headline(before) != _headline(after):
        yield Outgoing(f"{after.subject}/channel", "topic", announcing.slot(after, "topic"))
    if after.services != before.services and after.room == "channel":
        yield Outgoing(f"{after.subject}/channel", "links", announcing.slot(after, "links"))
    if after.channel and after.announcement and any(isinstance(e.event, RoomMade | Announced) for e in entries):
        yield Outgoing(f"{after.subject}/channel", "bookmark")


def _headline(incident: Incident) -> tuple[object, ...]:
    return incident.title, incident.severity, incident.status, incident.commander


def _shown(incident: Incident) -> tuple[object, ...]:
    """What the announcement shows."""
    facts = (
        incident.acknowledged_by,
        incident.channel,
        incident.services,
        incident.affected,
        incident.impact,
    )
    return (*_headline(incident), *facts)


def _card(incident: Incident) -> tuple[object, ...]:
    """What the card shows; the first reminder turns it "update due", or its acknowledgement late."""
    is_due = bool(incident.last_step("update", incident.promised_at))
    is_late = bool(incident.last_step("acknowledgement", incident.respond_from))
    facts = (incident.acknowledged_by, incident.services, incident.affected, incident.impact)
    times = (incident.promise, is_due, is_late, incident.keep_awake, tuple(incident.milestones))
    return (*_headline(incident), *facts, *times, tuple(incident.roles.items()), incident.responders)
