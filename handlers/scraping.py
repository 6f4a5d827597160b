"""What a scrape of `/metrics` is told: what was counted, and how things stand at this moment."""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.outside.metrics import Glance, Metrics
from handlers.parts import Parts
from store.database import Problem, Store
from store.figures import Figures, figures


def _unknown() -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scraping:
    """Where the answers come from.

    `troubles` is what `/readyz` says; `findings` names the kind of each finding of the audit, of `kinds` in all;
    `heard` and `backup` are ages in seconds, `processes` how many run, each None where it is not known.
    """

    metrics: Metrics
    store: Store
    parts: Parts
    troubles: Callable[[], Awaitable[Sequence[str]]]
    findings: Callable[[], Iterable[str]] = tuple
    kinds: Sequence[str] = ()
    heard: Callable[[], float | None] = _unknown
    processes: Callable[[], int | None] = _unknown
    backup: Callable[[], float | None] = _unknown

    async def page(self, accept: str) -> tuple[bytes, str]:
        """The page and its content type; without the database it still says what was counted."""
        ready = not await self.troubles()
        try:
            async with self.store.read() as connection:
                found = await figures(connection)
        except Problem:
            found = None
        return self.metrics.page(accept, self._glance(ready, found))

    def _glance(self, ready: bool, found: Figures | None) -> Glance:
        known = Glance(
            ready=ready,
            findings={**dict.fromkeys(self.kinds, 0), **Counter(self.findings())},
            heard=self.heard(),
            processes=self.processes(),
            backup=self.backup(),
        )
        if found is None:
            return known
        levels = dict.fromkeys((level.name for level in self.parts.policy.severities), 0)
        waits = (self.parts.now - found.oldest).total_seconds() if found.oldest else 0.0
        return replace(
            known,
            open_incidents={**levels, **found.open_incidents},
            outbox={"waiting": found.waiting, "sending": found.sending},
            oldest=max(0.0, waits),
        )
