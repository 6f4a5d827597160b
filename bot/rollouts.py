"""What was changed: told by whoever carried it out, and looked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from bot.changes import Changes
from bot.outside.about import about
from bot.rules.change import Origin
from bot.rules.incident import Incident
from bot.rules.rollouts.finding import rolled_out
from bot.rules.rollouts.rollout import Rollout, concerned
from store import rollouts

TELLER = Origin(actor="rollouts", source="rollouts")


@dataclass(frozen=True, slots=True)
class Rollouts:
    """The doors of what was changed."""

    changes: Changes

    async def tell(self, rollout: Rollout) -> bool:
        """Keeps one, and tells the open incidents on its service; False where it was told before."""
        with about(actor=TELLER.actor):
            is_new = await self.changes.store.write(lambda connection: self._kept(connection, rollout))
        if is_new:
            self.changes.changed()
        return is_new

    def _kept(self, connection: Connection, rollout: Rollout) -> bool:
        policy = self.changes.policy
        if not rollouts.keep(connection, rollout):
            return False
        is_late = rollout.at < self.changes.clock.now() - policy.changes_within
        concerns = () if is_late or not rollout.service else concerned(policy, [rollout.service])
        with self.changes.together(connection) as them:
            for number in rollouts.open_on(connection, concerns):
                them.apply(connection, number, rolled_out, TELLER, rollout=rollout)
        return True

    async def lately(
        self, services: Sequence[str], back: timedelta, most: int, incident: Incident | None = None
    ) -> tuple[list[Rollout], int]:
        """The newest changes on these services (none: on all), and how many there are.

        With an incident those that it found: from so long before it was declared until it was closed.
        """
        now = self.changes.clock.now()
        begun = (incident.at("declared") or incident.anchor) if incident else now
        until = (incident.closed_at if incident else None) or now
        async with self.changes.store.read() as connection:
            return await rollouts.looked_up(connection, begun - back, until, services, most)
