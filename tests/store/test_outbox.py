"""Only the head of an open lane goes out, in order, marked in a committed transaction before it does."""

from datetime import timedelta

import pytest

from bot.rules.change import Outgoing
from bot.rules.incident import Post
from store import outbox, queries
from store.database import Store
from store.housekeeping import tidy
from store.outbox import Row
from tests.store.examples import NOON, SECOND, message, minutes

START = 1_700_000_000 * SECOND
LEASE = 20


async def enqueue(store: Store, *outgoings: Outgoing, subject: str = "incident:1", after: float = 0) -> None:
    await store.write(lambda c: outbox.enqueue(c, subject, outgoings, NOON + minutes(after)))


async def claim(store: Store, now: int = START, limit: int = 10) -> list[Row]:
    return await store.write(lambda c: outbox.claim(c, "me", now, limit, LEASE))


async def settle(store: Store, row: Row, state: str = "sent", **more) -> bool:
    return await store.write(lambda c: outbox.settle(c, row, state, **more))


async def unsettled(store: Store) -> list[Row]:
    async with store.read() as connection:
        return await queries.outbox(connection)


async def test_a_row_says_what_was_asked_for(store: Store) -> None:
    await enqueue(store, message("person:UBOB", seqs=[3, 4], place="person"))
    (row,) = await claim(store)
    assert (row.lane, row.slot, row.kind, row.subject) == ("person:UBOB", None, "message", "incident:1")
    assert row.facts == {"seqs": [3, 4], "place": "person"}
    assert (row.created_at, row.attempts, row.doubtful, row.sending_at) == (NOON, 1, False, START)


async def test_only_the_head_of_a_lane_goes_out_and_in_order(store: Store) -> None:
    await enqueue(store, message(n=1), message("team:payments", n=2), message(n=3))
    rows = await claim(store)
    assert [row.facts["n"] for row in rows] == [1, 2]
    assert await claim(store) == []
    await settle(store, rows[0])
    (third,) = await claim(store)
    assert third.facts["n"] == 3
    await settle(store, third)
    await settle(store, rows[1])
    assert await unsettled(store) == []
    assert await store.write(lambda c: outbox.next_wait(c, START)) is None


async def test_no_more_lanes_than_asked_for(store: Store) -> None:
    await enqueue(store, *(message(f"person:U{n}", n=n) for n in range(5)))
    assert len(await claim(store, limit=2)) == 2
    assert len(await claim(store, limit=9)) == 3


PLACES = [
    "channel",
    "channel.2",
    "card",
    "card.2",
    "links.3",
    "people-17",
    "people-17.2",
    "thread@announce",
    "announcement@team:x.y",
]


@pytest.mark.parametrize("place", PLACES)
async def test_a_lane_whose_place_does_not_exist_waits(store: Store, place: str) -> None:
    lane = f"incident:1/{place}"
    await enqueue(store, message(lane))
    assert await claim(store) == []
    assert await store.write(lambda c: outbox.next_wait(c, START)) is None
    await store.write(lambda c: outbox.open_lane(c, lane, "C12", "1.5"))
    assert await store.write(lambda c: outbox.is_under_way(c, START))
    (row,) = await claim(store)
    assert (row.channel, row.ts) == ("C12", "1.5")


OPEN_LANES = ["incident:1/setup", "announce", "team:channel", "person:UBOB", "person:UBOB/mail", "person:UBOB/home"]


async def test_what_waits_for_a_place_that_will_never_be_is_let_go(store: Store) -> None:
    left, other = "incident:1/channel", "incident:1/card"
    await enqueue(store, message(left, n=1), message(other, n=2))
    await store.write(lambda c: outbox.let_go(c, [left, "incident:1/links"]))
    (row,) = await claim(store)
    assert (row.facts["n"], row.channel) == (1, None)
    await store.write(lambda c: outbox.open_lane(c, other, "C1", "1.5"))
    await store.write(lambda c: outbox.let_go(c, [other]))
    (row,) = await claim(store)
    assert (row.channel, row.ts) == ("C1", "1.5")


@pytest.mark.parametrize("lane", OPEN_LANES)
async def test_a_logical_place_is_open_from_the_start(store: Store, lane: str) -> None:
    await enqueue(store, message(lane))
    (row,) = await claim(store)
    assert (row.channel, row.ts) == (None, None)


async def test_a_lane_opened_beforehand_is_open(store: Store) -> None:
    await store.write(lambda c: outbox.open_lane(c, "incident:1/channel", "C12"))
    assert await claim(store) == []
    await enqueue(store, message("incident:1/channel"))
    assert [row.channel for row in await claim(store)] == ["C12"]


