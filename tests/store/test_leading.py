"""Who commands what is open, and who was called of late."""

from typing import Any

from sqlalchemy import Connection

from bot.rules.events import Paged
from bot.rules.incident import Status
from bot.rules.paging.suggesting import Led
from store import pagings
from store.database import Store
from store.leading import leading
from tests.store.examples import NOON, minutes
from tests.store.test_pagings import keep, paged


async def test_each_open_one_that_somebody_commands_and_no_tests(store: Store) -> None:
    def work(connection: Connection) -> None:
        made: list[dict[str, Any]] = [
            {"roles": {"commander": "UBOB", "scribe": "UADA"}},
            {"roles": {"commander": "UBOB"}, "private": True},
            {"roles": {"lead": "UBOB"}},
            {"roles": {"commander": "UADA"}, "status": Status.RESOLVED, "closed_at": NOON},
            {"roles": {"commander": "UADA"}, "kind": "test"},
        ]
        for number, facts in enumerate(made, 1):
            keep(connection, number, **facts)

    await store.write(work)
    async with store.read() as connection:
        found = await connection.run_sync(leading)
    assert found == (Led("UBOB", 1), Led("UBOB", 2, private=True))


async def test_when_each_person_was_paged_whatever_became_of_it(store: Store) -> None:
    def work(connection: Connection) -> None:
        keep(connection, 1, (NOON - minutes(1), paged("UADA")), (NOON, paged("UADA", "UBOB")))
        keep(connection, 2, (NOON + minutes(5), Paged("", 0, ("UADA",), "asked", NOON)), status=Status.CANCELLED)
        keep(connection, 3, (NOON + minutes(6), paged("UADA", would=True)), kind="test")
        keep(connection, 4, (NOON + minutes(60), paged("UADA")))

    await store.write(work)
    async with store.read() as connection:
        found = await connection.run_sync(pagings.called, NOON, NOON + minutes(60))
    assert found == {"UADA": (NOON + minutes(5), NOON), "UBOB": (NOON,)}
