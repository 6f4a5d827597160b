"""Subjects that are no incident: kept as they stand, one change after the other, found when something is due."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from store import falling, subjects
from store.database import Store
from tests.store.examples import NOON, declare, incident, minutes


@dataclass(frozen=True, slots=True)
class Kept:
    name: str
    times: dict = field(default_factory=dict)
    many: tuple[int, ...] = ()


def save(connection: Connection, subject: str, state: Kept, due=None, fingerprint: str = "p1", **more) -> None:
    subjects.lock(connection, subject, Kept(subject))
    subjects.save(connection, subject, state, due, fingerprint, 0, "", is_open=more.get("is_open", True))


async def test_what_is_new_stands_as_empty_and_what_was_kept_comes_back(store: Store) -> None:
    first = await store.write(lambda c: subjects.lock(c, "team:a", Kept("a")))
    assert (first.state, first.last_seq, first.last_hash) == (Kept("a"), 0, "")
    whole = Kept("a", {"then": NOON.isoformat()}, (1, 2))
    await store.write(lambda c: save(c, "team:a", whole))
    assert await store.write(lambda c: subjects.find(c, "team:a", Kept(""))) == whole
    assert await store.write(lambda c: subjects.find(c, "team:none", Kept("none"))) == Kept("none")


async def test_what_is_alive_is_found_by_its_kind(store: Store) -> None:
    def work(connection: Connection) -> list[tuple[str, Kept]]:
        save(connection, "team:b", Kept("b"))
        save(connection, "team:a", Kept("a"))
        save(connection, "team:over", Kept("over"), is_open=False)
        save(connection, "person:U1", Kept("U1"))
        return list(subjects.alive(connection, "team", Kept))

    assert await store.write(work) == [("team:a", Kept("a")), ("team:b", Kept("b"))]


async def test_what_is_due_comes_in_one_order_with_incidents(store: Store) -> None:
    def work(connection: Connection) -> None:
        declare(connection, incident(1), NOON + minutes(5))
        save(connection, "team:a", Kept("a"), NOON + minutes(3))
        save(connection, "team:b", Kept("b"), NOON + minutes(7), fingerprint="p2")

    await store.write(work)
    async with store.read() as connection:
        assert await falling.next_due(connection) == (NOON + minutes(3), "team:a")
        assert await falling.due(connection, NOON + minutes(6), 10) == ["team:a", "incident:1"]
        assert await falling.due(connection, NOON + minutes(9), 2) == ["team:a", "incident:1"]
        assert await falling.stale(connection, "p1", 10) == ["team:b"]
    assert await store.write(lambda c: subjects.claim_due(c, "team:a", NOON + minutes(3), "p1"))
