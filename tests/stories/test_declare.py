"""Declaring: inline, from the modal, by shortcut, from a message; what is announced, and what the channel holds."""

from tests.stories.kit import Person, Story


async def test_declared_inline_it_is_announced_and_gets_its_channel(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev1 Checkout is down")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Checkout is down", "SEV1")
    room = story.room(1)
    card = room.expects("Checkout is down")
    assert "Acknowledge" in card.buttons
    assert room.members == ["ada", "tocsin"]
    assert "INC-1" in room.topic
    announcement.says(f"<#{room.channel}>")
    assert [mark.link for mark in story.sandbox.channel(room.channel).bookmarks]
