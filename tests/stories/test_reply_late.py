"""Never silence: what takes long is said to be under way; what fails is apologised for, with an id that the log has."""

import asyncio
import re

from bot.sandbox.dials import Fault
from tests.stories.kit import Person, Stage, Story
from tests.stories.opening import opened


async def test_locked_for_a_second_it_works_all_the_same(story: Story, stage: Stage, ada: Person) -> None:
    async with stage.held() as other:
        letting_go = asyncio.create_task(other.let_go(after=1))
        ack = await ada.types("/incident declare sev1 Checkout is down")
        await letting_go
    assert ack is not None
    assert ack.status == "ok"
    assert ack.milliseconds > 900
    ada.is_told("INC-1")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")


async def test_locked_for_long_the_caller_is_told_and_nothing_is_half_done(
    story: Story, stage: Stage, ada: Person
) -> None:
    async with stage.held():
        where = story.place("#general").channel
        ack = await story.sandbox.command(ada.id, where, "declare sev1 Checkout is down")
        look = await story.sandbox.command(ada.id, where, "list")
    assert ack.status == "ok"
    told = ada.is_told("The database is busy", "Nothing was changed; try again")
    assert look.status == "ok"
    ada.is_told("No incident is open")
    in_the_log(story, told.message.text)
    await story.settled()
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")


async def test_what_takes_over_two_seconds_is_said_to_be_under_way_and_the_answer_follows(
    story: Story, stage: Stage, ada: Person, bob: Person, cleo: Person
) -> None:
    first = await opened(story, ada)
    second = await opened(story, ada, "sev1 Mail bounces", number=2)
    third = await opened(story, ada, "sev1 Nobody can search", number=3)
    await cleo.types("/incident note", third.room)
    await bob.joins(second.room)
    busy = await stage.slow(story.bot.store)
    acks = await asyncio.gather(
        story.sandbox.command(ada.id, first.room.channel, "status investigating"),
        story.sandbox.click(bob.id, second.room.channel, second.card.ts, label="Take command"),
        story.sandbox.submit(cleo.id, {"text": "The disk is full"}),
    )
    assert [ack.status for ack in acks] == ["ok", "ok", "ok"]
    await story.sandbox.quiet()
    ada.is_told("Still working on it", where=first.room)
    cleo.sees_modal("Tocsin", "Still working on it")
    await busy.let_go()
    await story.settled()
    ada.is_told("*investigating* now", where=first.room)
    bob.is_told("Still working on it", where=second.room)
    bob.is_told("You are incident commander", where=second.room)
    cleo.sees_modal("Tocsin", "Noted in the timeline")
    first.room.expects("*investigating*")
    second.room.expects("took command")
    third.room.expects("The disk is full")


async def test_slow_slack_keeps_nobody_waiting(story: Story, ada: Person) -> None:
    story.sandbox.dials.latency = 2.5
    ack = await story.sandbox.command(ada.id, story.place("#general").channel, "declare sev1 Checkout is down")
    assert ack.milliseconds < 2500, "it waited for a call"
    story.sandbox.dials.latency = 0
    ada.is_told("INC-1")
    await story.settled()
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")


async def test_a_form_that_slack_does_not_open_is_said(story: Story, ada: Person) -> None:
    story.sandbox.dials.faults.append(Fault("views.open", "500", times=9))
    await ada.types("/incident declare")
    ada.is_told("Slack did not open the form", "/incident declare sev1")
    story.allow("views.open", "internal_error")


async def test_something_unforeseen_is_apologised_for_with_its_id(story: Story, stage: Stage, ada: Person) -> None:
    incident = await opened(story, ada)
    await stage.execute("ALTER TABLE timeline RENAME TO elsewhere")
    await ada.types("/incident show", incident.room)
    in_the_log(story, ada.is_told("my fault", where=incident.room).message.text)
    await incident.card.click("Acknowledge", by=ada)
    in_the_log(story, ada.is_told("my fault", where=incident.room).message.text)
    await ada.types("/incident note", incident.room)
    await ada.submits(text="It is the disk")
    view = ada.sees_modal("Tocsin", "my fault")
    in_the_log(story, str(view.content))


def in_the_log(story: Story, told: str) -> None:
    """The id that somebody was told stands in the log; the errors of this story are forgiven with it."""
    found = re.search(r"`([0-9a-f]{8})`", told)
    assert found, told
    assert any(found[1] in line for line in story.errors.lines)
    story.errors.lines.clear()
