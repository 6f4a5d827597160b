"""Alerts are kept one row each: how often each fired, and whether it does now; what is over is forgotten in time."""

from sqlalchemy import Connection, select

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.group import Group
from store import alerts, subjects
from store.database import Store
from store.schema import alerts as table
from tests.store.examples import NOON, minutes

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


async def test_what_is_over_is_forgotten_in_time_and_what_fires_is_not(store: Store) -> None:
    def work(connection: Connection) -> tuple[int, list[str]]:
        told(connection, 0, alert("old", "resolved"), alert("fires"))
        told(connection, 9, alert("new", "resolved"))
        gone = alerts.forget(connection, NOON + minutes(5))
        return gone, sorted(connection.execute(select(table.c.fingerprint)).scalars())

    assert await store.write(work) == (1, ["fires", "new"])


async def test_a_group_comes_back_with_its_latest_alert(store: Store) -> None:
    latest = Alert("grafana", "f", "Errors", labels={"env": "prod"}, began=NOON)
    whole = Group("alert:1", "Errors", "grafana", services=("checkout",), latest=latest, since=NOON, triage="waiting")

    def work(connection: Connection) -> Group:
        subjects.lock(connection, "alert:1", Group("alert:1"))
        subjects.save(connection, "alert:1", whole, None, "p1", 0, "", is_open=True)
        return subjects.find(connection, "alert:1", Group("alert:1"))

    assert await store.write(work) == whole
