"""The list: open incidents, the gravest first, or those that are looked for; never a stranger's private one."""

from tests.stories.kit import Person, Story, words
from tests.stories.opening import opened, resolved, taken


async def test_nothing_open_all_is_quiet(story: Story, ada: Person) -> None:
    await ada.types("/incident list")
    ada.is_told("No incident is open", "/incident declare")
    await ada.types("/incident list all")
    ada.is_told("no incident yet")


async def test_open_ones_the_gravest_first_each_with_what_it_needs(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada, "sev2 Search is slow", 1)
    it = await opened(story, ada, "sev1 Checkout is down", 2)
    over = await opened(story, ada, "sev1 Login fails", 3)
    await resolved(story, ada, over.room)
    await taken(story, bob, it.room)
    await story.forward(minutes=4)
    await ada.types("/incident list")
    told = ada.is_told("2 incidents open", "First: SEV1 INC-2 Checkout is down, acknowledged")
    told.says("🔴 *SEV1*", f"*INC-2* Checkout is down · acknowledged · 4 min · <@{bob.id}> · <#{it.room.channel}>")
    told.says("🟠 *SEV2*", "*INC-1* Search is slow · detected · 4 min · *nobody has it*").says_not("Login fails")
    assert words(told.message).index("*INC-2*") < words(told.message).index("*INC-1*")


async def test_mine_all_by_severity_by_service_and_by_words(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada, "sev2 Search is slow", 1)
    it = await opened(story, bob, "sev1 Checkout is down", 2)
    await bob.types("/incident service cart", it.room)
    bob.is_told("checkout is on INC-2", where=it.room)
    it.room.expects("added checkout")
    over = await opened(story, ada, "sev2 Login fails", 3)
    await resolved(story, ada, over.room)
    found = {
        "mine": ["INC-1"],
        "all": ["INC-2", "INC-1", "INC-3"],
        "sev1": ["INC-2"],
        "P2": ["INC-1"],
        "service:cart": ["INC-2"],
        "SLOW search": ["INC-1"],
        "all mine sev2 fails": ["INC-3"],
        "50% off": [],
    }
    for asked, names in found.items():
        await ada.types(f"/incident list {asked}")
        told = ada.is_told("1 incident" if len(names) == 1 else f"{len(names)} incidents" if names else "No incident")
        shown = words(told.message)
        assert [name for name in ("INC-2", "INC-1", "INC-3") if f"*{name}* " in shown] == names, asked
    await bob.types("/incident search service:checkout")
    bob.is_told("*INC-2*")


async def test_an_unknown_service_gets_the_known_ones(story: Story, ada: Person) -> None:
    await ada.types("/incident list service:serach")
    ada.is_told("I know no service “serach”. Known: checkout, search")


async def test_of_many_the_first_and_how_many_more(story: Story, ada: Person, bob: Person) -> None:
    general = story.place("#general").channel
    lines = [f"declare sev4 Trouble no. {number}." for number in range(200)]
    for line in lines:
        assert (await story.sandbox.command(bob.id, general, line)).status == "ok"
    await story.settled()
    story.expected |= {(each.channel, each.ts) for each in story.bot_messages() if "Trouble no. " in each.text}
    await opened(story, ada, "sev1 Checkout is down", 201)
    await ada.types("/incident list")
    told = ada.is_told("201 incidents open", "First: SEV1 INC-201", "1–20 of 201", "`sev1`, `mine`")
    assert words(told.message).count("*INC-") == 20
    await ada.types("/incident list sev4 199")
    ada.is_told("1 incident", "Trouble no. 199.")


async def test_private_ones_are_for_who_is_in_them(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare private sev1 Somebody got in")
    ada.is_told("INC-1")
    story.room(1).expects("Somebody got in")
    await ada.types("/incident list")
    ada.is_told("*INC-1* 🔒 Somebody got in")
    for asked in ("", "all", "sev1", "got in"):
        await bob.types(f"/incident list {asked}")
        bob.is_told("o incident").says_not("INC-1", "Somebody got in")
