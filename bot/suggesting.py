"""Who might command an incident: read where somebody is to be chosen, and never with a change."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.changes import Changes
from bot.rules.incident import Incident, PersonId
from bot.rules.paging.suggesting import LOOKED_BACK, Burdens, Suggestion, suggestions
from bot.transaction.knowing import looking
from store import pagings
from store.leading import leading


@dataclass(frozen=True, slots=True)
class Suggesting:
    """The door of what is suggested."""

    changes: Changes

    async def of(self, incident: Incident, without: Collection[PersonId] = ()) -> tuple[Suggestion, ...]:
        """Who might command it, the best first; not those whom it is asked of anyway."""
        async with self.changes.store.read() as connection:
            return await connection.run_sync(self._of, incident, without)

    def _of(self, connection: Connection, incident: Incident, without: Collection[PersonId]) -> tuple[Suggestion, ...]:
        policy, now = self.changes.policy, self.changes.clock.now()
        moment = looking(connection, policy, now, incident)
        paged = pagings.called(connection, now - LOOKED_BACK, now)
        return suggestions(incident, moment, Burdens(leading(connection), paged), without)
