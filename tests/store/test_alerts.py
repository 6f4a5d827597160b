"""Alerts are kept one row each: how often each fired, and whether it does now; what is over is forgotten in time."""

from typing import Any

from sqlalchemy import Connection, select

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.group import Group
from bot.rules.entries import Entry
from bot.rules.events import Words
from bot.rules.events.alerts import AlertsOver
from store import alerts, changes, outbox, subjects
from store.database import Store
from store.schema import alerts as table
from store.schema import lanes, posts, timeline
from store.schema import subjects as all_subjects
from store.verifying import chains
from tests.store.examples import NOON, declare, incident, minutes

MANY = 1_200
"""More than one query asks for at once."""


def told(connection: Connection, minute: int, *batch: Alert) -> dict[str, tuple[str, int]]:
    """Keeps a batch; what is known of it then."""
    names = [alert.fingerprint for alert in batch]
    alerts.keep(connection, "alert:1", batch, alerts.statuses(connection, "alert:1", names), NOON + minutes(minute))
    return alerts.statuses(connection, "alert:1", names)


def alert(name: str, status: str = "firing") -> Alert:
    return Alert("grafana", name, "Errors “5xx”", status)  # type: ignore[arg-type]


async def test_it_counts_how_often_each_began_to_fire(store: Store) -> None:
    def work(connection: Connection) -> list[dict[str, tuple[str, int]]]:
        steps = ("firing", "firing", "acknowledged", "resolved", "resolved", "firing")
        return [told(connection, minute, alert("a", status)) for minute, status in enumerate(steps)]

    found = [each["a"] for each in await store.write(work)]
    assert found == [
        ("firing", 1),
        ("firing", 1),
        ("acknowledged", 1),
        ("resolved", 1),
        ("resolved", 1),
        ("firing", 2),
    ]


async def test_a_storm_is_kept_at_once(store: Store) -> None:
    storm = [alert(f"a{number}") for number in range(MANY)]
    found = await store.write(lambda connection: told(connection, 0, *storm))
    assert len(found) == MANY


async def test_what_is_not_heard_of_any_more_is_forgotten_in_time(store: Store) -> None:
    def work(connection: Connection) -> tuple[int, list[str]]:
        told(connection, 0, alert("old", "resolved"), alert("never over"), alert("fires"))
        told(connection, 9, alert("new", "resolved"), alert("fires"))
        gone = alerts.forget(connection, NOON + minutes(5))
        return gone, sorted(connection.execute(select(table.c.fingerprint)).scalars())

    assert await store.write(work) == (2, ["fires", "new"])


async def test_a_group_comes_back_with_its_latest_alert(store: Store) -> None:
    latest = Alert("grafana", "f", "Errors", labels={"env": "prod"}, began=NOON)
    whole = Group("alert:1", "Errors", "grafana", services=("checkout",), latest=latest, since=NOON, triage="waiting")

    def work(connection: Connection) -> Group:
        subjects.lock(connection, "alert:1", Group("alert:1"))
        subjects.save(connection, "alert:1", whole, None, "p1", 0, "", is_open=True)
        return subjects.find(connection, "alert:1", Group("alert:1"))

    assert await store.write(work) == whole


def ended(connection: Connection, name: str, minute: int, **facts: Any) -> None:
    """A group of alerts as it stands since then: one entry in its timeline, and a message about it."""
    state = Group(name, "Errors", "grafana", **facts)
    held = subjects.lock(connection, name, state)
    moment = NOON + minutes(minute)
    over = Entry(name, 1, moment, moment, "alert:grafana", "alert", AlertsOver("grafana", Words("Errors"), name, 1))
    last = changes.append(connection, name, held.last_seq, held.last_hash, (over,))
    subjects.save(connection, name, state, None, "p1", *last, is_open=bool(state.firing))
    outbox.post(connection, name, f"{name}/card-1", "C1", f"{name}.1")
    outbox.open_lane(connection, f"{name}/card-1", "C1", f"{name}.1")


async def test_groups_that_ended_long_ago_are_removed_with_all_that_is_theirs(store: Store) -> None:
    def fill(connection: Connection) -> None:
        ended(connection, "alert:old", 0)
        ended(connection, "alert:report-1", 1)
        ended(connection, "alert:new", 9)
        ended(connection, "alert:fires", 0, firing=1)
        alerts.keep(connection, "alert:fires", [alert("b")], {}, NOON + minutes(9))
        ended(connection, "alert:never over", 0, firing=1)
        ended(connection, "alert:unjudged", 0, triage="waiting")
        ended(connection, "alert:needed", 0)
        ended(connection, "alert:told", 0)
        alerts.keep(connection, "alert:told", [alert("a", "resolved")], {}, NOON)
        declare(connection, incident(1, alerts=("alert:needed",)))

    def forgotten(connection: Connection) -> list[tuple[str, int]]:
        found, after = [], ""
        while not found or after:
            after, gone = alerts.forget_groups(connection, NOON + minutes(5), after, most=2)
            found.append((after, gone))
        return found

    await store.write(fill)
    assert await store.write(forgotten) == [
        ("alert:never over", 1),
        ("alert:report-1", 2),
        ("alert:unjudged", 1),
        ("", 0),
    ]
    async with store.read() as connection:
        kept = [
            set((await connection.execute(select(column).where(column.like("alert:%")))).scalars())
            for column in (all_subjects.c.subject, timeline.c.subject, posts.c.subject)
        ]
        led = set((await connection.execute(select(lanes.c.lane).where(lanes.c.lane.like("alert:%")))).scalars())
    left = {"alert:new", "alert:fires", "alert:needed", "alert:told"}
    assert kept == [left] * 3
    assert led == {f"{each}/card-1" for each in left}
    assert not [each for each in await store.write(lambda c: list(chains(c))) if each.broken]
