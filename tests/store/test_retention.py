"""Texts go from record and timeline in one transaction, in batches; the chain of hashes holds all the same."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select

from bot.alerts import Alerts
from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules.alerts.alert import Alert
from bot.rules.change import Origin
from bot.rules.entries import REMOVED
from bot.rules.events import Noted, TextsRemoved
from bot.rules.incident import Status
from bot.settings.policy import load_policy
from scheduler import housekeeping
from scheduler.housekeeping import Housekeeping
from store import queries
from store.database import Store
from store.housekeeping import ALERTS_FOR
from store.schema import incidents, subjects, timeline
from store.verifying import chains
from tests.store.examples import NOON, declare, incident, minutes

YEARS = timedelta(days=730)
SECRET = "Note 1"


@pytest.fixture
def changes(store: Store) -> Changes:
    return Changes(store, replace(load_policy(None), keep=YEARS), Clock(NOON + YEARS + minutes(60), runs=False))


def close(connection: Connection, number: int, after: float) -> None:
    closed = {"status": Status.RESOLVED, "closed_at": NOON + minutes(after), "fix": "Rolled back"}
    declare(connection, incident(number, channel=f"C{number}", **closed))


async def test_what_is_past_its_time_goes(store: Store, changes: Changes) -> None:
    def fill(connection: Connection) -> None:
        close(connection, 1, after=30)
        close(connection, 2, after=60)
        close(connection, 3, after=61)
        declare(connection, incident(4))

    await store.write(fill)
    await Housekeeping(changes).once()
    async with store.read() as connection:
        titles = {n: (await queries.incident(connection, n)).title for n in (1, 2, 3, 4)}  # type: ignore[union-attr]
        first, last = await queries.timeline(connection, "incident:1")
        words = (await connection.execute(select(timeline.c.subject, timeline.c.words))).all()
    kept = "Checkout is down"
    assert titles == {1: REMOVED, 2: REMOVED, 3: kept, 4: kept}
    assert first.event == Noted(REMOVED)  # type: ignore[arg-type]
    assert last.event == TextsRemoved(closed_at=NOON + minutes(30))
    assert (last.actor, last.source) == ("clock", "clock")
    assert {subject for subject, kept_words in words if SECRET in str(kept_words)} == {"incident:3", "incident:4"}
    found = await store.write(lambda c: [(chain.subject, chain.broken) for chain in chains(c)])
    assert found == [(f"incident:{n}", None) for n in (1, 2, 3, 4)]


async def test_once_and_told_nowhere(store: Store, changes: Changes) -> None:
    await store.write(lambda c: close(c, 1, after=0))
    for _ in range(2):
        await Housekeeping(changes).once()
    async with store.read() as connection:
        assert len(await queries.timeline(connection, "incident:1")) == 2
        assert await queries.outbox(connection) == []


async def test_for_ever_where_nothing_is_configured(store: Store, changes: Changes) -> None:
    await store.write(lambda c: close(c, 1, after=0))
    await Housekeeping(Changes(store, load_policy(None), changes.clock)).once()
    async with store.read() as connection:
        assert (await connection.execute(select(incidents.c.forgotten))).scalars().all() == [False]


async def test_many_in_batches(store: Store, changes: Changes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "BATCH", 3)
    await store.write(lambda c: [close(c, number, after=0) for number in range(1, 9)])
    await Housekeeping(changes).once()
    async with store.read() as connection:
        assert (await connection.execute(select(incidents.c.title))).scalars().all() == [REMOVED] * 8


async def test_alerts_and_reports_that_ended_go_in_time(store: Store) -> None:
    clock = Clock(NOON, runs=False)
    changes = Changes(store, load_policy(None), clock)
    alerts = Alerts(changes)
    for status in ("firing", "resolved"):
        await alerts.take([Alert("grafana", "f1", "Disk", status, severity="info")])  # type: ignore[arg-type]
    await alerts.take([Alert("grafana", "f2", "Fan", severity="info")])
    await alerts.take([Alert("grafana", "f3", "Gone", severity="info")])
    await alerts.report(Alert("report", "r1", "Odd"))
    await alerts.report(Alert("report", "r2", "Odd, and nobody judged it"))
    await alerts.decline("alert:report-r1", Origin("slack:U1ADA", "button"))

    async def kept() -> list[str]:
        async with store.read() as connection:
            found = (await connection.execute(select(subjects.c.state))).scalars()
            return sorted(each["title"] for each in found)

    clock.turn(NOON + ALERTS_FOR - minutes(1))
    await Housekeeping(changes).once()
    assert await kept() == ["Disk", "Fan", "Gone", "Odd", "Odd, and nobody judged it"]
    await alerts.take([Alert("grafana", "f2", "Fan", severity="info")])
    clock.turn(NOON + ALERTS_FOR + minutes(1))
    await Housekeeping(changes).once()
    assert await kept() == ["Fan"], "it is sent again, so it still fires"
    found = await store.write(lambda c: [chain.broken for chain in chains(c)])
    assert found == [None]
