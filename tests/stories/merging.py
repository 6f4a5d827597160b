"""Two incidents that are one: how these stories begin, and what a merge says."""

from tests.stories.kit import Person, Story
from tests.stories.opening import Opened, opened, taken


async def both(story: Story, ada: Person, bob: Person) -> tuple[Opened, Opened]:
    """Ada declared INC-1 and commands it; Bob declared INC-2 a quarter of an hour later, of the same."""
    first = await opened(story, ada)
    await taken(story, ada, first.room)
    await story.forward(minutes=14)
    return first, await opened(story, bob, "sev1 Carts fail", 2)


def expect_merged(story: Story, by: Person, first: Opened, second: Opened) -> None:
    """What both channels and the announcement of INC-2 are told."""
    second.room.expects(
        f"<@{by.id}> merged it into *INC-1* Checkout is down", f"<#{first.room.channel}>", "Reminders for this one"
    )
    second.announcement.thread.expects("merged it into *INC-1*")
    first.room.expects(f"<@{by.id}> merged *INC-2* Carts fail into this one")


async def merged(story: Story, ada: Person, bob: Person) -> tuple[Opened, Opened]:
    """INC-2, merged into INC-1 by Bob."""
    first, second = await both(story, ada, bob)
    await bob.types("/incident merge INC-1", second.room)
    bob.is_told("INC-2 is part of INC-1 now", where=second.room)
    expect_merged(story, bob, first, second)
    return first, second
