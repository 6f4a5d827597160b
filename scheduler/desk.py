"""What a call needs to know before it goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.alerts import Alerts
from bot.changes import Changes
from bot.incidents import Incidents
from bot.outside.slack import Problem, Slack
from bot.outside.ways import Outward
from bot.rollouts import Rollouts
from bot.rules import announcing
from bot.rules.alerts.group import Group
from bot.rules.alerts.newest import Newest
from bot.rules.entries import Entry
from bot.rules.events import Declared
from bot.rules.incident import Incident, PersonId, Post
from bot.rules.moment import Moment
from bot.rules.paging.by_hand import Ahead
from bot.rules.policy import Policy
from bot.rules.rollouts.rollout import Rollout, concerned
from bot.rules.rooms import is_out_of_reach
from bot.transaction.knowing import looking
from scheduler.drawing import Drawing
from scheduler.workspace import Workspace
from store import directory, queries
from store.outbox import Row

LATEST = 60
"""Entries of a timeline that somebody who is new to an incident is told of."""


class Left(Exception):
    """A row is meant for a place that its incident has left, or that others read since it is private."""


@dataclass
class Desk:
    """Slack, the record, and where things are: read afresh for each call."""

    slack: Slack
    changes: Changes
    workspace: Workspace
    outward: Outward = field(default_factory=Outward)
    drawing: Drawing = field(default_factory=Drawing)

    @property
    def policy(self) -> Policy:
        """The configuration in force."""
        return self.changes.policy

    async def incident(self, row: Row, *, anywhere: bool = False) -> Incident:
        """The incident that the row is about, as it is now.

        Raises Left where the row's lane leads to no place of its any more, unless the call may go `anywhere`.
        """
        if not is_about_incident(row):
            raise Problem("incident_not_found", permanent=True)
        async with self.changes.store.read() as connection:
            found = await queries.incident(connection, number_of(row))
        if found is None:
            raise Problem("incident_not_found", permanent=True)
        if not anywhere and (not announcing.is_current(found, row.lane) or _is_put_away(found, row.lane)):
            raise Left(row.lane)
        return found

    async def entries(self, row: Row) -> Sequence[Entry]:
        """The timeline entries that the row tells of."""
        async with self.changes.store.read() as connection:
            return await queries.timeline(connection, row.subject, seqs=list(row.facts["seqs"]))

    async def entries_from(self, row: Row, first: int) -> Sequence[Entry]:
        """The timeline entries of the row's incident from that one on."""
        async with self.changes.store.read() as connection:
            return await queries.entries_since(connection, row.subject, first - 1)

    async def history(self, incident: Incident) -> Sequence[Entry]:
        """The latest entries of its timeline, with those of what was merged into it."""
        return await Incidents(self.changes).timeline(incident.number, LATEST)

    async def unseen(self, incident: Incident, person: PersonId) -> tuple[int | None, Sequence[Entry]]:
        """How far somebody has looked into its timeline, and what came after."""
        return await Incidents(self.changes).unseen(incident, person)

    async def declared(self, row: Row) -> Declared | None:
        """How the incident that the row is about was declared."""
        async with self.changes.store.read() as connection:
            first = await queries.timeline(connection, row.subject, seqs=[1])
        return next((entry.event for entry in first if isinstance(entry.event, Declared)), None)

    async def changed(self, incident: Incident, most: int) -> tuple[list[Rollout], int]:
        """What was changed on its services shortly before it and since; the newest, and how many."""
        services = concerned(self.policy, incident.services)
        return await Rollouts(self.changes).lately(services, self.policy.changes_within, most, incident)

    async def alerts(self, incident: Incident) -> Sequence[Group]:
        """The groups of alerts that the incident is about."""
        return await Alerts(self.changes).of(incident)

    async def ahead(self, incident: Incident) -> Ahead | None:
        """Whom the incident pages now, and who is next; nothing is read where it pages nobody."""
        return await Incidents(self.changes).ahead(incident)

    async def newest(self, incident: Incident) -> Newest | None:
        """What its newest alert says; nothing is read where it has none."""
        return await Alerts(self.changes).newest(incident)

    def moment(self, connection: Connection, *incidents: Incident) -> Moment:
        """What rules are told of this moment: who is on call, and who people are."""
        return looking(connection, self.policy, self.changes.clock.now(), *incidents)

    async def post(self, row: Row) -> Post | None:
        """What already stands in the row's slot."""
        return await self.standing(row.subject, str(row.slot))

    async def standing(self, subject: str, slot: str) -> Post | None:
        """The message that stands in a slot."""
        async with self.changes.store.read() as connection:
            return await queries.post(connection, subject, slot)

    async def holder(self, channel: str) -> int | None:
        """The number of the incident that has this channel, or had it once."""
        async with self.changes.store.read() as connection:
            now = await queries.number_by_channel(connection, channel)
            return await queries.by_former_channel(connection, channel) if now is None else now

    async def readable(self, channel: str) -> str:
        """The id under which a channel's history is read: a person's is that of the direct message with them."""
        if not channel.startswith(("U", "W")):
            return channel
        answer = await self.slack.call("conversations.open", users=channel)
        return str(answer["channel"]["id"])

    async def groups(self) -> Mapping[str, str]:
        """The ids of the user groups that the configuration names."""
        names = [team.group for team in self.policy.teams if team.group]
        if not names:
            return {}
        async with self.changes.store.read() as connection:
            known = await queries.places(connection, "group", [name.lstrip("@") for name in names])
        return {name: known.get(name.lstrip("@"), name) for name in names if _is_id(name) or name.lstrip("@") in known}

    async def group(self, name: str) -> str | None:
        """The id of the user group of that handle."""
        handle = name.lstrip("@")
        async with self.changes.store.read() as connection:
            return await directory.place(connection, "group", handle)

    async def people_named(self, name: str) -> Sequence[PersonId]:
        """Those who work here under that name."""
        async with self.changes.store.read() as connection:
            return await directory.people_named(connection, name.lstrip("@"))

    async def channel(self, row: Row) -> str:
        """The Slack channel of the row's lane. Raises Problem, which passes, while its name leads nowhere."""
        kind, _, name = row.lane.partition(":")
        if kind == "person":
            return name.partition("/")[0]
        if row.channel:
            return row.channel
        if kind == "incident":
            raise Problem("channel_not_found", permanent=True)
        wanted = name if kind == "channel" else self.policy.channels.announce
        if kind == "triage":
            wanted = self.policy.channels.triage or wanted
        if kind == "team":
            wanted = next((team.channel for team in self.policy.teams if team.name == name), None) or wanted
        found = await self.workspace.channel(wanted)
        if found is None:
            wait = self.workspace.patience if self.workspace.ready.is_set() else 1
            raise Problem(f"there is no channel {wanted} that I can see", retry_after=wait)
        return found


def is_about_incident(row: Row) -> bool:
    """Whether the row's subject is an incident."""
    return row.subject.startswith("incident:")


def number_of(row: Row) -> int:
    """The incident's number in the row's subject."""
    return int(row.subject.partition(":")[2])


def _is_put_away(incident: Incident, lane: str) -> bool:
    """Whether the lane leads to a channel of what is closed that is out of reach: nothing is said there any more."""
    is_own = lane.startswith(f"{incident.subject}/") and announcing.place(lane) == "channel"
    return is_own and is_out_of_reach(incident) and not incident.is_open and lane != announcing.setup(incident)


def _is_id(name: str) -> bool:
    return not name.startswith("@")
