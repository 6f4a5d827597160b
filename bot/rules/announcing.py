"""Where an incident is announced, and which lanes its messages travel in."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules.incident import Incident
from bot.rules.people import sees
from bot.rules.policy import Policy

OWN_CHANNEL = frozenset({"setup", "channel", "card", "links", "people", "rollouts", "gathered", "flapping"})
"""The lanes of an incident that lead to a channel of its own."""

LOST = "lost channel"
"""Kept in `said`: since when nothing can be said in its channel."""

LOST_FOR = timedelta(hours=1)
"""How long a place in which nothing could be said is not tried again for a word of our own."""


def placed(incident: Incident, policy: Policy) -> Incident:
    """The incident with the announcement lane that its severity names; a private one has none."""
    return incident if incident.private else replace(incident, announce=_lane(incident, policy))


def housed(incident: Incident, policy: Policy) -> Incident:
    """A new incident with its room and its announcement.

    A private one always has a channel; one that is over already makes do with its announcement's thread.
    """
    room = "channel" if incident.private else policy.level(incident).room
    housed = placed(replace(incident, room=room), policy)
    return housed if incident.is_open or housed.announce is None else replace(housed, room="thread")


def rehoused(incident: Incident) -> Incident:
    """The incident with a fresh channel to come, in place of the one it has or that is just being made."""
    has_one = incident.channel is not None or incident.room == "channel"
    return replace(
        incident,
        room="channel",
        channel=None,
        channel_name=None,
        channels=incident.channels + 1 if has_one else incident.channels,
        former_channels=(*incident.former_channels, *((incident.channel,) if incident.channel else ())),
        archived=False,
        said={kind: said for kind, said in incident.said.items() if kind != LOST},
    )


def _lane(incident: Incident, policy: Policy) -> str | None:
    match policy.level(incident).announce:
        case "none":
            return incident.announce
        case "team":
            team = policy.team_of(incident)
            return f"team:{team.name}" if team and team.channel else "announce"
    return "announce"


def setup(incident: Incident) -> str:
    """The lane of the call that makes its channel; never waits for it."""
    return f"{incident.subject}/setup"


def channel(incident: Incident) -> str:
    """The lane of the channel it has now, or will have: each further one has a lane of its own."""
    return own(incident, "channel")


def own(incident: Incident, what: str) -> str:
    """The lane or slot of something that belongs to the channel it has now: `incident:12/card`, then `…/card.2`."""
    return f"{incident.subject}/{what}" if incident.channels == 1 else f"{incident.subject}/{what}.{incident.channels}"


def room(incident: Incident) -> str | None:
    """The lane of where its people work: its channel, or its announcement's thread."""
    return channel(incident) if incident.room == "channel" else thread(incident)


def thread(incident: Incident) -> str | None:
    """The lane of the thread under its announcement, or None where it is not announced."""
    return f"{incident.subject}/thread@{incident.announce}" if incident.announce else None


def left(before: Incident, after: Incident) -> str | None:
    """The lane of the thread where its people worked until they got a channel; None where they did not move."""
    return thread(before) if before.room == "thread" and after.room == "channel" else None


def standing(incident: Incident, home: str) -> str:
    """The slot of the announcement in a lane; the lane of its edits as well."""
    return f"{incident.subject}/announcement@{home}"


def place(lane: str) -> str:
    """What a lane leads to: the incident's own `channel`, its `announcement`, or somebody (`person:U1/sms`)."""
    if lane.startswith(("person:", "pagerduty:", "channel:", "webhook:")) or _what(lane) == "mail":
        return lane
    return "channel" if _what(lane) in OWN_CHANNEL else "announcement"


def _what(lane: str) -> str:
    """`card` of `incident:12/card.2`, `people` of `incident:12/people-20`."""
    return lane.partition("/")[2].partition(".")[0].partition("-")[0]


def is_current(incident: Incident, lane: str) -> bool:
    """Whether a lane leads to a place that the incident still has.

    A channel that it has left is none, nor is anything public once it is private; but its announcement's edits go on.
    """
    owner, _, what = lane.partition("/")
    if owner != incident.subject:
        return lane.startswith("person:") or not incident.private
    if "@" in what:
        return what.startswith("announcement@") or not incident.private
    return what == "setup" or lane == own(incident, what.partition(".")[0])


def elsewhere(incident: Incident, lane: str, now: datetime) -> str | None:
    """The lane in which it is said that nothing can be sent in that one; None where nobody is left to be told.

    Never to the same place, nor to one that was lost a short while ago: its people's place first, then the other one,
    then a direct message to who leads, to who declared it, to somebody else in it.
    """
    return next(
        (each for each in _places(incident) if place(each) != place(lane) and not is_lost(incident, each, now)), None
    )


def _places(incident: Incident) -> Iterable[str]:
    if incident.room == "channel":
        yield channel(incident)
    if beside := thread(incident):
        yield beside
    leads = (incident.commander, incident.roles.get("lead"), incident.acknowledged_by, incident.declarer)
    yield from (f"person:{person}" for person in (*leads, *incident.members) if person and sees(incident, person))


def lost(where: str) -> str:
    """Kept in `said`: since when nothing can be said in a place."""
    return f"lost {where}"


def is_lost(incident: Incident, lane: str, now: datetime) -> bool:
    """Whether nothing could be said where that lane leads to, a short while ago."""
    said = incident.said.get(lost(place(lane)))
    return said is not None and now - said.at < LOST_FOR
