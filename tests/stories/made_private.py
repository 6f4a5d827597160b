"""How stories of an incident that is made private begin, and what that says in all its places."""

from dataclasses import dataclass

from tests.stories.kit import Person, Place, Shown, Story
from tests.stories.opening import opened, taken

HIDDEN = "Somebody got in"
"""The title: what outsiders may not read any more."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """INC-1 since it is private: its announcement, the channel that it left, its own."""

    announcement: Shown
    former: Place
    room: Place


async def hidden(story: Story, ada: Person, bob: Person) -> Hidden:
    """Ada declared INC-1, commands it, and makes it private for herself and Bob."""
    it = await opened(story, ada, f"sev1 {HIDDEN}")
    await taken(story, ada, it.room)
    await ada.types("/incident private @bob", it.room)
    ada.is_told("*INC-1* is private now", where=it.room)
    expect_hidden(story, it.room)
    return Hidden(it.announcement, it.room, story.room(1))


def expect_hidden(story: Story, former: Place) -> None:
    """The farewell in the old channel of INC-1, and what its new one holds."""
    former.expects("INC-1 is private now", "goes on in another channel").says_not(HIDDEN)
    room = story.room(1)
    assert room.channel != former.channel
    room.expects("INC-1", "Private: only the people in this channel")
    room.expects("Before this", f"<#{former.channel}>")
    room.expects("made it private", "others may have read it")
