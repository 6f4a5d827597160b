"""An address that is called while all is well: who hears nothing for a while rings somebody."""

import logging
from urllib.parse import urlsplit

import aiohttp

LIMIT = 10.0
"""Seconds."""

log = logging.getLogger(__name__)


class Heartbeat:
    """Calls the configured address. Its path is a secret: only its host is ever told."""

    def __init__(self, address: str | None) -> None:
        self._address = address
        self._fails = False

    @property
    def is_wanted(self) -> bool:
        """Whether there is anybody to call."""
        return self._address is not None

    async def beat(self) -> None:
        """Calls it once; that it failed is logged when it begins, and when it is over."""
        if self._address is None:
            return
        why = await self._called(self._address)
        host = urlsplit(self._address).hostname
        if why and not self._fails:
            log.warning("The heartbeat does not reach %s: %s", host, why)
        elif self._fails and not why:
            log.info("The heartbeat reaches %s again", host)
        self._fails = bool(why)

    async def _called(self, address: str) -> str:
        """Why it did not succeed, or nothing."""
        limit = aiohttp.ClientTimeout(total=LIMIT)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit, trust_env=True) as session,
                session.get(address, allow_redirects=False) as answer,
            ):
                return "" if answer.ok and answer.status < 300 else f"it answers {answer.status}"
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return type(error).__name__
