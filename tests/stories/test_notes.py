"""Notes and events go into the timeline, each at its own time; open or closed."""

from datetime import UTC, datetime

from tests.stories.kit import Person, Story
from tests.stories.opening import opened, resolved


def at(day: int, hour: int, minute: int) -> str:
    """How Slack is told a moment of March 2026 (UTC)."""
    return f"<!date^{int(datetime(2026, 3, day, hour, minute, tzinfo=UTC).timestamp())}^"


async def test_a_note_is_said_in_the_channel_and_stands_in_the_timeline(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident note disk of <db-2> is at 97 %", it.room)
    ada.is_told("Noted in the timeline of INC-1", where=it.room)
    it.room.expects(f"<@{ada.id}>", "disk of <db-2> is at 97 %")
    await ada.types("/incident show", it.room)
    ada.is_told(f"<@{ada.id}> noted: disk of <db-2> is at 97 %", where=it.room)


async def test_without_words_a_modal_asks(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident note", it.room)
    ada.sees_modal("Add a note", "Checkout is down")
    await ada.submits(text="  ")
    assert "Write the note" in ada.view.errors["Note"]
    await ada.submits(text="disk is full")
    assert not ada.has_modal
    it.room.expects("disk is full")


async def test_a_bare_time_is_the_latest_in_the_persons_own_zone_and_said_back_with_its_day(
    story: Story, ada: Person, bob: Person
) -> None:
    it = await opened(story, ada)  # Monday 10:00 in Madrid, 04:00 in New York
    await ada.types("/incident event 09:45 deploy 4711 went out", it.room)
    ada.is_told(f"{at(2, 8, 45)}{{date_short_pretty}}", "deploy 4711 went out", where=it.room)
    it.room.expects(f"<@{ada.id}>", "deploy 4711 went out", at(2, 8, 45))
    await ada.types("/incident event 14:05 alerts began", it.room)
    ada.is_told(f"{at(1, 13, 5)}{{date_short_pretty}}", where=it.room)
    it.room.expects("alerts began", f"{at(1, 13, 5)}{{date_short_pretty}}")
    await bob.types("/incident event 3:50 paged", it.room)
    bob.is_told(at(2, 8, 50), where=it.room)
    it.room.expects("paged", at(2, 8, 50))
    await ada.types("/incident show", it.room)
    ada.is_told(f"{at(1, 13, 5)}{{date_short_pretty}} {{time}}", "written", where=it.room)


async def test_a_day_may_be_named(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident event yesterday 09:00 first complaint", it.room)
    ada.is_told(at(1, 8, 0), where=it.room)
    it.room.expects("first complaint", at(1, 8, 0))
    await ada.types("/incident event 2026-02-28 23:30 the certificate expired", it.room)
    ada.is_told(f"<!date^{int(datetime(2026, 2, 28, 22, 30, tzinfo=UTC).timestamp())}^", where=it.room)
    it.room.expects("the certificate expired")


async def test_what_is_still_to_come_or_no_time_is_refused(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident event today 23:59 the end", it.room)
    ada.is_told("still to come", where=it.room)
    await ada.types("/incident event 25:99 the end", it.room)
    ada.is_told("`14:05`", where=it.room)
    it.room.expects_nothing()


async def test_without_a_time_a_modal_asks_and_keeps_the_words(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident event deploy 4711 went out", it.room)
    ada.sees_modal("Record an event", '"initial_value": "deploy 4711 went out"')
    now = int(story.clock.now().timestamp())
    await ada.submits(at=now + 3600)
    assert "still to come" in ada.view.errors["When did it happen?"]
    await ada.submits(at=now - 600)
    assert not ada.has_modal
    it.room.expects("deploy 4711 went out", f"<!date^{now - 600}^")


async def test_after_the_end_too(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    await ada.types("/incident note all figures are normal", it.room)
    ada.is_told("Noted", where=it.room)
    it.room.expects("all figures are normal")
    await ada.types("/incident event 09:50 it had begun", it.room)
    ada.is_told("Written", at(2, 8, 50), where=it.room)
    it.room.expects("it had begun")
    await it.card.click("Add note", by=ada)
    await ada.submits(text="see you at the review")
    it.room.expects("see you at the review")
