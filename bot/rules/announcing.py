"""Where an incident is announced, and which lanes its messages travel in."""

from dataclasses import replace

from bot.rules.incident import Incident
from bot.rules.policy import Policy


def placed(incident: Incident, policy: Policy) -> Incident:
    """The incident with the announcement lane that its severity names; a private one has none."""
    return incident if incident.private else replace(incident, announce=_lane(incident, policy))


def housed(incident: Incident, policy: Policy) -> Incident:
    """A new incident with its room and its announcement; a private one always has a channel."""
    room = "channel" if incident.private else policy.level(incident).room
    return placed(replace(incident, room=room), policy)


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


def room(incident: Incident) -> str | None:
    """The lane of where its people work: its channel, or its announcement's thread."""
    return f"{incident.subject}/channel" if incident.room == "channel" else thread(incident)


def thread(incident: Incident) -> str | None:
    """The lane of the thread under its announcement, or None where it is not announced."""
    return f"{incident.subject}/thread@{incident.announce}" if incident.announce else None


def slot(incident: Incident, what: str, lane: str | None = None) -> str:
    """The slot of something edited in place: `card`, `links`, `topic`, or the announcement in a lane."""
    return f"{incident.subject}/{what}@{lane}" if lane else f"{incident.subject}/{what}"
