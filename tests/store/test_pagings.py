"""What was paged is read from the timelines: of the time asked for, and what counts."""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.rules.entries import Entry
from bot.rules.events import Acknowledged, Event, Paged, PageJudged
from bot.rules.incident import Status
from bot.rules.oncall.pagings import Acknowledgement, Judged, Paging
from store import changes, pagings
from store.database import Store
from tests.store.examples import NOON, incident, minutes


def paged(*people: str, **facts: Any) -> Paged:
    return Paged("payments", 1, people, "begun", NOON, **facts)


def kept(connection: Connection, subject: str, *told: tuple[datetime, Event]) -> tuple[int, str]:
    entries = [Entry(subject, seq, at, at, "clock", "sweep", event) for seq, (at, event) in enumerate(told, 1)]
    return changes.append(connection, subject, 0, "", entries)


def keep(connection: Connection, number: int, *told: tuple[datetime, Event], **facts: Any) -> None:
    made = incident(number, **facts)
    last = kept(connection, made.subject, *told)
    changes.insert_incident(connection, made, None, "p1", *last)


async def test_what_was_paged_is_read_with_who_had_it_and_what_they_said(store: Store) -> None:
    def work(connection: Connection) -> None:
        keep(connection, 1, (NOON, paged("UBOB")), (NOON + minutes(3), Acknowledged("UBOB")))
        keep(connection, 2, (NOON, paged("UBOB", would=True)), kind="test")
        keep(connection, 3, (NOON - minutes(1), paged("UBOB")), (NOON + minutes(60), paged("UBOB")))
        keep(connection, 4, (NOON, paged("UBOB")), status=Status.CANCELLED, cancelled_because="duplicate")
        keep(connection, 5, (NOON, paged()), (NOON + minutes(2), paged("UADA", "UBOB")))
        word = (NOON + minutes(9), PageJudged(1)), (NOON + minutes(10), PageJudged(1, useless=False))
        kept(connection, "person:UBOB", *word, (NOON + minutes(11), PageJudged(5)))

    await store.write(work)
    async with store.read() as connection:
        found = await pagings.within(connection, NOON, NOON + minutes(60))
    assert list(found.incidents) == [1, 5]
    assert found.pagings == (
        Paging(1, NOON, ("UBOB",), "payments"),
        Paging(5, NOON + minutes(2), ("UADA", "UBOB"), "payments"),
    )
    assert found.acknowledgements == (Acknowledgement(1, NOON + minutes(3), "UBOB"),)
    assert found.judged == (Judged(1, "UBOB", useless=False), Judged(5, "UBOB", useless=True))


async def test_where_nothing_was_paged_nothing_is_read(store: Store) -> None:
    async with store.read() as connection:
        found = await pagings.within(connection, NOON, NOON + minutes(60))
    assert (found.pagings, found.incidents) == ((), {})
