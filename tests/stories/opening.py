"""How most stories begin: somebody declares an incident, and what that says is expected."""

from dataclasses import dataclass

from tests.stories.kit import Person, Place, Shown, Story
from tests.stories.outages import caught_up


@dataclass(frozen=True, slots=True)
class Opened:
    """An incident with a channel, and where it stands."""

    announcement: Shown
    room: Place
    card: Shown


async def opened(story: Story, by: Person, words: str = "sev1 Checkout is down", number: int = 1) -> Opened:
    """Incident `number`, declared in a line; announced in #incidents."""
    await by.types(f"/incident declare {words}")
    await caught_up(story)  # on a busy machine a call may not have been answered in time
    name = f"*INC-{number}*"
    by.is_told(name, "is declared")
    announcement = story.place("#incidents").expects(f"INC-{number}* ")
    return Opened(announcement, story.room(number), story.room(number).expects(f"INC-{number}* "))


async def acknowledged(story: Story, by: Person, room: Place) -> None:
    """They have it."""
    await by.types("/incident ack", room)
    by.is_told("You have INC-", where=room)
    room.expects(f"<@{by.id}> has it")


async def privately(story: Story, by: Person) -> tuple[Place, Shown]:
    """INC-1, declared private in a line: its channel and its card."""
    await by.types("/incident declare private sev1 Somebody got in")
    by.is_told("INC-1")
    room = story.room(1)
    return room, room.expects("Somebody got in", "Private")


async def taken(story: Story, by: Person, room: Place) -> None:
    """They acknowledge it and command it."""
    await by.types("/incident command", room)
    by.is_told("You are incident commander of INC-", where=room)
    room.expects(f"<@{by.id}> took command")


async def resolved(story: Story, by: Person, room: Place, fix: str = "rolled back") -> None:
    """They resolve it."""
    await by.types(f"/incident resolve {fix}", room)
    by.is_told("is resolved after", where=room)
    room.expects("Resolved", fix)
    story.place("#incidents").expects("Resolved", fix)


TOGETHER = 5
"""How many of many are declared before all is waited for that they bring with them."""


async def many(story: Story, by: Person, count: int = 200) -> None:
    """So many that are open: SEV4, each in a thread, titled `Trouble no. 0.` and so on."""
    general = story.place("#general").channel
    for number in range(count):
        ack = await story.sandbox.command(by.id, general, f"declare sev4 Trouble no. {number}.")
        assert ack.status == "ok"
        if number % TOGETHER == 0:
            await story.settled()
    await story.settled()
    story.expected |= {(each.channel, each.ts) for each in story.bot_messages() if "Trouble no. " in each.text}


async def busy(story: Story, person: Person, room: Place, minutes: int) -> None:
    """Time goes by, and who commands writes a word now and then."""
    while minutes > 0:
        await person.says("Still at it", room)
        await story.forward(minutes=min(20, minutes))
        minutes -= 20
