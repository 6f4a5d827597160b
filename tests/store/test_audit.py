"""What the self-audit finds in a database: what is late, and not what has to wait."""

import pytest
from sqlalchemy import Connection, update

from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules.incident import Post, Status
from scheduler.audit import Auditor, sentences
from store import audit, outbox
from store.database import Store
from store.schema import incidents, lanes
from tests.rules.given import POLICY
from tests.store.examples import NOON, SECOND, declare, incident, message, minutes

MACHINE = 1_000 * SECOND
"""Machine time a minute ago; what is held up after it may still wait."""

BEFORE = NOON + minutes(9)


def waits(connection: Connection, lane: str, not_before: int) -> None:
    """Something waits in that lane since noon; nothing leaves it before then."""
    outbox.enqueue(connection, "incident:1", [message(lane)], NOON)
    connection.execute(update(lanes).where(lanes.c.lane == lane).values(not_before=not_before))


@pytest.mark.parametrize(
    ("facts", "is_found"),
    [
        ({}, True),
        ({"channel": "C1"}, False),
        ({"announced": {"announce": Post("C1", "1.1")}}, False),
        ({"status": Status.RESOLVED}, False),
        ({"private": True, "announce": None}, True),
    ],
)
async def test_an_open_incident_without_a_room(store: Store, facts: dict[str, object], is_found: bool) -> None:
    await store.write(lambda c: declare(c, incident(1, **facts)))
    found = await store.write(lambda c: audit.roomless(c, BEFORE, MACHINE))
    assert found == ([audit.Roomless(1, NOON)] if is_found else [])
    assert await store.write(lambda c: audit.roomless(c, NOON - minutes(1), MACHINE)) == []


@pytest.mark.parametrize(
    ("lane", "not_before", "is_found"),
    [
        ("incident:1/setup", MACHINE + SECOND, False),
        ("announce", MACHINE + SECOND, False),
        ("incident:1/setup", MACHINE - SECOND, True),
        ("incident:2/setup", MACHINE + SECOND, True),
        ("team:payments", MACHINE + SECOND, True),
    ],
)
async def test_a_room_that_slack_lets_wait_is_not_late(
    store: Store, lane: str, not_before: int, is_found: bool
) -> None:
    def work(connection: Connection) -> list[audit.Roomless]:
        declare(connection, incident(1))
        waits(connection, lane, not_before)
        return audit.roomless(connection, BEFORE, MACHINE)

    assert bool(await store.write(work)) is is_found


async def test_what_is_due_and_unsaid(store: Store) -> None:
    def work(connection: Connection) -> list[audit.Unsaid]:
        declare(connection, incident(1), due=NOON + minutes(10))
        declare(connection, incident(2), due=NOON + minutes(5))
        declare(connection, incident(3))
        return audit.unsaid(connection, BEFORE)

    assert await store.write(work) == [audit.Unsaid("incident:2", NOON + minutes(5))]


@pytest.mark.parametrize(
    ("lane", "not_before", "is_found"),
    [
        ("announce", 0, True),
        ("announce", MACHINE - SECOND, True),
        ("announce", MACHINE + SECOND, False),  # Retry-After, a backoff, a lease, or just served
        ("incident:1/channel", 0, False),  # closed until its channel exists
        ("incident:1/setup", 0, True),
    ],
)
async def test_what_could_go_out_and_does_not(store: Store, lane: str, not_before: int, is_found: bool) -> None:
    await store.write(lambda c: waits(c, lane, not_before))
    found = await store.write(lambda c: audit.unsent(c, BEFORE, MACHINE))
    assert found == ([audit.Unsent(lane, NOON)] if is_found else [])
    assert await store.write(lambda c: audit.unsent(c, NOON - minutes(1), MACHINE)) == []


def auditor(store: Store, at: float) -> Auditor:
    """An auditor so many minutes after noon."""
    return Auditor(Changes(store, POLICY, Clock(NOON + minutes(at), runs=False)))


async def test_each_finding_says_what_which_and_since_when(store: Store) -> None:
    def work(connection: Connection) -> None:
        declare(connection, incident(1), due=NOON + minutes(5))
        outbox.enqueue(connection, "incident:1", [message("announce")], NOON)

    await store.write(work)
    one = auditor(store, 7)
    assert await one.once()
    assert [(each.kind, each.subject, each.since) for each in one.findings] == [
        ("roomless", "incident:1", NOON),
        ("unsaid", "incident:1", NOON + minutes(5)),
        ("unsent", "announce", NOON),
    ]
    assert [each.sentence for each in one.findings] == [
        "INC-1: neither a channel nor an announcement since it was declared at 2026-11-20 12:00 UTC.",
        "INC-1: due since 2026-11-20 12:05 UTC and not said: not acknowledged.",
        "Something waits since 2026-11-20 12:00 UTC and could have gone out (announce).",
    ]


async def test_over_http_no_incident_and_nobody_is_named(store: Store) -> None:
    def work(connection: Connection) -> None:
        for number in (1, 2):
            declare(connection, incident(number), due=NOON)
        outbox.enqueue(connection, "person:UADA", [message("person:UADA")], NOON)

    await store.write(work)
    one = auditor(store, 7)
    await one.once()
    assert sentences(one.findings) == [
        "Open incidents with neither a channel nor an announcement: 2. The log names them.",
        "Incidents, teams and people with something due and not said: 2. The log names them.",
        "Places where something waits that could have gone out: 1. The log names them.",
    ]
    assert sentences(()) == []


async def test_within_a_minute_nothing_is_late(store: Store) -> None:
    await store.write(lambda c: declare(c, incident(1), due=NOON + minutes(0.5)))
    one = auditor(store, 0.9)
    assert await one.once()
    assert one.findings == ()


async def test_a_change_is_told_in_the_log_once(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "scheduler.audit")
    await store.write(lambda c: declare(c, incident(1)))
    one = auditor(store, 7)
    for _ in range(3):
        await one.once()
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "INC-1" in caplog.text
    await store.write(lambda c: c.execute(update(incidents).values(channel="C1")))
    for _ in range(2):
        await one.once()
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]
    assert one.findings == ()


async def test_of_many_the_log_tells_the_first_few(store: Store, caplog: pytest.LogCaptureFixture) -> None:
    def work(connection: Connection) -> None:
        for number in range(1, 9):
            declare(connection, incident(number))

    await store.write(work)
    one = auditor(store, 7)
    await one.once()
    assert len(one.findings) == 8
    assert caplog.text.count("INC-") == 5
    assert "And 3 more findings." in caplog.text
