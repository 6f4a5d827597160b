"""What things ask of the database: how many statements, where nobody is on call and where somebody is.

Each costs its part of every change, so that one more is a decision; what was saved stays so.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine, event

from bot.alerts import Alerts
from bot.changes import Changes
from bot.incidents import Incidents
from bot.outside.clock import Clock
from bot.rules import lifecycle, notes, updates
from bot.rules.alerts.alert import Alert
from bot.rules.change import Origin
from bot.rules.moment import Person
from bot.rules.policy import Policy
from store import directory, falling, outbox, rosters
from store.database import Store
from tests.store.examples import NOON, SECOND, minutes
from tests.stories.kit import policy_of
from tests.stories.oncall import PEOPLE, on_call_policy

CONFIGURED: Mapping[str, Callable[[], Policy]] = {"nobody on call": policy_of, "on call": on_call_policy}
ADA, BOB = "U0001", "U0002"
"""By the configuration Bob is paged first."""

MOST: Mapping[str, Mapping[str, tuple[int, int]]] = {
    "nobody on call": {
        "declare": (11, 12),
        "what falls due": (4, 1),
        "note": (9, 10),
        "ack": (12, 13),
        "note of who has it": (9, 10),
        "update": (11, 12),
        "status": (11, 12),
    },
    "on call": {
        "declare": (11, 12),
        "what falls due": (16, 18),
        "note": (9, 10),
        "ack": (16, 18),
        "note of who has it": (9, 10),
        "update": (11, 12),
        "status": (11, 12),
    },
}
"""Of each at most so many on SQLite and on PostgreSQL, which locks rows. With somebody on call a page falls due, and an
acknowledgement lets who was paged be."""


@contextmanager
def asked() -> Iterator[list[str]]:
    """The statements of all connections, as they are carried out."""
    found: list[str] = []

    def note(*call: Any) -> None:
        found.append(call[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def known(store: Store) -> None:
    """Slack has told who everybody is."""
    people = {each["slack"]: Person(each["slack"], each["name"]) for each in PEOPLE}
    await store.write(lambda c: directory.save_people(c, "T0001", people.values()))
    await store.write(lambda c: rosters.keep_told(c, on_call_policy(), {name: name for name in people}))


def by(person: str, key: str) -> Origin:
    return Origin(f"slack:{person}", "slash", key=key, team="T0001")


async def counts(store: Store, policy: Policy) -> dict[str, int]:
    """How many statements each takes, the second time: what is remembered of the first counts."""
    clock = Clock(NOON, runs=False)
    changes = Changes(store, policy, clock)
    incidents, found = Incidents(changes), dict[str, int]()
    facts = {"title": "Checkout is slow", "severity": "SEV2", "kind": "incident", "services": ("checkout",)}

    async def count(name: str, doing: Any) -> None:
        with asked() as statements:
            answer = await doing
        assert answer is None or answer.refused is None, answer
        found[name] = len(statements)

    async def declare(key: str) -> Any:
        return (await incidents.declare_asking(by(ADA, key), **facts))[0]

    for again in ("1", "2"):
        await count("declare", declare(f"declare {again}"))
        number = int(again)
        clock.turn(clock.now() + minutes(1))
        await count("what falls due", changes.when_due(f"incident:{number}", Origin("clock", "clock")))
        await count("note", incidents.act(number, notes.note, by(ADA, f"note {again}"), text="Looked at it"))
        await count("ack", incidents.act(number, lifecycle.acknowledge, by(BOB, f"ack {again}")))
        clock.turn(clock.now() + minutes(1))
        own = incidents.act(number, notes.note, by(BOB, f"own {again}"), text="Looked at it again")
        await count("note of who has it", own)
        await count("update", incidents.act(number, updates.update, by(BOB, f"update {again}"), text="Still slow"))
        status = incidents.act(number, lifecycle.change_status, by(BOB, f"status {again}"), status="investigating")
        await count("status", status)
    return found


@pytest.mark.parametrize("configured", CONFIGURED)
async def test_what_a_change_asks(store: Store, configured: str) -> None:
    await known(store)
    found = await counts(store, CONFIGURED[configured]())
    most = {name: each[store.is_shared] for name, each in MOST[configured].items()}
    assert {name: many for name, many in found.items() if many > most[name]} == {}


@pytest.mark.parametrize("configured", CONFIGURED)
async def test_what_an_alert_asks_that_joins_others(store: Store, configured: str) -> None:
    await known(store)
    alerts = Alerts(Changes(store, CONFIGURED[configured](), Clock(NOON, runs=False)))

    def firing(*numbers: int) -> list[Alert]:
        return [Alert("grafana", f"web-{number}", "Errors", severity="critical") for number in numbers]

    await alerts.take(firing(*range(12)))  # the tenth of them is told in the incident
    for batch in (firing(12), firing(*range(13, 90)), firing(12)):
        with asked() as statements:
            await alerts.take(batch)
        assert len(statements) <= (8 if store.is_shared else 7), statements


async def test_what_a_look_asks_while_nothing_happens(store: Store) -> None:
    with asked() as statements:
        async with store.read() as connection:
            await falling.next_due(connection)
        await store.write(lambda c: (outbox.claim(c, "me", SECOND, 10, 20), outbox.next_wait(c, SECOND)))
    assert len(statements) == 3


async def test_what_an_alert_says_is_asked_at_once_and_only_where_there_are_alerts(store: Store) -> None:
    alerts = Alerts(Changes(store, policy_of(), Clock(NOON, runs=False)))
    one = Alert("grafana", "f1", "Errors", severity="critical", summary="5 % of checkouts fail")
    (number,) = (await alerts.take([one])).incidents
    found = await Incidents(alerts.changes).find(None, number=number)
    assert found
    groups = tuple(f"alert:none-{each}" for each in range(100))
    for incident, statements, says in (
        (found, 1, one.summary),
        (replace(found, alerts=(*groups, *found.alerts)), 1, one.summary),
        (replace(found, alerts=()), 0, None),
    ):
        with asked() as asked_for:
            told = await alerts.newest(incident)
        assert (len([each for each in asked_for if "subjects" in each]), told and told.says) == (statements, says)
