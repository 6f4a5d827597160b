"""The list: open incidents, the gravest first, or those that are looked for; never a stranger's private one."""

from tests.stories.kit import Person, Story, words
from tests.stories.opening import many, opened, privately, resolved, taken


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


async def test_by_who_commands(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada, "sev2 Search is slow", 1)
    it = await opened(story, ada, "sev1 Checkout is down", 2)
    await taken(story, bob, it.room)
    for asked in ("commander:@bob", f"commander:<@{bob.id}>", "ic:@bob", f"commander: <@{bob.id}|bob>"):
        await ada.types(f"/incident list {asked}")
        ada.is_told("1 incident", "*INC-2*").says_not("*INC-1*")
    await bob.types("/incident list commander:me")
    bob.is_told("1 incident", "*INC-2*").says_not("*INC-1*")
    await ada.types("/incident list commander:me")
    ada.is_told("No incident matches “commander:me”")
    await ada.types("/incident list commander:bobby")
    ada.is_told("I do not know “bobby”", "choose the person from Slack's list")


async def test_tests_only_where_they_are_asked_for(story: Story, ada: Person) -> None:
    await opened(story, ada, "sev2 Search is slow", 1)
    await ada.types("/incident declare test sev1 Trying it out")
    ada.is_told("INC-2")
    story.place("#incidents").expects("Trying it out")
    story.room(2).expects("Trying it out")
    for asked in ("", "all", "mine", "sev1", "trying"):
        await ada.types(f"/incident list {asked}")
        ada.is_told("ncident").says_not("*INC-2*", "Trying it")
    await ada.types("/incident list tests")
    ada.is_told("1 incident", "TEST", "*INC-2*", "Trying it out").says_not("*INC-1*")


async def test_of_many_the_first_and_the_buttons_turn_the_page(story: Story, ada: Person, bob: Person) -> None:
    await many(story, bob)
    await opened(story, ada, "sev1 Checkout is down", 201)
    await ada.types("/incident list")
    told = ada.is_told("201 incidents open", "First: SEV1 INC-201", "1–20 of 201", "`/incident list`", "`sev1`")
    assert words(told.message).count("*INC-") == 20
    assert told.buttons == ["Next"]
    before = len(list(story.bot_messages()))
    await told.click("Next", by=ada)
    told.says("Incidents 21–40 of 201", "*INC-181*", "*INC-162*").says_not("*INC-182*", "*INC-201*")
    assert told.buttons == ["Previous", "Next"]
    for _ in range(9):
        await told.click("Next", by=ada)
    told.says("201 of 201", "*INC-1*").says_not("*INC-2*")
    assert told.buttons == ["Previous"]
    await told.click("Previous", by=ada)
    told.says("181–200 of 201")
    assert len(list(story.bot_messages())) == before


async def test_the_pages_keep_what_was_asked_for(story: Story, ada: Person, bob: Person) -> None:
    await many(story, bob, 120)
    await ada.types("/incident list sev4 no. 1")
    told = ada.is_told("for “sev4 no. 1”", "1–20 of ", "`/incident list`").says_not("`sev4`")
    await told.click("Next", by=ada)
    told.says("for “sev4 no. 1”", "21–")
    await bob.types("/incident list mine")
    told = bob.is_told("1–20 of 120")
    await told.click("Next", by=bob)
    told.says("21–40 of 120")


async def test_a_page_beyond_the_end_after_some_were_resolved(story: Story, ada: Person, bob: Person) -> None:
    await many(story, bob, 21)
    await ada.types("/incident list")
    told = ada.is_told("1–20 of 21")
    for number in (1, 2, 3):
        await bob.types(f"/incident cancel INC-{number} test")
        bob.is_told("cancelled")
        story.place("#incidents").expects("ancelled")
    await told.click("Next", by=ada)
    told.says("18 incidents", "*INC-21*", "*INC-4*").says_not("*INC-3*")
    assert told.buttons == []


async def test_the_list_is_gone_while_it_is_turned(story: Story, ada: Person, bob: Person) -> None:
    await many(story, bob, 21)
    await ada.types("/incident list")
    told = ada.is_told("1–20 of 21")
    for number in range(1, 22):
        await bob.types(f"/incident cancel INC-{number} test")
        bob.is_told("cancelled")
        story.place("#incidents").expects("ancelled")
    await told.click("Next", by=ada)
    told.says("No incident is open")


async def test_private_ones_are_for_who_is_in_them(story: Story, ada: Person, bob: Person) -> None:
    await privately(story, ada)
    await ada.types("/incident list")
    ada.is_told("*INC-1* 🔒 Somebody got in")
    for asked in ("", "all", "sev1", "got in"):
        await bob.types(f"/incident list {asked}")
        bob.is_told("o incident").says_not("INC-1", "Somebody got in")


async def test_at_great_length_every_line_is_there(story: Story, ada: Person) -> None:
    for number in range(1, 4):
        it = await opened(story, ada, f"sev1 {number} {'<b>&amp; ' * 60}", number)
        it.room.expects("The title in full")
    await ada.types("/incident list")
    told = ada.is_told("3 incidents open", "*INC-1*", "*INC-2*", "*INC-3*")
    assert told.buttons == []