async def test_a_lane_may_lead_elsewhere_from_now_on(store: Store) -> None:
    await store.write(lambda c: outbox.open_lane(c, "incident:1/channel", "C12"))
    await enqueue(store, message("incident:1/channel"))
    await store.write(lambda c: outbox.open_lane(c, "incident:1/channel", "C99"))
    assert [row.channel for row in await claim(store)] == ["C99"]


async def test_one_row_waits_for_a_slot_beside_the_one_being_sent(store: Store) -> None:
    slot = "incident:1/topic"
    await enqueue(store, message("announce", slot), message("announce", slot))
    await enqueue(store, message("announce", slot))
    (sending,) = await claim(store)
    await enqueue(store, message("announce", slot))
    await enqueue(store, message("announce", slot))
    assert len(await unsettled(store)) == 2
    await settle(store, sending)
    (again,) = await claim(store)
    assert again.id > sending.id
    await settle(store, again)
    assert await unsettled(store) == []


async def test_a_slot_that_waits_in_another_lane_adds_no_row_there(store: Store) -> None:
    await enqueue(store, message("incident:1/channel", "incident:1/card"))
    await enqueue(store, message("incident:1/card", "incident:1/card"))
    await store.write(lambda c: outbox.open_lane(c, "incident:1/card", "C12", "1.5"))
    assert len(await unsettled(store)) == 1
    assert await store.write(lambda c: outbox.next_wait(c, START)) is None


async def test_found_sending_after_its_lease_it_is_in_doubt(store: Store) -> None:
    await enqueue(store, message())
    (first,) = await claim(store)
    assert await claim(store, START + LEASE * SECOND - 1) == []
    (second,) = await claim(store, START + LEASE * SECOND)
    assert second.id == first.id
    assert (second.doubtful, second.attempts, second.sending_at) == (True, 2, START)


async def test_who_comes_late_changes_nothing(store: Store) -> None:
    await enqueue(store, message())
    (late,) = await claim(store)
    (other,) = await claim(store, START + LEASE * SECOND)
    assert not await store.write(lambda c: outbox.retry(c, late, START))
    assert not await store.write(lambda c: outbox.unclaim(c, late))
    assert await settle(store, other)
    assert not await settle(store, late, "given_up")
    assert await unsettled(store) == []


async def test_what_is_on_its_way_is_under_way_until_it_is_settled(store: Store) -> None:
    await enqueue(store, message())
    (row,) = await claim(store)
    assert await store.write(lambda c: outbox.next_wait(c, START)), "leased: nobody else may send it"
    assert await store.write(lambda c: outbox.is_under_way(c, START))
    assert await settle(store, row)
    assert not await store.write(lambda c: outbox.is_under_way(c, START))


async def test_a_retry_keeps_its_place_and_its_lane_waits(store: Store) -> None:
    await enqueue(store, message(n=1), message(n=2), message("team:payments", n=3))
    first, other = await claim(store)
    assert await store.write(lambda c: outbox.retry(c, first, START + 30 * SECOND))
    assert await settle(store, other)
    assert await claim(store, START + SECOND) == []
    assert await store.write(lambda c: outbox.next_wait(c, START + SECOND)) == 29 * SECOND
    assert not await store.write(lambda c: outbox.is_under_way(c, START + SECOND))
    (again,) = await claim(store, START + 30 * SECOND)
    assert (again.facts["n"], again.attempts, again.doubtful) == (1, 2, False)


async def test_a_retry_in_doubt_comes_back_in_doubt(store: Store) -> None:
    await enqueue(store, message())
    (first,) = await claim(store)
    assert await store.write(lambda c: outbox.retry(c, first, START + SECOND, doubtful=True))
    (again,) = await claim(store, START + 2 * SECOND)
    assert (again.doubtful, again.attempts, again.sending_at) == (True, 2, START)


@pytest.mark.parametrize("doubtful", [False, True])
async def test_unclaimed_it_is_as_before(store: Store, doubtful: bool) -> None:
    await enqueue(store, message())
    now = START
    if doubtful:
        await claim(store)
        now += LEASE * SECOND
    (row,) = await claim(store, now)
    assert await store.write(lambda c: outbox.unclaim(c, row))
    (again,) = await claim(store, now)
    assert again == row


