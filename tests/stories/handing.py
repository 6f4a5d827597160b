"""Command that is handed over: how these stories begin."""

from tests.stories.kit import Person, Place, Shown, Story
from tests.stories.opening import Opened, opened, taken

TAKES, LEAVES = "I have command", "Not me"


async def commanded(story: Story, by: Person) -> Opened:
    """INC-1, a SEV1 that they command."""
    it = await opened(story, by)
    await taken(story, by, it.room)
    return it


async def offered(ada: Person, bob: Person, room: Place, note: str = "") -> Shown:
    """Ada offers Bob command by word; what he is sent."""
    await ada.types(f"/incident handoff @bob {note}".strip(), room)
    ada.is_told("You command INC-1 until", f"<@{bob.id}> takes it", where=room)
    room.expects(f"<@{ada.id}> offers command to <@{bob.id}>")
    return bob.dm.expects("wants to hand command over to you")
