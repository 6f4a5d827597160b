"""Lanes: one channel's wait holds up no other, order is kept, and a call of unclear end is looked up, never doubled."""

import asyncio

import pytest

from bot.sandbox.dials import Fault, FaultKind
from tests.stories.kit import Person, Stage, Story, words
from tests.stories.opening import opened
from tests.stories.outages import caught_up, impatient

UNCLEAR: tuple[FaultKind, ...] = ("hang", "lost", "cut")


async def test_a_channel_that_must_wait_holds_up_no_other(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada, bob = story.person("ada"), story.person("bob")
        busy = await opened(story, ada)
        other = await opened(story, ada, "sev2 Search is slow", 2)
        story.allow("chat.postMessage", "ratelimited")
        story.sandbox.dials.faults = [Fault("chat.postMessage", "429", times=1, retry_after=1)]
        await ada.types("/incident note the first", busy.room)
        ada.is_told("Noted", where=busy.room)
        await bob.types("/incident note the second", other.room)
        bob.is_told("Noted", where=other.room)
        busy.room.expects_nothing()
        other.room.expects("the second")
        await caught_up(story)
        busy.room.expects("the first")


async def test_at_one_message_a_second_order_is_kept_and_nothing_lost(stage: Stage) -> None:
    pace = {"slack": {"channel_rate": "1/s", "burst": 1}}
    async with impatient(stage, pace) as story:
        ada = story.person("ada")
        it = await opened(story, ada)
        story.allow("chat.postMessage", "ratelimited")
        story.sandbox.dials.channel_rate = 1.0
        for number in range(3):
            await ada.types(f"/incident note step {number}.", it.room)
            ada.is_told("Noted", where=it.room)
        await caught_up(story)
        for number in range(3):
            it.room.expects(f"step {number}.")
        told = [words(each) for each in it.room.messages() if "step " in words(each)]
        assert [f"step {number}." in text for number, text in enumerate(told)] == [True] * 3


@pytest.mark.parametrize("kind", UNCLEAR)
async def test_a_message_of_unclear_end_is_posted_once(stage: Stage, kind: FaultKind) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        it = await opened(story, ada)
        strike(story, "chat.postMessage", kind)
        await ada.types("/incident note disk is full", it.room)
        ada.is_told("Noted", where=it.room)
        await caught_up(story)
        it.room.expects("disk is full")


@pytest.mark.parametrize("kind", UNCLEAR)
async def test_the_announcement_and_what_is_in_its_thread(stage: Stage, kind: FaultKind) -> None:
    async with impatient(stage) as story:
        ada = story.person("ada")
        strike(story, "chat.postMessage", kind, times=2)
        await ada.types("/incident declare sev4 Wrong colour")
        ada.is_told("*INC-1* is declared")
        await ada.types("/incident INC-1 note painting it")
        ada.is_told("Noted")
        await caught_up(story)
        announcement = story.place("#incidents").expects("Wrong colour")
        announcement.thread.expects("painting it")


@pytest.mark.parametrize("method", ["conversations.create", "bookmarks.add", "conversations.invite"])
@pytest.mark.parametrize("kind", UNCLEAR)
async def test_whatever_is_unclear_on_declaring_is_done_once(stage: Stage, method: str, kind: FaultKind) -> None:
    async with impatient(stage) as story:
        strike(story, method, kind)
        story.allow("conversations.invite", "already_in_channel")  # what was unclear is simply asked for again
        ada = story.person("ada")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("*INC-1* is declared")
        await caught_up(story)
        room = story.room(1)
        story.place("#incidents").expects("Checkout is down", f"<#{room.channel}>")
        room.expects("Checkout is down")
        channel = story.sandbox.channel(room.channel)
        assert rooms(story) == ["inc-1-checkout-is-down"]
        assert channel.members.count(ada.id) == 1
        assert len(channel.bookmarks) == 1


@pytest.mark.parametrize("method", ["conversations.create", "conversations.invite"])
async def test_what_slack_itself_does_twice_does_no_harm(story: Story, ada: Person, method: str) -> None:
    story.allow(method, "name_taken" if method == "conversations.create" else "already_in_channel")
    strike(story, method, "twice")
    await opened(story, ada)
    assert rooms(story) == ["inc-1-checkout-is-down"]


async def test_a_direct_message_of_unclear_end_is_sent_once(stage: Stage) -> None:
    async with impatient(stage) as story:
        ada, bob = story.person("ada"), story.person("bob")
        it = await opened(story, ada)
        strike(story, "chat.postMessage", "lost", times=2)
        await ada.types(f"/incident role comms <@{bob.id}>", it.room)
        ada.is_told("communications lead of INC-1", where=it.room)
        await caught_up(story)
        it.room.expects("communications lead")
        bob.dm.expects("communications lead")


async def test_a_strangers_channel_of_that_name_gets_us_a_suffix(story: Story, ada: Person, bob: Person) -> None:
    story.sandbox.add_channel("inc-1-checkout-is-down", members=[bob.id], with_bot=False)
    story.allow("conversations.create", "name_taken")
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("*INC-1* is declared")
    room = story.room(1)
    story.place("#incidents").expects("Checkout is down", f"<#{room.channel}>")
    room.expects("Checkout is down")
    assert rooms(story) == ["inc-1-checkout-is-down", "inc-1-checkout-is-down-2"]
    assert room.members == ["ada", "tocsin"]


async def test_several_at_once_each_get_what_is_theirs(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    await asyncio.gather(*(by.types("/incident declare sev1 Checkout is down") for by in (ada, bob, cleo)))
    for number in (1, 2, 3):
        story.place("#incidents").expects(f"*SEV1 · INC-{number}*", f"<#{story.room(number).channel}>")
        story.room(number).expects(f"*SEV1 · INC-{number}*")
    for by in (ada, bob, cleo):
        by.is_told("is declared")


def strike(story: Story, method: str, kind: FaultKind, times: int = 1) -> None:
    """The next calls of that method end unclear."""
    story.sandbox.dials.faults = [Fault(method, kind, times=times)]
    story.allow(method, kind)


def rooms(story: Story) -> list[str]:
    """The channels of incidents."""
    return sorted(each.name for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-"))
