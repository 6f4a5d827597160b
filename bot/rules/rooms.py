"""What Slack answered or told of places: made, renamed, archived, lost; and what people decide of a channel."""

from dataclasses import replace
from datetime import timedelta

from bot.rules import announcing
from bot.rules.change import Change
from bot.rules.events import (
    Announced,
    ArchiveRequested,
    ChannelKept,
    Event,
    GaveUp,
    HandoffDeclined,
    HolderGone,
    MemberJoined,
    MemberLeft,
    RoomArchived,
    RoomGone,
    RoomMade,
    RoomRenamed,
    RoomReplaced,
    RoomUnarchived,
)
from bot.rules.incident import Incident, PersonId, Post, Said
from bot.rules.moment import Moment
from bot.rules.people import roles_of, with_member
from bot.rules.refused import Refused

SAID_AGAIN_AFTER = timedelta(hours=1)
GONE = frozenset({"is_archived", "is_inactive", "channel_not_found", "not_in_channel"})
"""Slack's reasons for which nothing at all can be sent to a place."""

NOT_SET_UP = "not_set_up"
"""Nothing of that kind can be sent, wherever it leads."""

FAILED_HERE = "failed_here"
"""Our own code failed at it again and again: the log says how, for nobody at work can know."""

VACATED = "vacated"
"""Kept in `said`: when command fell free because who had it was deactivated."""


def room_made(incident: Incident, moment: Moment, *, channel: str, name: str, ordinal: int | None = None) -> Change:
    """Its channel exists now. A second answer for the same incident changes nothing.

    `ordinal` tells which of its channels was asked for: one that it wants no more, and nobody came to, is archived.
    """
    if ordinal not in {None, incident.channels}:
        return Change(incident, (ArchiveRequested(channel=channel),))
    if incident.channel:
        return Change(incident, ())
    return Change(replace(incident, channel=channel, channel_name=name), (RoomMade(channel=channel, name=name),))


def announced(incident: Incident, moment: Moment, *, lane: str, channel: str, ts: str) -> Change:
    """Its top message stands in that lane's channel."""
    if lane in incident.announced:
        return Change(incident, ())
    after = replace(incident, announced={**incident.announced, lane: Post(channel, ts)})
    return Change(after, (Announced(channel=channel, ts=ts),))


def joined(incident: Incident, moment: Moment, *, person: PersonId) -> Change:
    """Somebody came into its channel."""
    if person in incident.members:
        return Change(incident, ())
    return Change(with_member(incident, person), (MemberJoined(person=person),))


def left(incident: Incident, moment: Moment, *, person: PersonId) -> Change:
    """Somebody went out of its channel; who holds a role while it is open keeps it until another takes it."""
    if person not in incident.members:
        return Change(incident, ())
    members = tuple(each for each in incident.members if each != person)
    events: tuple[Event, ...] = (MemberLeft(person=person),)
    if incident.is_open and (held := roles_of(incident, person)):
        events = (*events, HolderGone(person=person, roles=held, why="left"))
    return Change(replace(incident, members=members), events)


def deactivated(incident: Incident, moment: Moment, *, person: PersonId) -> Change:
    """Somebody is deactivated in Slack: an open incident's roles are free again, and no command waits for them.

    Where they were paged, its next look sees that nobody waits for them (`losing.lost`).
    """
    if not incident.is_open:
        return Change(incident, ())
    held, offered = roles_of(incident, person), incident.handoff
    events: list[Event] = [HolderGone(person=person, roles=held, why="deactivated")] if held else []
    if offered and offered.to == person:
        events.append(HandoffDeclined(by=offered.by, to=person))
        offered = None
    after = replace(
        incident,
        roles={role: holder for role, holder in incident.roles.items() if holder != person},
        members=tuple(each for each in incident.members if each != person),
        followers=tuple(each for each in incident.followers if each != person),
        handoff=offered,
    )
    return Change(_marked(after, moment, VACATED) if "commander" in held else after, tuple(events))


def renamed(incident: Incident, moment: Moment, *, name: str) -> Change:
    """Somebody gave its channel another name."""
    if name == incident.channel_name:
        return Change(incident, ())
    before = incident.channel_name or ""
    return Change(replace(incident, channel_name=name), (RoomRenamed(before=before, after=name),))


