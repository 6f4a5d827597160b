"""Rotations that are kept in a calendar elsewhere: it is asked again and again, and what it told last stays."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.changes import Changes
from bot.outside.calendar import Told, Unreadable, fetched, shifts_in
from bot.rules.oncall.duty import KEPT
from bot.rules.oncall.rotation import Rotation
from bot.rules.policy import Policy
from store import calendars

EVERY = 900.0
"""Seconds between two looks."""
AGAIN = 60.0
"""Seconds until one is asked again that could not be read."""
BACK, AHEAD = KEPT, timedelta(days=366)
"""How much of it is kept."""

log = logging.getLogger(__name__)


class Calendars:
    """Asks each calendar, and keeps the shifts that it tells of."""

    def __init__(self, changes: Changes, *, every: float = EVERY, again: float = AGAIN) -> None:
        self._changes = changes
        self._every, self._again = every, again
        self._rotations = [each for each in changes.policy.rotations if each.ical]
        self._people = called(changes.policy)
        self._why: dict[str, str] = {}

    @property
    def is_wanted(self) -> bool:
        """Whether there is any."""
        return bool(self._rotations)

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            well = await self.once()
            await asyncio.sleep(self._every if well else self._again)

    async def once(self) -> bool:
        """Asks each of them once; whether all could be read."""
        found = [await self._looked(each) for each in self._rotations]
        return all(found)

    async def _looked(self, rotation: Rotation) -> bool:
        now = self._changes.clock.now()
        try:
            told = await self._told(rotation, now)
        except Unreadable as error:
            async with self._changes.store.read() as connection:
                last = await connection.run_sync(calendars.read_at, rotation.name)
            await self._said(rotation, None, _unread(rotation, error.why, last))
            return False
        if await self._changes.store.write(lambda connection: calendars.keep(connection, rotation.name, told.shifts)):
            self._changes.changed()
        await self._said(rotation, now, _not_understood(rotation, told.unknown))
        return True

    async def _told(self, rotation: Rotation, now: datetime) -> Told:
        document = await fetched(rotation.ical or "")
        since, until = now - BACK, now + AHEAD
        asked = (document, rotation.name, rotation.timezone, self._people, since, until)
        return await asyncio.to_thread(shifts_in, *asked)

    async def _said(self, rotation: Rotation, now: datetime | None, why: str) -> None:
        """What is wrong is kept, and logged once; so is that it is over."""
        before = self._why.get(rotation.name)
        if before == why and now is None:
            return

        def work(connection: Connection) -> None:
            last = now or calendars.read_at(connection, rotation.name)
            calendars.keep_state(connection, rotation.name, last, why)

        await self._changes.store.write(work)
        self._why[rotation.name] = why
        if why and why != before:
            log.warning("%s", why)
        elif before and not why:
            log.info("The calendar of rotation %s is well again", rotation.name)

    async def warnings(self) -> Sequence[str]:
        """A sentence for each calendar that is not well."""
        async with self._changes.store.read() as connection:
            found = await connection.run_sync(calendars.troubles, self._changes.policy)
        return tuple(found.values())


def _unread(rotation: Rotation, why: str, last: datetime | None) -> str:
    stays = "What it told last stays in force." if last else "It has told of nobody so far."
    return f"The calendar of rotation {rotation.name} cannot be read ({why}). {stays}"


def _not_understood(rotation: Rotation, unknown: Sequence[str]) -> str:
    if not unknown:
        return ""
    many = "1 entry" if len(unknown) == 1 else f"{len(unknown)} different entries"
    return f"Of {many} in the calendar of rotation {rotation.name} nobody in `people` is meant: nobody is on call then."


def called(policy: Policy) -> Mapping[str, str]:
    """By what a calendar may name the configured people: name, mail address, handle or id; in small letters."""
    found: dict[str, str] = {}
    for known in policy.people:
        for word in (known.name, known.slack, known.slack.removeprefix("@")):
            found.setdefault(word.casefold(), known.name)
    return found
