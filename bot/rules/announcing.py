"""Where an incident is announced, and which lanes its messages travel in."""

from dataclasses import replace

from bot.rules.incident import Incident
from bot.rules.policy import Policy

OWN_CHANNEL = frozenset({"setup", "channel", "card", "links"})
"""The lanes of an incident that lead to a channel of its own."""


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


def place(lane: str) -> str:
    """What a lane leads to: the incident's own `channel`, its `announcement`, or somebody (`person:U1`)."""
    if lane.startswith("person:"):
        return lane.partition("/")[0]
    return "channel" if lane.partition("/")[2] in OWN_CHANNEL else "announcement"


def elsewhere(incident: Incident, lane: str) -> str:
    """The lane in which it is said that nothing can be sent in that one: never to the same place."""
    lost = place(lane)
    if incident.room == "channel" and lost != "channel":
        return f"{incident.subject}/channel"
    if lost != "announcement" and (beside := thread(incident)):
        return beside
    leads = (incident.commander, incident.roles.get("lead"), incident.acknowledged_by)
    others = [f"person:{person}" for person in leads if person]
    return next((person for person in others if person != lost), f"person:{incident.declared_by}")
