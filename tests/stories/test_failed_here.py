"""A fault in Tocsin itself, met when something is sent: tried again for a while, then given up in the open.

What waits behind it goes on then. The fault is a row of the outbox whose facts nobody can read.
"""

import asyncio
import contextlib
from itertools import pairwise

import pytest

from bot.rules.events import GaveUp
from scheduler.delivery import LONGEST_FAULT_PAUSE, PAGE_PERSISTENCE, PERSISTENCE, pause_after, pause_in_doubt
from store import queries
from store.types import to_micros
from tests.postgres import connect
from tests.stories.kit import Stage, Story, told
from tests.stories.oncall import on_call
from tests.stories.opening import opened
from tests.stories.outages import caught_up, impatient
from tests.stories.test_page import overheard

LONG = 20
"""Faults after which it was tried for more than an hour."""

NEVER = 9_000_000_000_000_000
"""A moment of machine time that does not come."""

KEPT_OUT = "SELECT count(*) FROM pg_locks WHERE NOT granted"
QUICKLY = 40
"""Seconds within which something goes out that waits for a lease of a few, also on a busy machine."""

SOON = 60
"""Seconds within which all here has happened, also on a busy machine."""


@pytest.mark.parametrize(("persistence", "tries"), [(PERSISTENCE, 12), (PAGE_PERSISTENCE, 4)])
def test_it_waits_longer_each_time_and_not_for_ever(persistence: float, tries: int) -> None:
    pauses = [pause_after(faults, 10, persistence) for faults in range(1, tries)]
    found = [each for each in pauses if each is not None]
    assert len(found) == tries - 1
    assert all(one <= other <= LONGEST_FAULT_PAUSE for one, other in pairwise(found))
    assert persistence <= sum(found) < 1.2 * persistence
    assert pause_after(tries, 10, persistence) is None


async def test_behind_a_fault_everything_waits_for_a_while_and_not_for_ever(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        it = await opened(story, ada)
        await broken(story, stage, "message", "incident:1/channel", "incident:1")
        await ada.types("/incident note the disk is full", it.room)
        ada.is_told("Noted", where=it.room)
        async with asyncio.timeout(SOON):
            while [row.faults for row in await unsettled(story)][:1] in ([], [0]):
                await story.settled()
        it.room.expects_nothing()
        await stage.execute(f"UPDATE outbox SET faults = {LONG} WHERE facts = '{{}}'")
        await caught_up(story)
        it.room.expects("the disk is full")
        it.announcement.thread.expects("I could not send a message", "Tocsin itself failed", "Whoever runs Tocsin")
        events = [entry.event for entry in await story.bot.incidents.timeline(1, 100)]
        lost = [each for each in events if isinstance(each, GaveUp)]
        assert [(each.what, each.reason) for each in lost] == [("message", "failed_here")]
        faulty(story, "met a fault in Tocsin")


async def test_a_page_at_which_even_giving_up_fails_holds_back_no_other(stage: Stage) -> None:
    async with impatient(stage, on_call(default_policy="payments")) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await broken(story, stage, "page_slack", f"person:{bob.id}", f"person:{bob.id}", faults=LONG)
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("is declared")
        await caught_up(story)
        bob.is_paged("Checkout is down")
        faulty(story, "met a fault in Tocsin", "nobody could be told")
        overheard(story)


@pytest.mark.parametrize("stage", [2], ids=["postgresql"], indirect=True)
async def test_what_cannot_be_read_for_a_while_is_no_fault_and_waits_no_minute(stage: Stage) -> None:
    async with told(stage, time_limit=2) as story:
        ada = story.person("ada")
        it = await opened(story, ada)
        await stage.execute(f"UPDATE lanes SET not_before = {NEVER} WHERE lane = 'incident:1/channel'")
        await ada.types("/incident note the disk is full", it.room)
        ada.is_told("Noted", where=it.room)
        async with contextlib.AsyncExitStack() as stack:
            other = await connect(stage.database)
            stack.push_async_callback(other.close)
            await other.execute("BEGIN; LOCK TABLE timeline IN ACCESS EXCLUSIVE MODE")
            await stage.execute("UPDATE lanes SET not_before = 0 WHERE lane = 'incident:1/channel'")
            async with asyncio.timeout(SOON):
                while not await other.fetchval(KEPT_OUT):
                    pass
                while await other.fetchval(KEPT_OUT):
                    pass
        async with asyncio.timeout(QUICKLY):
            await caught_up(story)
        it.room.expects("the disk is full")


async def broken(story: Story, stage: Stage, kind: str, lane: str, subject: str, *, faults: int = 0) -> None:
    """Something waits in the lane at which our own code fails; it is looked at when more is to be said there."""
    values = f"'{kind}', '{lane}', '{subject}', '{{}}', {to_micros(story.clock.now())}, {faults}"
    await stage.execute(f"INSERT INTO outbox (kind, lane, subject, facts, created_at, faults) VALUES ({values})")


async def unsettled(story: Story) -> list[queries.Row]:
    """What waits to go out."""
    async with story.bot.store.read() as connection:
        return await queries.outbox(connection)


def faulty(story: Story, *said: str) -> None:
    """The log has told of faults, each of these at least once; nothing else is an error."""
    lines = list(story.errors.lines)
    assert all(any(part in line for line in lines) for part in said), lines
    assert all(any(part in line for part in said) for line in lines), lines
    story.errors.lines.clear()


def test_what_may_have_rung_rings_once_a_minute_at_most() -> None:
    assert [pause_in_doubt(tries, 10, is_blind=True) for tries in (1, 3, 4, 5, 6, 50)] == [10, 10, 16, 32, 60, 60]
    assert pause_in_doubt(50, 10, is_blind=False) == 10, "what can be looked up is"
