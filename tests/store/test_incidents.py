"""An incident is kept whole, under a number that is never given twice."""

from dataclasses import fields, replace

import pytest

from bot.rules.incident import Incident, Post
from store import changes, queries
from store.database import Store
from store.schema import incidents
from tests.store.examples import NOON, declare, entry, full, incident, minutes


def test_every_field_of_the_record_has_a_column() -> None:
    assert {each.name for each in fields(Incident)} <= set(incidents.c.keys())


@pytest.mark.parametrize("made", [incident(), full()], ids=["bare", "full"])
async def test_it_comes_back_as_it_was(store: Store, made: Incident) -> None:
    await store.write(lambda c: declare(c, made))
    loaded = await store.write(lambda c: changes.lock_incident(c, 1))
    assert loaded.incident == made
    assert loaded.last_seq == 1
    async with store.read() as connection:
        assert await queries.incident(connection, 1) == made


async def test_what_was_never_declared_is_not_there(store: Store) -> None:
    assert await store.write(lambda c: changes.lock_incident(c, 7)) is None
    async with store.read() as connection:
        assert await queries.incident(connection, 7) is None
        assert await queries.number_by_channel(connection, "C7") is None
        assert await queries.number_by_post(connection, "C7", "1.0") is None


async def test_a_saved_change_comes_back(store: Store) -> None:
    await store.write(lambda c: declare(c, incident()))
    after = replace(full(), declared_by="UADA", milestones=full().milestones)

    def work(connection):
        loaded = changes.lock_incident(connection, 1)
        last = changes.append(connection, "incident:1", loaded.last_seq, loaded.last_hash, [entry(2)])
        changes.save_incident(connection, after, NOON + minutes(5), "p2", *last)
        return last

    last = await store.write(work)
    loaded = await store.write(lambda c: changes.lock_incident(c, 1))
    assert loaded == changes.Loaded(after, *last)
    assert last[0] == 2


async def test_numbers_count_up_and_a_rolled_back_one_is_given_again(store: Store) -> None:
    assert [await store.write(changes.next_number) for _ in range(3)] == [1, 2, 3]

    def fails(connection):
        changes.next_number(connection)
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(fails)
    assert await store.write(changes.next_number) == 4


async def test_it_is_found_by_its_channel_and_by_its_announcements(store: Store) -> None:
    await store.write(lambda c: declare(c, incident()))
    await store.write(lambda c: declare(c, full(2)))
    async with store.read() as connection:
        assert await queries.number_by_channel(connection, "C12") == 2
        assert await queries.number_by_post(connection, "CANN", "1700000000.000100") == 2
        assert await queries.number_by_post(connection, "CPAY", "1700000000.000200") == 2
        assert await queries.number_by_post(connection, "CPAY", "1700000000.000100") is None


@pytest.mark.parametrize("told", [True, False], ids=["before given", "before read"])
async def test_members_and_announcements_follow_the_incident(store: Store, told: bool) -> None:
    before = incident(private=True, members=("UADA", "UEVE"))
    after = replace(before, members=("UADA", "UBOB"), announced={"announce": Post("CANN", "1.5")})
    await store.write(lambda c: declare(c, before))
    given = {"before": before} if told else {}
    await store.write(lambda c: changes.save_incident(c, after, None, "p1", 1, "h", **given))
    async with store.read() as connection:
        seen = {who: await queries.count(connection, who) for who in ("UADA", "UBOB", "UEVE")}
        assert seen == {"UADA": 1, "UBOB": 1, "UEVE": 0}
        assert await queries.number_by_post(connection, "CANN", "1.5") == 1


async def test_people_are_known_by_id(store: Store) -> None:
    assert await store.write(lambda c: changes.people(c, [])) == {}
    assert await store.write(lambda c: changes.people(c, ["UADA"])) == {}