def archived(incident: Incident, moment: Moment, *, channel: str) -> Change:
    """Its channel, or one that it has left, is archived: what is open goes on in the announcement's thread."""
    if channel == incident.channel and not incident.archived:
        after = _without_channel(replace(incident, archived=True), moment)
    elif channel in incident.former_channels and _archived(channel) not in incident.said:
        after = _marked(incident, moment, _archived(channel))
    else:
        return Change(incident, ())
    return Change(after, (RoomArchived(channel=channel),))


def unarchived(incident: Incident, moment: Moment, *, channel: str, inside: bool = True) -> Change:
    """Somebody brought an archived channel back: what had moved out of it goes on there, once Tocsin is in it."""
    if channel == incident.channel and incident.archived:
        after = replace(incident, archived=False)
        after = (
            _back(after, announcing.lost("channel"), _gone(channel))
            if inside
            else _marked(after, moment, _gone(channel))
        )
    elif channel in incident.former_channels and _archived(channel) in incident.said:
        after = _unmarked(incident, _archived(channel))
    else:
        return Change(incident, ())
    return Change(after, (RoomUnarchived(channel=channel, inside=inside),))


def gone(incident: Incident, moment: Moment, *, channel: str, why: str = "deleted") -> Change:
    """A channel is deleted, or Tocsin was `removed` from it: what is open goes on in the announcement's thread.

    A deleted one counts as archived: reopened, the incident gets a fresh one.
    """
    is_own = channel == incident.channel
    if _gone(channel) in incident.said or not (is_own or channel in incident.former_channels):
        return Change(incident, ())
    after = _marked(incident, moment, _gone(channel))
    if is_own:
        after = _without_channel(replace(after, archived=after.archived or why == "deleted"), moment)
    return Change(after, (RoomGone(channel=channel, why=why),))


def returned(incident: Incident, moment: Moment, *, person: PersonId) -> Change:
    """Tocsin is in its channel again, which had been lost or archived: that is where the work goes on."""
    was_gone = incident.archived or (incident.channel is not None and _gone(incident.channel) in incident.said)
    if not was_gone and (incident.room == "channel" or announcing.lost("channel") not in incident.said):
        return Change(incident, ())
    after = _back(replace(incident, archived=False), announcing.lost("channel"), _gone(incident.channel or ""))
    return Change(after, (MemberJoined(person=person),))


def replaced(incident: Incident, moment: Moment) -> tuple[Incident, tuple[Event, ...]]:
    """The incident with a fresh channel to come, where its own is out of reach: a bot cannot unarchive."""
    former = incident.channel
    if former is None or not is_out_of_reach(incident):
        return incident, ()
    fresh = announcing.rehoused(incident)
    if not incident.archived:
        return fresh, (RoomReplaced(former, "removed"),)
    why = "deleted" if _gone(former) in incident.said else "archived"
    return _marked(fresh, moment, _archived(former)), (RoomReplaced(former, why),)


def request_archive(incident: Incident, moment: Moment, *, by: PersonId, channel: str = "") -> Change:
    """Somebody wants its channel archived, or one that it has left. Raises Refused while its people work there."""
    wanted = _its(incident, channel)
    if wanted == incident.channel and incident.is_open:
        way = f"`{moment.policy.command} resolve {incident.name} …` closes it first."
        raise Refused(f"{incident.name} is open, and <#{wanted}> is where its people work. {way}")
    if (wanted == incident.channel and incident.archived) or _archived(wanted) in incident.said:
        raise Refused(f"<#{wanted}> is archived already.")
    if _gone(wanted) in incident.said:
        raise Refused(f"I am not in <#{wanted}> any more, so I cannot archive it. Somebody who is in it can.")
    return Change(incident, (ArchiveRequested(channel=wanted),))


def keep_channel(incident: Incident, moment: Moment, *, by: PersonId, channel: str = "") -> Change:
    """Somebody wants a channel kept: whether to archive it is not asked again."""
    wanted = _its(incident, channel)
    if is_kept(incident, wanted):
        raise Refused(f"<#{wanted}> is kept already. `{moment.policy.command} archive {incident.name}` archives it.")
    return Change(_marked(incident, moment, _kept(wanted)), (ChannelKept(channel=wanted),))


