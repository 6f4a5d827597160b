"""What a call needs to know before it goes out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.changes import Changes
from bot.outside.slack import Problem, Slack
from bot.rules.entries import Entry
from bot.rules.events import Declared
from bot.rules.incident import Incident, Post
from bot.rules.policy import Policy
from scheduler.watch import Watch
from store import queries
from store.outbox import Row


@dataclass
class Desk:
    """Slack, the record, and where things are: read afresh for each call."""

    slack: Slack
    changes: Changes
    watch: Watch

    @property
    def policy(self) -> Policy:
        """The configuration in force."""
        return self.changes.policy

    async def incident(self, row: Row) -> Incident:
        """The incident that the row is about, as it is now."""
        async with self.changes.store.read() as connection:
            found = await queries.incident(connection, number_of(row))
        if found is None:
            raise Problem("incident_not_found", permanent=True)
        return found

    async def entries(self, row: Row) -> Sequence[Entry]:
        """The timeline entries that the row tells of."""
        async with self.changes.store.read() as connection:
            return await queries.timeline(connection, row.subject, seqs=list(row.facts["seqs"]))

    async def declared(self, row: Row) -> Declared | None:
        """How the incident that the row is about was declared."""
        async with self.changes.store.read() as connection:
            first = await queries.timeline(connection, row.subject, seqs=[1])
        return next((entry.event for entry in first if isinstance(entry.event, Declared)), None)

    async def post(self, row: Row) -> Post | None:
        """What already stands in the row's slot."""
        async with self.changes.store.read() as connection:
            return await queries.post(connection, row.subject, str(row.slot))

    async def holder(self, channel: str) -> int | None:
        """The number of the incident that has this channel."""
        async with self.changes.store.read() as connection:
            return await queries.number_by_channel(connection, channel)

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

    async def channel(self, row: Row) -> str:
        """The Slack channel of the row's lane. Raises Problem, which passes, while its name leads nowhere."""
        kind, _, name = row.lane.partition(":")
        if kind == "person":
            return name
        if row.channel:
            return row.channel
        wanted = self.policy.channels.announce
        if kind == "team":
            wanted = next((team.channel for team in self.policy.teams if team.name == name), None) or wanted
        found = await self.watch.channel(wanted)
        if found is None:
            wait = self.watch.patience if self.watch.ready.is_set() else 1
            raise Problem(f"there is no channel {wanted} that I can see", retry_after=wait)
        return found


def number_of(row: Row) -> int:
    """The incident's number in the row's subject."""
    return int(row.subject.partition(":")[2])


def _is_id(name: str) -> bool:
    return not name.startswith("@")
