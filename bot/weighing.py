"""How on-call weighed on people in a time: read, and shown to whoever asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.changes import Changes
from bot.rules.calendar import zone
from bot.rules.change import Answer, Origin, Outgoing
from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.oncall.health import WEEK, Health, health
from store import directory, outbox, pagings, requests


@dataclass(frozen=True, slots=True)
class Weighing:
    """The doors of on-call's health."""

    changes: Changes

    async def of(self, until: datetime, weeks: int, team: str | None) -> tuple[Health, Mapping[PersonId, Person]]:
        """The report on the weeks before a moment, and those of its people whom Slack has told us of."""
        async with self.changes.store.read() as connection:
            found = await pagings.within(connection, until - weeks * WEEK, until)
            called = {person for paging in found.pagings for person in paging.people}
            called |= {each.commander for each in found.incidents.values() if each.commander}
            people = await directory.people_of(connection, called)
        own = self.changes.policy.calendar.timezone
        zones = {each.id: zone(each.timezone, own) for each in people.values()}
        return health(found, self.changes.policy, zones, team=team), people

    async def send(self, origin: Origin, lane: str, until: datetime, weeks: int, team: str | None) -> None:
        """Sends the report with its plot to a lane, once for each request."""
        facts = {"until": until.isoformat(), "weeks": weeks, "team": team}
        row, now = Outgoing(lane, "health", facts=facts), self.changes.clock.now()

        def work(connection: Connection) -> None:
            key = f"{origin.key} {lane}"
            if requests.recall(connection, key) is None:
                requests.remember(connection, key, Answer(), now)
                outbox.enqueue(connection, f"person:{origin.person}", [row], now)

        await self.changes.store.write(work)
        self.changes.changed()