def is_out_of_reach(incident: Incident) -> bool:
    """Whether its channel is archived, deleted, or Tocsin is not in it."""
    return incident.archived or (incident.channel is not None and _gone(incident.channel) in incident.said)


def is_kept(incident: Incident, channel: str) -> bool:
    """Whether nobody is asked any more if a channel may be archived: it is to be kept, or out of reach."""
    return not {_kept(channel), _gone(channel)}.isdisjoint(incident.said)


def _its(incident: Incident, channel: str) -> str:
    """The channel of that id, or its own where none is named. Raises Refused for one that never was its own."""
    wanted = channel or incident.channel
    if wanted and (wanted == incident.channel or wanted in incident.former_channels):
        return wanted
    raise Refused(f"{incident.name} has no such channel." if channel else f"{incident.name} has no channel of its own.")


def gave_up(incident: Incident, moment: Moment, *, what: str, lane: str, reason: str) -> Change:
    """Something can never be sent: written down each time, said once an hour; the work goes on in the other place.

    Who only followed, and can be sent nothing, follows no more; nobody at work needs to know.
    """
    place = announcing.place(lane)
    if (person := place.removeprefix("person:")) in incident.followers and person not in incident.members:
        followers = tuple(each for each in incident.followers if each != person)
        quietly = GaveUp(what=what, lane=lane, reason=reason, told=False)
        return Change(replace(incident, followers=followers), (quietly,))
    where = what if reason in {NOT_SET_UP, FAILED_HERE} else place
    mark = announcing.lost(place) if _is_gone(what, place, reason) else f"failed {where}"
    told = not _was_told(incident, moment, mark)
    after = _marked(incident, moment, mark) if told else incident
    if announcing.is_current(incident, lane) and (reason in GONE or what == "room"):
        is_archived = place == "channel" and reason == "is_archived"
        after = replace(after, archived=after.archived or is_archived)
        after = after if is_archived and not after.is_open else _moved_on(after, moment, place)
    nobody = announcing.elsewhere(after, lane, moment.now) is None
    return Change(after, (GaveUp(what=what, lane=lane, reason=reason, told=told and not nobody, nobody=nobody),))


def _is_gone(what: str, place: str, reason: str) -> bool:
    """Whether nothing else can be sent to that place either."""
    return reason in GONE or what == "room" or place.startswith("person:")


def _moved_on(incident: Incident, moment: Moment, lost: str) -> Incident:
    """Without its channel it lives in the announcement's thread; without that it gets a channel."""
    if lost == "channel" and incident.room == "channel" and incident.announce:
        return (
            incident
            if _was_told(incident, moment, announcing.lost("announcement"))
            else replace(incident, room="thread")
        )
    if lost == "announcement" and incident.room == "thread":
        return (
            incident if _was_told(incident, moment, announcing.lost("channel")) else replace(incident, room="channel")
        )
    return incident


def _without_channel(incident: Incident, moment: Moment) -> Incident:
    """Its channel is lost: while it is open it lives elsewhere, and that is said once."""
    return (
        _moved_on(_marked(incident, moment, announcing.lost("channel")), moment, "channel")
        if incident.is_open
        else incident
    )


def _back(incident: Incident, *losses: str) -> Incident:
    """Back in its channel, if that is what it had moved out of."""
    had_moved = announcing.lost("channel") in incident.said
    return _unmarked(replace(incident, room="channel") if had_moved else incident, *losses)


def _marked(incident: Incident, moment: Moment, mark: str) -> Incident:
    return replace(incident, said={**incident.said, mark: Said(moment.now, 1, moment.now)})


def _unmarked(incident: Incident, *marks: str) -> Incident:
    return replace(incident, said={kind: said for kind, said in incident.said.items() if kind not in marks})


def _archived(channel: str) -> str:
    return f"archived {channel}"


def _gone(channel: str) -> str:
    return f"gone {channel}"


def _kept(channel: str) -> str:
    return f"kept {channel}"


def _was_told(incident: Incident, moment: Moment, mark: str) -> bool:
    """Whether that was said a short while ago."""
    said = incident.said.get(mark)
    return said is not None and moment.now - said.at < SAID_AGAIN_AFTER
