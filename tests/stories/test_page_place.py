"""A level may page a channel, or a user group; what cannot be read of one is passed, and said."""

from dataclasses import replace

from bot.settings.scopes import BOT_SCOPES
from tests.stories.kit import Person, Shown, Stage, Story, told
from tests.stories.oncall import PRIMARY, on_call
from tests.stories.opening import privately
from tests.stories.test_page import declares

CHANNEL = on_call(
    policies=[{"name": "payments", "levels": [{"page": "#general"}, {"page": "bob"}]}], default_policy="payments"
)
GROUP = on_call(
    policies=[{"name": "payments", "levels": [{"page": "@payments-oncall"}, {"page": "cleo"}]}],
    default_policy="payments",
)
KEPT = on_call(
    rotations=[{**PRIMARY, "group": "@payments-oncall"}],
    policies=[{"name": "payments", "levels": [{"page": "primary"}]}],
    default_policy="payments",
)


async def begun(story: Story, ada: Person) -> Shown:
    """INC-1, declared by Ada; its card."""
    await declares(story, ada)
    story.place("#incidents").expects("Checkout is down")
    return story.room(1).expects("Checkout is down", "Declared")


async def test_whoever_reads_the_channel_takes_it(stage: Stage) -> None:
    async with told(stage, configuration=CHANNEL) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        card = await begun(story, ada)
        card.says(f"📟 Paging #general, next <@{bob.id}> at")
        room = story.room(1)
        page = story.place("#general").expects("SEV1", "INC-1", "Checkout is down", "Paging #general")
        assert page.message.text.startswith("SEV1 INC-1 Checkout is down: ")
        assert page.buttons == ["Acknowledge"]
        await page.click("Acknowledge", by=cleo)
        cleo.is_told("You have INC-1", where="#general")
        room.expects(f"<@{cleo.id}> has it")
        card.says_not("📟")
        await story.forward(minutes=6)
        bob.is_not_paged()


async def test_where_nobody_there_takes_it_the_next_level_follows(stage: Stage) -> None:
    async with told(stage, configuration=CHANNEL) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await begun(story, ada)
        room = story.room(1)
        story.place("#general").expects("INC-1", "Paging #general")
        await story.forward(minutes=5)
        room.expects("Nobody has acknowledged it within 5 min", f"No answer: paging <@{bob.id}>")
        story.place("#incidents").expects("Nobody has acknowledged it")
        bob.is_told("what is known so far", where=room)
        await bob.is_paged("INC-1").click("Acknowledge", by=bob)
        bob.is_told("You have INC-1", where=bob.dm)
        room.expects(f"<@{bob.id}> has it")


async def test_of_a_private_one_the_channel_hears_nothing_and_the_next_level_is_paged(stage: Stage) -> None:
    async with told(stage, configuration=CHANNEL) as story:
        ada, bob = story.person("ada"), story.person("bob")
        room, card = await privately(story, ada)
        card.says(f"📟 Paging <@{bob.id}>").says_not("#general")
        room.expects(f"📟 Paging <@{bob.id}> (payments, level 2). #general is not told: it is private.")
        bob.is_paged("INC-1", "Somebody got in")
        assert "bob" in room.members
        story.place("#general").expects_nothing()


async def test_all_of_a_user_group_are_paged(stage: Stage) -> None:
    async with told(stage, configuration=GROUP) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        (await begun(story, ada)).says(f"📟 Paging <@{bob.id}>, next <@{cleo.id}> at")
        bob.is_paged("INC-1")


async def test_without_the_scope_to_read_groups_the_next_level_is_paged_at_once(stage: Stage) -> None:
    without = set(BOT_SCOPES) - {"usergroups:read"}
    async with told(stage, configuration=GROUP, scopes=without) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        story.allow("usergroups.list", "missing_scope")
        await begun(story, ada)
        said = story.room(1).expects(f"📟 Paging <@{cleo.id}> (payments, level 2)")
        said.says("@payments-oncall could not be reached")
        cleo.is_paged("INC-1")
        bob.is_not_paged()


async def test_without_the_scope_to_keep_a_group_that_is_said_once_until_it_is_granted(stage: Stage) -> None:
    without = set(BOT_SCOPES) - {"usergroups:write"}
    async with told(stage, configuration=KEPT, scopes=without) as story:
        bob, cleo = story.person("bob"), story.person("cleo")
        story.allow("usergroups.users.update", "missing_scope")
        await cleo.types("/incident override for 1h")
        cleo.is_told("You are on call for primary")
        bob.has_message("in your place")
        said = story.place("#payments").expects("I cannot keep @payments-oncall to who is on call", "missing_scope")
        said.says("Give the app the scope `usergroups:write` and install it again", "said once")
        assert in_group(story) == [bob.id]
        story.sandbox.ws.who = replace(story.sandbox.ws.who, scopes=frozenset(BOT_SCOPES))
        await story.forward(minutes=60)
        bob.has_message("You are on call again for primary")
        await cleo.types("/incident override for 1h")
        cleo.is_told("You are on call for primary")
        bob.has_message("in your place")
        assert in_group(story) == [cleo.id]


def in_group(story: Story) -> list[str]:
    (group,) = story.sandbox.ws.usergroups.values()
    return sorted(group.members)
