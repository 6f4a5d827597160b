"""What follows from a change, on PostgreSQL: nobody waits for each other in a ring.

Each test holds one thing as another transaction would, lets a change come to it, and asks then whether all that has its
turn later is still free: where it is not, the two wait for each other.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.util import await_only

from bot.alerts import Alerts
from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules import lifecycle, merging
from bot.rules.alerts.alert import Alert
from bot.rules.change import Answer, Origin
from bot.rules.paging.reaching import Reach
from bot.settings.policy import load_policy
from store import outbox, subjects
from store.database import Store
from tests.store.examples import NOON, declare, incident, message, minutes

ON_POSTGRES = pytest.mark.parametrize("url", ["postgresql"], indirect=True)
LANES = "SELECT lane FROM lanes FOR UPDATE NOWAIT"
PEOPLE = "SELECT subject FROM subjects WHERE kind = 'person' FOR UPDATE NOWAIT"


def changes_of(store: Store) -> Changes:
    return Changes(store, load_policy(None), Clock(NOON + minutes(5), runs=False))


async def met(store: Store, held: str, free: str, doing: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """What the change answers that came upon a subject which was held, and had taken nothing of what was to be free."""
    is_held, go_on = asyncio.Event(), asyncio.Event()

    def hold(connection: Connection) -> None:
        outbox.hold_subject(connection, held)
        is_held.set()
        await_only(go_on.wait())
        connection.execute(text(free))

    holding = asyncio.create_task(store.write(hold))
    await is_held.wait()
    changing = asyncio.create_task(doing())
    async with store.read() as connection:
        while not (await connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted"))).scalar_one():
            pass
    go_on.set()
    await holding
    return await changing


def paged(connection: Connection, *people: str) -> None:
    """They have been paged, and are told in lanes of their own."""
    for person in people:
        subject = f"person:{person}"
        subjects.lock(connection, subject, Reach(person))
        outbox.enqueue(connection, subject, [message(subject)], NOON)


@ON_POSTGRES
async def test_who_was_paged_is_held_before_the_lanes_in_which_they_are_told(store: Store) -> None:
    """Delivery holds somebody, then their lanes, when it settles a page: so does a change that lets them be."""

    def begin(connection: Connection) -> None:
        declare(connection, incident(followers=("UBOB",), paged={"UBOB": NOON}, paging_from=NOON))
        paged(connection, "UBOB")

    await store.write(begin)
    changes = changes_of(store)

    def resolve() -> Coroutine[Any, Any, Answer]:
        return changes.change(1, lifecycle.resolve, Origin("slack:UADA", "slash"), by="UADA", fix="Rolled back")

    assert (await met(store, "person:UBOB", LANES, resolve)).refused is None


@ON_POSTGRES
async def test_of_two_incidents_that_become_one_all_who_were_paged_are_held_in_one_order(store: Store) -> None:
    """The first lets Cleo be, the second Bob, who merges them: yet Bob is held first, as in any change of both."""

    def begin(connection: Connection) -> None:
        declare(connection, incident(1, paged={"UCLEO": NOON}, paging_from=NOON))
        declare(connection, incident(2, paged={"UBOB": NOON}, paging_from=NOON))
        paged(connection, "UBOB", "UCLEO")

    await store.write(begin)
    changes = changes_of(store)

    def merge() -> Coroutine[Any, Any, Answer]:
        return changes.both(1, 2, merging.merge, Origin("slack:UBOB", "slash"), by="UBOB")

    assert (await met(store, "person:UBOB", PEOPLE, merge)).refused is None


@ON_POSTGRES
async def test_all_incidents_of_a_batch_of_alerts_are_held_before_anything_is_said(store: Store) -> None:
    """Whoever changes the second one holds it, and then the lanes: so nothing is said of the first before."""
    doors = Alerts(changes_of(store))
    names = ("Errors", "Latency")
    opened = await doors.take([Alert("grafana", name, name, severity="critical") for name in names])
    assert opened.incidents == (1, 2)

    def end() -> Coroutine[Any, Any, Any]:
        return doors.take([Alert("grafana", name, name, "resolved", severity="critical") for name in names])

    assert (await met(store, "incident:2", LANES, end)).incidents == (1, 2)
