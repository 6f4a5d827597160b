"""A timeline is in order, and comes back as it was written."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.rules.entries import REMOVED, to_record
from bot.rules.events import KINDS, Acknowledged, EventRecorded, Noted, Updated, Words
from store import changes, queries
from store.database import Store
from store.schema import timeline
from tests.store.examples import NOON, entry, minutes

EVENTS = (
    Acknowledged("UBOB", implied=True),
    EventRecorded(Words("Deploy 4711 <!channel>"), NOON - timedelta(minutes=7), "UEVE", "https://x.slack.com/p1"),
    Updated(3, "SEV1", "mitigating", Words("Rolling back"), Words("No sale"), NOON + minutes(30)),
    Noted(Words("\0 \ud800 ñ")),
)


def _write(connection):
    entries = [entry(seq, event) for seq, event in enumerate(EVENTS, start=1)]
    return changes.append(connection, "incident:1", 0, "", entries)


async def test_entries_come_back_in_order(store: Store) -> None:
    last_seq, last_hash = await store.write(_write)
    assert last_seq == 4
    await store.write(lambda c: changes.append(c, "incident:1", last_seq, last_hash, [entry(5)]))
    await store.write(lambda c: changes.append(c, "incident:2", 0, "", [entry(1, subject="incident:2")]))
    async with store.read() as connection:
        everything = await queries.timeline(connection, "incident:1")
        assert everything[:4] == [entry(seq, event) for seq, event in enumerate(EVENTS, start=1)]
        assert [each.seq for each in everything] == [1, 2, 3, 4, 5]
        assert await queries.timeline(connection, "incident:1", seqs=[5, 2, 9]) == [everything[1], everything[4]]
        assert await queries.timeline(connection, "incident:1", seqs=[]) == []
        assert await queries.timeline(connection, "incident:1", limit=2) == everything[3:]


async def test_entries_since_somebody_looked(store: Store) -> None:
    await store.write(_write)
    async with store.read() as connection:
        assert [each.seq for each in await queries.entries_since(connection, "incident:1", 2)] == [3, 4]
        assert await queries.entries_since(connection, "incident:1", 4) == []
        assert await queries.entries_since(connection, "incident:2", 0) == []


async def test_merged_ones_are_told_together_by_the_time_they_tell_of(store: Store) -> None:
    def work(connection):
        changes.append(connection, "incident:9", 0, "", [entry(seq, subject="incident:9") for seq in (1, 2, 3)])
        late = replace(entry(1, subject="incident:12"), tells_of=NOON + minutes(2.5))
        changes.append(connection, "incident:12", 0, "", [late, entry(2, subject="incident:12")])
        changes.append(connection, "incident:1", 0, "", [entry(1)])

    await store.write(work)
    both = ["incident:9", "incident:12"]
    async with store.read() as connection:
        told = await queries.together(connection, both)
        assert [(each.subject, each.seq) for each in told] == [
            ("incident:9", 1),
            ("incident:12", 2),
            ("incident:9", 2),
            ("incident:12", 1),
            ("incident:9", 3),
        ]
        assert await queries.together(connection, both, limit=2) == told[3:]
        assert await queries.together(connection, ["incident:9"]) == await queries.timeline(connection, "incident:9")
        assert await queries.together(connection, []) == []


async def test_nothing_to_add_leaves_the_chain_as_it_is(store: Store) -> None:
    assert await store.write(lambda c: changes.append(c, "incident:1", 3, "abc", [])) == (3, "abc")


@pytest.mark.parametrize("wrong", [entry(3), entry(1), entry(2, subject="incident:2")])
async def test_a_gap_in_the_order_is_refused(store: Store, wrong) -> None:
    with pytest.raises(ValueError, match="does not follow"):
        await store.write(lambda c: changes.append(c, "incident:1", 1, "", [wrong]))


async def test_what_retention_has_removed_is_told_as_removed(store: Store) -> None:
    await store.write(_write)
    await store.write(lambda c: c.execute(update(timeline).where(timeline.c.seq == 3).values(words=None)))
    async with store.read() as connection:
        kept = (await queries.timeline(connection, "incident:1", seqs=[3]))[0].event
    assert kept == Updated(3, "SEV1", "mitigating", Words(REMOVED), Words(""), NOON + minutes(30))


async def test_entries_that_are_there_are_not_overwritten(store: Store) -> None:
    await store.write(_write)
    with pytest.raises(Exception, match=r"(?i)unique"):
        await store.write(_write)
    await store.write(lambda c: c.execute(delete(timeline)))
    assert (await store.write(_write))[0] == 4


def test_every_kind_of_event_can_be_taken_apart() -> None:
    assert {to_record(event)[0] for event in EVENTS} <= set(KINDS)