async def test_a_retried_slot_keeps_its_place_and_the_later_row_is_withdrawn(store: Store) -> None:
    slot = "incident:1/card"
    await store.write(lambda c: outbox.open_lane(c, "incident:1/channel", "C12"))
    await enqueue(store, message("incident:1/channel", slot), message("incident:1/channel", n=2))
    (card,) = await claim(store)
    await enqueue(store, message("incident:1/card", slot))
    assert await store.write(lambda c: outbox.retry(c, card, START))
    assert [row.id for row in await unsettled(store)] == [card.id, card.id + 1]
    await store.write(lambda c: outbox.open_lane(c, "incident:1/card", "C12", "1.5"))
    (again,) = await claim(store)
    assert again.id == card.id
    await settle(store, again)
    assert [row.facts for row in await claim(store)] == [{"n": 2}]


async def test_a_retried_slot_in_doubt_leaves_the_later_row(store: Store) -> None:
    slot = "incident:1/card"
    await enqueue(store, message("announce", slot))
    (card,) = await claim(store)
    await enqueue(store, message("announce", slot))
    assert await store.write(lambda c: outbox.retry(c, card, START, doubtful=True))
    assert len(await unsettled(store)) == 2


@pytest.mark.parametrize("state", ["withdrawn", "given_up"])
async def test_what_ends_otherwise_lets_the_next_go(store: Store, state: str) -> None:
    await enqueue(store, message(n=1), message(n=2))
    (first,) = await claim(store)
    assert await settle(store, first, state, error="channel_not_found")
    assert [row.facts["n"] for row in await claim(store)] == [2]


async def test_a_row_ends_in_a_known_state(store: Store) -> None:
    await enqueue(store, message())
    (row,) = await claim(store)
    with pytest.raises(ValueError, match="sent, withdrawn, given_up"):
        await settle(store, row, "lost")


async def test_a_settled_row_may_hold_up_its_lane_for_the_pace(store: Store) -> None:
    await enqueue(store, message(), message())
    (first,) = await claim(store)
    await settle(store, first, not_before=START + SECOND)
    assert await claim(store) == []
    assert len(await claim(store, START + SECOND)) == 1


async def test_the_lane_served_longest_ago_goes_first(store: Store) -> None:
    await enqueue(store, message("person:UADA"), message("person:UADA"))
    (busy,) = await claim(store)
    await settle(store, busy)
    await enqueue(store, message("person:UBOB"), after=5)
    assert [row.lane for row in await claim(store, START + SECOND, limit=1)] == ["person:UBOB"]


async def test_a_failed_transaction_leaves_no_row(store: Store) -> None:
    def fails(connection):
        outbox.enqueue(connection, "incident:1", [message()], NOON)
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(fails)
    assert await unsettled(store) == []
    assert await claim(store) == []


async def test_nothing_to_enqueue_is_nothing(store: Store) -> None:
    await enqueue(store)
    assert await unsettled(store) == []


async def test_what_stands_in_a_slot_is_remembered(store: Store) -> None:
    subject, slot = "incident:1", "incident:1/card"
    assert await store.write(lambda c: outbox.find_post(c, subject, slot)) is None
    await store.write(lambda c: outbox.post(c, subject, slot, "C12", "1.5"))
    await store.write(lambda c: outbox.post(c, subject, slot, "C99", "2.5"))
    assert await store.write(lambda c: outbox.find_post(c, subject, slot)) == Post("C99", "2.5")
    async with store.read() as connection:
        assert await queries.post(connection, subject, slot) == Post("C99", "2.5")
        assert await queries.number_by_post(connection, "C99", "2.5") == 1
        assert await queries.number_by_post(connection, "C12", "1.5") is None


async def test_settled_rows_are_kept_for_a_week_and_others_for_ever(store: Store) -> None:
    await enqueue(store, message(n=1), message(n=2), message("team:payments", n=3))
    sent, sending = await claim(store)
    await settle(store, sent)
    assert await store.write(lambda c: tidy(c, NOON + timedelta(days=7))) == 0
    assert await store.write(lambda c: tidy(c, NOON + timedelta(days=8))) == 1
    assert [row.facts["n"] for row in await unsettled(store)] == [2, 3]
    assert await settle(store, sending)


async def test_an_id_is_never_given_twice(store: Store) -> None:
    await enqueue(store, message())
    (first,) = await claim(store)
    await settle(store, first)
    await store.write(lambda c: tidy(c, NOON + timedelta(days=8)))
    await enqueue(store, message())
    assert (await claim(store))[0].id > first.id


async def test_a_clock_set_back_holds_nothing_up_for_hours(store: Store) -> None:
    hour = 3600 * SECOND
    now = await store.write(store.machine_now)
    await enqueue(store, message())
    (row,) = await claim(store, now + 2 * hour)
    await store.write(lambda c: outbox.retry(c, row, now + 3 * hour))
    await store.write(lambda c: tidy(c, NOON))
    assert await store.write(lambda c: outbox.next_wait(c, now)) < hour
