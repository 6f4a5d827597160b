"""Snoozing moves the promise of the next update, for all to see: at most twice in a row, and not past a raise."""

import pytest

from tests.stories.kit import Person, Place, Shown, Story
from tests.stories.opening import busy, opened, taken


async def due(story: Story, ada: Person) -> tuple[Place, Shown, Shown]:
    """INC-1, a SEV2 that Ada commands, its update due now: its channel, its card, the reminder."""
    it = await opened(story, ada, "sev2 Checkout is slow")
    await taken(story, ada, it.room)
    await busy(story, ada, it.room, 60)
    ada.dm.expects("next update is promised")
    return it.room, it.card, it.room.expects("Update due")


def after(story: Story, minutes: int) -> str:
    """How Slack is told the moment so many minutes from now."""
    return f"<!date^{int(story.clock.now().timestamp()) + 60 * minutes}^"


@pytest.mark.parametrize("minutes", [15, 30, 60])
async def test_by_the_buttons_of_the_reminder(story: Story, ada: Person, minutes: int) -> None:
    room, card, reminder = await due(story, ada)
    card.says("*Update due* since")
    await reminder.click(f"Snooze {minutes} min", by=ada)
    ada.is_told("The next update of INC-1 is promised for", after(story, minutes), "once more", where=room)
    room.expects(f"<@{ada.id}> moved the next update to", after(story, minutes), "once more")
    card.says("*Next update* by", after(story, minutes), "(snoozed once)").says_not("Update due")
    await busy(story, ada, room, minutes - 1)
    ada.dm.expects("next update is promised")
    room.expects_nothing()
    await story.forward(minutes=1)
    room.expects("Update due")


async def test_by_the_verb_from_the_promise_on(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    await taken(story, ada, it.room)
    await ada.types("/incident snooze 30m", it.room)
    ada.is_told(after(story, 90), where=it.room)
    it.room.expects("moved the next update", after(story, 90))
    await ada.types("/incident snooze 20", it.room)
    ada.is_told(after(story, 110), "cannot be moved again", where=it.room)
    it.room.expects(after(story, 110))


async def test_by_the_menu_and_its_modal(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    await taken(story, ada, it.room)
    await ada.types("/incident snooze", it.room)
    ada.sees_modal("Snooze the update", "twice in a row", "120 minutes")
    await ada.submits(minutes="120")
    assert not ada.has_modal
    it.room.expects(after(story, 180))


async def test_twice_in_a_row_then_it_is_refused_until_an_update(story: Story, ada: Person) -> None:
    room, card, reminder = await due(story, ada)
    for _ in range(2):
        await reminder.click("Snooze 30 min", by=ada)
        ada.is_told("The next update of INC-1", where=room)
        room.expects("moved the next update")
    card.says("(snoozed twice)")
    await reminder.click("Snooze 30 min", by=ada)
    ada.is_told("snoozed twice already", "/incident update", where=room)
    await busy(story, ada, room, 60)
    ada.dm.expects("next update is promised")
    assert "Snooze 30 min" not in room.expects("Update due").buttons
    await ada.types("/incident update Rolling back", room)
    ada.is_told("Update #1", where=room)
    room.expects("Update #1")
    story.place("#incidents").expects("Update #1")
    await ada.types("/incident snooze 30m", room)
    ada.is_told("The next update of INC-1", where=room)
    room.expects("moved the next update")


async def test_it_ends_at_a_raise(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev2 Checkout is slow")
    await taken(story, ada, it.room)
    await ada.types("/incident snooze 4h", it.room)
    ada.is_told("The next update of INC-1", where=it.room)
    it.room.expects("moved the next update")
    await ada.types("/incident sev sev1", it.room)
    ada.is_told("*SEV1* now", where=it.room)
    it.room.expects("raised it from SEV2")
    story.place("#incidents").expects("raised it from SEV2")
    it.card.says("*Next update* by", after(story, 30)).says_not("snoozed")


async def test_no_length_of_time_too_long_and_nothing_at_all_are_refused(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    for words, told in {"a while": "`30m`", "2d": "up to a day", "0": "`30m`", "1 business day": "minutes"}.items():
        await ada.types(f"/incident snooze {words}", it.room)
        ada.is_told(told, where=it.room)
    it.room.expects_nothing()
