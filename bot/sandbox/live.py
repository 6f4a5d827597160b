"""Tells open pages what changed, so that they show it without reloading."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from aiohttp import web

# Changes that come within this many seconds are told together.
DEBOUNCE = 0.03


@dataclass(slots=True)
class Live:
    """The open pages. What changed is told to all of them: each fetches again what it shows."""

    pages: set[web.WebSocketResponse] = field(default_factory=set)
    changed: dict[str, None] = field(default_factory=dict)
    telling: asyncio.Task[None] | None = None

    def touch(self, *what: str) -> None:
        """Something changed: `state`, `view`, `home`, `clock` or `channel:<id>`."""
        if not self.pages:
            return
        self.changed.update(dict.fromkeys(what))
        if self.telling is None or self.telling.done():
            self.telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        while self.changed:
            await asyncio.sleep(DEBOUNCE)
            said = {"changed": list(self.changed)}
            self.changed.clear()
            for page in list(self.pages):
                try:
                    await page.send_json(said)
                except (ConnectionError, RuntimeError):
                    self.pages.discard(page)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Serve one page until it goes."""
        page = web.WebSocketResponse(timeout=0.2)
        await page.prepare(request)
        self.pages.add(page)
        try:
            async for _ in page:
                pass
        finally:
            self.pages.discard(page)
        return page

    async def stop(self) -> None:
        """Say good-bye to all pages."""
        if self.telling is not None:
            self.telling.cancel()
        for page in list(self.pages):
            await page.close(drain=False)
