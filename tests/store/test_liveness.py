"""When nobody looked at what is due: killed, paused, without a database; not where the moment alone has moved."""

from datetime import timedelta

import pytest

from bot.outside.clock import Clock
from bot.rules.moment import Away
from scheduler.liveness import Liveness
from store import liveness
from store.database import Store
from tests.postgres import connect
from tests.store.examples import NOON, minutes
from tests.stories.stage import Stage


class Machine:
    """Machine time, and a clock that it moves with."""

    def __init__(self) -> None:
        self.clock = Clock(NOON, runs=False)
        self.seconds = 1000.0

    def passes(self, seconds: float) -> None:
        self.seconds += seconds
        self.clock.turn(self.clock.now() + timedelta(seconds=seconds))

    def begins(self, store: Store) -> Liveness:
        """A program starts on this machine."""
        return Liveness(store, self.clock, lambda: self.seconds)


@pytest.fixture
def machine() -> Machine:
    return Machine()


async def gap(store: Store) -> Away | None:
    return await store.write(liveness.last_gap)


async def keep_up(one: Liveness, machine: Machine, seconds: float) -> None:
    """It is there all the while."""
    for _ in range(int(seconds / 5)):
        machine.passes(5)
        assert await one.keep()


async def test_a_first_start_is_no_gap(store: Store, machine: Machine) -> None:
    assert await machine.begins(store).keep()
    assert await gap(store) is None


@pytest.mark.parametrize(("seconds", "is_gap"), [(59, False), (60, False), (61, True), (1020, True)])
async def test_killed_and_started_again(store: Store, machine: Machine, seconds: float, is_gap: bool) -> None:
    await machine.begins(store).keep()
    began = machine.clock.now()
    machine.passes(seconds)
    await machine.begins(store).keep()
    assert await gap(store) == (Away(began, machine.clock.now()) if is_gap else None)


async def test_paused_it_was_away_although_it_never_ended(store: Store, machine: Machine) -> None:
    one = machine.begins(store)
    await one.keep()
    await keep_up(one, machine, 120)
    assert await gap(store) is None
    paused = machine.clock.now()
    machine.passes(600)
    await one.keep()
    assert await gap(store) == Away(paused, paused + minutes(10))


async def test_the_last_gap_is_kept_while_it_is_there(store: Store, machine: Machine) -> None:
    await machine.begins(store).keep()
    machine.passes(300)
    again = machine.begins(store)
    await again.keep()
    await keep_up(again, machine, 300)
    assert await gap(store) == Away(NOON, NOON + minutes(5))


async def test_a_turned_clock_and_one_that_was_set_are_no_gap(store: Store, machine: Machine) -> None:
    one = machine.begins(store)
    await one.keep()
    machine.clock.turn(NOON + minutes(60))
    one.turned()
    assert not one.is_current
    await one.keep()
    assert one.is_current
    machine.seconds += 16
    machine.clock.turn(NOON + minutes(120))  # set by the machine's operator: nobody is told
    await one.keep()
    assert await gap(store) is None


async def test_what_the_row_tells_after_a_turn_is_the_new_moment(store: Store, machine: Machine) -> None:
    one = machine.begins(store)
    await one.keep()
    machine.clock.turn(NOON + minutes(60))
    one.turned()
    await one.keep()
    await machine.begins(store).keep()
    assert await gap(store) is None


async def test_a_row_from_the_future_is_no_gap_and_is_put_right(store: Store, machine: Machine) -> None:
    await store.write(lambda c: liveness.here(c, NOON + minutes(60), was_silent=True))
    await machine.begins(store).keep()
    assert await gap(store) is None
    machine.passes(120)
    await machine.begins(store).keep()
    assert await gap(store) == Away(NOON, NOON + minutes(2))


async def test_another_one_was_there(store: Store, machine: Machine) -> None:
    one, other = machine.begins(store), machine.begins(store)
    await one.keep()
    await keep_up(other, machine, 600)
    await one.keep()
    await machine.begins(store).keep()
    assert await gap(store) is None


async def test_with_two_started_after_a_gap_it_is_one_gap(store: Store, machine: Machine) -> None:
    await machine.begins(store).keep()
    machine.passes(300)
    await machine.begins(store).keep()
    machine.passes(1)
    await machine.begins(store).keep()
    assert await gap(store) == Away(NOON, NOON + minutes(5))


async def test_without_a_database_nothing_is_said_and_it_counts_as_away(
    store: Store, url: str, machine: Machine
) -> None:
    one = machine.begins(store)
    await one.keep()
    async with Stage(url).held():
        machine.passes(20)
        assert not await one.keep()
        machine.passes(300)
    assert await one.keep()
    assert await gap(store) == Away(NOON, NOON + timedelta(seconds=320))


async def test_without_it_for_a_moment_it_was_there(store: Store, url: str, machine: Machine) -> None:
    one = machine.begins(store)
    await one.keep()
    async with Stage(url).held():
        machine.passes(20)
        assert not await one.keep()
        machine.passes(20)
    assert await one.keep()
    assert await gap(store) is None


async def test_who_was_stopped_while_it_wrote_holds_up_nobody(migrated_postgres_url: str, machine: Machine) -> None:
    store = await Store.open(migrated_postgres_url)
    one = machine.begins(store)
    await one.keep()
    stopped = await connect(migrated_postgres_url)
    await stopped.execute("BEGIN; SELECT * FROM liveness FOR UPDATE")
    await keep_up(one, machine, 120)
    await stopped.close()
    await keep_up(one, machine, 60)
    assert await gap(store) is None
    await store.close()


async def test_it_writes_a_few_times_a_minute(store: Store, machine: Machine) -> None:
    one = machine.begins(store)
    await one.keep()
    machine.passes(14)
    await one.keep()
    async with store.read() as connection:
        assert (await connection.run_sync(liveness.seen)) == NOON
    machine.passes(1)
    await one.keep()
    async with store.read() as connection:
        assert (await connection.run_sync(liveness.seen)) == machine.clock.now()
