"""What Slack answered or told: a channel made, a message posted, somebody joined, a call that can never succeed."""

from dataclasses import replace

from bot.rules.change import Change
from bot.rules.events import Announced, GaveUp, MemberJoined, MemberLeft, RoomMade
from bot.rules.incident import Incident, PersonId, Post
from bot.rules.moment import Moment
from bot.rules.people import with_member


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
    """Something can never be sent: it is written down and said in the open, and nothing else is undone."""
    return Change(incident, (GaveUp(what=what, lane=lane, reason=reason),))
