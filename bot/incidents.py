"""The doors of an incident: what handlers and the scheduler call, and nothing else."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.changes import Changes, Rule
from bot.rules.change import Answer, Origin
from bot.rules.declaring import declare
from bot.rules.entries import Entry
from bot.rules.incident import Incident, PersonId
from bot.rules.people import sees
from bot.rules.policy import Policy
from store import queries


@dataclass
class Incidents:
    """Incidents as somebody may see and change them."""

    changes: Changes

    @property
    def policy(self) -> Policy:
        """The configuration in force."""
        return self.changes.policy

    async def declare(self, origin: Origin, **facts: Any) -> Answer:
        """Opens an incident in the name of who asks."""
        return await self.changes.open(declare, origin, by=origin.person, team=origin.team, **facts)

    async def act(self, number: int, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """Carries a rule out; in the name of who asks, where the rule wants to know."""
        if "by" in inspect.signature(rule).parameters:
            facts["by"] = origin.person
        return await self.changes.change(number, rule, origin, **facts)

    async def find(
        self,
        person: PersonId | None,
        *,
        number: int | None = None,
        channel: str | None = None,
        thread_ts: str | None = None,
    ) -> Incident | None:
        """The incident of that number or place (its channel, its announcement's thread), if the person may see it.

        For nobody in particular (an event that Slack tells) it is found whoever may see it.
        """
        async with self.changes.store.read() as connection:
            if number is None and channel and thread_ts:
                number = await queries.number_by_post(connection, channel, thread_ts)
            if number is None and channel:
                number = await queries.number_by_channel(connection, channel)
            found = await queries.incident(connection, number) if number is not None else None
        return found if found and sees(found, person) else None

    async def listed(
        self, person: PersonId, filters: Mapping[str, Any], limit: int, offset: int = 0
    ) -> tuple[Sequence[Incident], int]:
        """A page of what the person may see, open first and most severe first, and how many there are in all."""
        ranked = [level.name for level in self.policy.severities]
        async with self.changes.store.read() as connection:
            page = await queries.listed(connection, person, ranked, limit=limit, offset=offset, **filters)
            return page, await queries.count(connection, person, **filters)

    async def timeline(self, number: int, limit: int) -> Sequence[Entry]:
        """The last entries of its timeline, oldest first."""
        async with self.changes.store.read() as connection:
            return await queries.timeline(connection, f"incident:{number}", limit=limit)
