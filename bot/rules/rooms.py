"""What Slack answered or told: a channel made, a message posted, somebody joined, a call that can never succeed."""

from dataclasses import replace
from datetime import timedelta

from bot.rules import announcing
from bot.rules.change import Change
from bot.rules.events import Announced, GaveUp, MemberJoined, MemberLeft, RoomMade
from bot.rules.incident import Incident, PersonId, Post, Said
from bot.rules.moment import Moment
from bot.rules.people import with_member

SAID_AGAIN_AFTER = timedelta(hours=1)
GONE = frozenset({"is_archived", "is_inactive", "channel_not_found", "not_in_channel"})
"""Slack's reasons for which nothing at all can be sent to a place."""


def room_made(incident: Incident, moment: Moment, *, channel: str, name: str) -> Change:
    """Its channel exists now. A second answer for the same incident changes nothing."""
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
    """Somebody went out of its channel."""
    if person not in incident.members:
        return Change(incident, ())
    members = tuple(each for each in incident.members if each != person)
    return Change(replace(incident, members=members), (MemberLeft(person=person),))


def gave_up(incident: Incident, moment: Moment, *, what: str, lane: str, reason: str) -> Change:
    """Something can never be sent: written down each time, said once an hour; the work goes on in the other place."""
    place = announcing.place(lane)
    told = not _is_lost(incident, moment, place)
    after = incident
    if told:
        after = replace(after, said={**after.said, _lost(place): Said(moment.now, 1, moment.now)})
    if reason in GONE or what == "room":
        after = _moved_on(after, moment, place)
    return Change(after, (GaveUp(what=what, lane=lane, reason=reason, told=told),))


def _moved_on(incident: Incident, moment: Moment, lost: str) -> Incident:
    """Without its channel it lives in the announcement's thread; without that it gets a channel."""
    if lost == "channel" and incident.room == "channel" and incident.announce:
        return incident if _is_lost(incident, moment, "announcement") else replace(incident, room="thread")
    if lost == "announcement" and incident.room == "thread":
        return incident if _is_lost(incident, moment, "channel") else replace(incident, room="channel")
    return incident


def returned(incident: Incident, moment: Moment, *, person: PersonId) -> Change:
    """Tocsin is in its channel again, which had been lost: that is where the work goes on."""
    if incident.room == "channel" or _lost("channel") not in incident.said:
        return Change(incident, ())
    said = {kind: at for kind, at in incident.said.items() if kind != _lost("channel")}
    return Change(replace(incident, room="channel", said=said), (MemberJoined(person=person),))


def _lost(place: str) -> str:
    return f"lost {place}"


def _is_lost(incident: Incident, moment: Moment, place: str) -> bool:
    """Whether it was said a short while ago that nothing can be sent there."""
    said = incident.said.get(_lost(place))
    return said is not None and moment.now - said.at < SAID_AGAIN_AFTER
