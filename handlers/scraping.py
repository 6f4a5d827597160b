"""What a scrape of `/metrics` is told: what was counted, and how things stand at this moment."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.outside.metrics import Glance
from handlers.parts import Parts
from store import backups
from store.backups import LastBackup
from store.database import Problem, Store
from store.figures import Figures, figures


@dataclass(frozen=True, slots=True)
class Scraping:
    """Where the answers come from.

    `troubles` is what `/readyz` says, `heard` how many seconds ago Slack was heard from, `processes` how many Tocsins
    share the database, `findings` what the audit found, by kind.
    """

    store: Store
    parts: Parts
    troubles: Callable[[], Awaitable[Sequence[str]]]
    heard: Callable[[], float | None]
    processes: Callable[[], int]
    findings: Callable[[], Mapping[str, int]]

    async def page(self, accept: str) -> tuple[bytes, str]:
        """The page and its content type; without the database it still says what was counted."""
        # Both at once: a database that does not answer takes seconds to say so, and a scrape waits for ten.
        troubles, kept = await asyncio.gather(self.troubles(), self._kept())
        seen = Glance(ready=not troubles, findings=self.findings(), heard=self.heard(), processes=self.processes())
        return self.parts.metrics.page(accept, self._with(seen, *kept) if kept else seen)

    async def _kept(self) -> tuple[Figures, LastBackup | None] | None:
        try:
            async with self.store.read() as connection:
                return await figures(connection), await connection.run_sync(backups.last)
        except Problem:  # /readyz says so
            return None

    def _with(self, seen: Glance, found: Figures, last: LastBackup | None) -> Glance:
        now, policy = self.parts.now, self.parts.policy
        backed_up = (last.at or last.since) if last and policy.backup else None
        return replace(
            seen,
            open_incidents={**dict.fromkeys((level.name for level in policy.severities), 0), **found.open_incidents},
            outbox={"waiting": found.waiting, "sending": found.sending},
            oldest=_age(now, found.oldest) or 0.0,
            backup=_age(now, backed_up),
        )


def _age(now: datetime, since: datetime | None) -> float | None:
    return None if since is None else max(0.0, (now - since).total_seconds())
