"""The figures that stand in the database."""

from sqlalchemy import Connection, insert

from bot.rules.incident import Status
from store import outbox
from store.database import Store
from store.figures import Figures, figures
from store.lanes import hold
from store.records import incident_row
from store.schema import incidents
from tests.store.examples import NOON, incident, message, minutes


async def seen(store: Store) -> Figures:
    async with store.read() as connection:
        return await figures(connection)


async def test_of_an_empty_database(store: Store) -> None:
    assert await seen(store) == Figures({}, 0, 0, None)


async def test_open_ones_by_severity_without_tests(store: Store) -> None:
    def work(connection: Connection) -> None:
        kept = [
            incident(1),
            incident(2, severity="SEV3"),
            incident(3, severity="SEV3"),
            incident(4, kind="test"),
            incident(5, status=Status.RESOLVED),
        ]
        more = {"fingerprint": "p1", "last_seq": 0, "last_hash": ""}
        connection.execute(insert(incidents), [incident_row(each) | more for each in kept])

    await store.write(work)
    assert (await seen(store)).open_incidents == {"SEV1": 1, "SEV3": 2}


async def test_what_waits_and_what_is_on_its_way(store: Store) -> None:
    def work(connection: Connection) -> None:
        outbox.enqueue(connection, "person:UADA", [message("announce"), message("announce")], NOON)
        outbox.enqueue(connection, "person:UADA", [message("person:UADA")], NOON + minutes(2))
        outbox.enqueue(connection, "incident:1", [message("incident:1/channel")], NOON - minutes(9))

    await store.write(work)
    assert await seen(store) == Figures({}, 4, 0, NOON)  # what waits for its channel cannot go out

    def claim(connection: Connection) -> None:
        assert outbox.claim(connection, "me", store.machine_now(connection), 1, 20)[0].lane == "announce"

    await store.write(claim)
    assert await seen(store) == Figures({}, 3, 1, NOON + minutes(2))


async def test_a_lane_that_has_to_wait_is_not_old(store: Store) -> None:
    def work(connection: Connection) -> None:
        outbox.enqueue(connection, "person:UADA", [message("announce")], NOON)
        now = store.machine_now(connection)
        [row] = outbox.claim(connection, "me", now, 1, 20)
        hold(connection, row.lane)
        outbox.retry(connection, row, now + 60_000_000)

    await store.write(work)
    assert await seen(store) == Figures({}, 1, 0, None)
