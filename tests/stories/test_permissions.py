"""Who may not do something is told who can; guests, bots and other workspaces may what a permission names them for."""

import pytest

from tests.stories.kit import Person, Stage, Story, told
from tests.stories.made_private import hidden
from tests.stories.opening import opened, taken
from tests.stories.test_strangers import Abroad, ByBots, told_of_guest


async def test_who_commands_alone_makes_it_private(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await taken(story, bob, it.room)
    await ada.types("/incident private @ada", it.room)
    told_her = ada.is_told(f"Only the commander of INC-1 can make it private: that is <@{bob.id}>", where=it.room)
    assert told_her.buttons == ["Break glass…"]
    await ada.types("/incident private", it.room)  # the form does not open for what would be refused
    ada.sees_modal("Make it private", "Only the commander of INC-1")
    it.announcement.says("Checkout is down")


async def test_in_a_private_one_only_who_commands_lets_in(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    it = await hidden(story, ada, bob)
    await it.announcement.click("Request access", by=cleo)
    cleo.is_told("Who leads INC-1 is asked", where="#incidents")
    request = ada.dm.expects(f"<@{cleo.id}> asks to see it")
    await bob.types("/incident lead @cleo", it.room)  # a role would let her in as well
    bob.is_told(f"Only the commander of INC-1 can let people into it: that is <@{ada.id}>", where=it.room)
    assert "cleo" not in it.room.members
    await request.click("Let in", by=ada)
    cleo.dm.expects("let you in")
    await bob.types("/incident lead @cleo", it.room)
    bob.is_told("technical lead", where=it.room)
    it.room.expects("technical lead")
    cleo.dm.expects("technical lead")


async def test_a_user_group_may(stage: Stage) -> None:
    configuration = {"permissions": {"resolve": ["commander", "@payments-oncall"], "note": "@nobody-here"}}
    async with told(stage, configuration=configuration) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        it = await opened(story, ada)
        await cleo.types("/incident resolve It went away", it.room)
        cleo.is_told("Only the commander of INC-1 or @payments-oncall can resolve it", where=it.room)
        await cleo.types("/incident status resolved It went away", it.room)
        cleo.is_told("Only the commander of INC-1 or @payments-oncall can resolve it", where=it.room)
        await cleo.types("/incident note Odd", it.room)
        cleo.is_told("Only @nobody-here can write into INC-1's timeline", where=it.room)
        await bob.types("/incident resolve It went away", it.room)
        bob.is_told("is resolved", where=it.room)
        it.room.expects("Resolved")
        story.place("#incidents").expects("Resolved")


async def test_of_a_group_that_slack_does_not_tell_of_nobody_is(stage: Stage) -> None:
    async with told(stage, configuration={"permissions": {"note": "S0ELSE"}}) as story:
        story.allow("usergroups.users.list", "no_such_subteam")
        ada = story.person("ada")
        it = await opened(story, ada)
        await ada.types("/incident note Odd", it.room)
        ada.is_told("Only S0ELSE can write", "Slack has not told me yet who is in S0ELSE", where=it.room)


async def test_people_by_name_and_by_id(stage: Stage) -> None:
    async with told(stage, configuration={"permissions": {"note": ["@Ada", "U0002"]}}) as story:
        ada, bob, cleo = (story.person(name) for name in ("ada", "bob", "cleo"))
        it = await opened(story, ada)
        for each in (ada, bob):
            await each.types("/incident note Odd", it.room)
            each.is_told("Noted", where=it.room)
            it.room.expects("Odd")
        await cleo.types("/incident note Odd", it.room)
        cleo.is_told(f"Only @Ada or <@{bob.id}> can write", where=it.room)


async def test_a_guest_may_nothing_unless_a_permission_says_so(stage: Stage) -> None:
    async with told(stage) as story:
        ada = story.person("ada")
        await told_of_guest(story)
        it = await opened(story, ada)
        gus = story.person("gus")
        await it.announcement.click("I can help", by=gus)
        gus.is_told("You are a guest in this workspace, and guests cannot join or follow INC-1", where="#incidents")
        for words, does in (("INC-1 show", "look at incidents"), ("list", "look at"), ("INC-1 ack", "acknowledge")):
            await gus.types(f"/incident {words}", "#incidents")
            gus.is_told(f"guests cannot {does}", where="#incidents")
        await gus.types("/incident declare", "#incidents")
        gus.sees_modal("Declare", "guests cannot declare")
        await gus.opens_home()
        assert story.sandbox.home(gus.id) is None


@pytest.mark.parametrize("words", [["anyone", "strangers"], ["anyone", "bots"]])
async def test_strangers_and_bots_may_what_names_them(stage: Stage, words: list[str]) -> None:
    async with told(stage, configuration={"permissions": {"acknowledge": words}}) as story:
        ada, cleo = story.person("ada"), story.person("cleo")
        it = await opened(story, ada)
        await cleo.joins(it.room)
        carrier = Abroad if "strangers" in words else ByBots
        story.sandbox.delivery.carrier = carrier(story.sandbox.delivery.carrier)
        await cleo.types("@tocsin ack", it.room)
        cleo.is_told("You have INC-1", where=it.room)
        it.room.expects("has it")
        await cleo.types("@tocsin resolve It went away", it.room)
        if carrier is Abroad:
            cleo.is_told("Only people of the workspace that I belong to", where=it.room)


async def test_made_private_by_who_is_asked_where_nobody_commands(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident private @bob", it.room)
    ada.is_told("*INC-1* is private now", where=it.room)
    it.room.expects("INC-1 is private now")
    story.room(1).expects("INC-1", "Private")
    story.room(1).expects("Before this")
    story.room(1).expects("made it private")


async def test_merging_is_asked_of_both(stage: Stage) -> None:
    async with told(stage, configuration={"permissions": {"merge": "commander"}}) as story:
        ada, bob = story.person("ada"), story.person("bob")
        first = await opened(story, ada)
        await taken(story, ada, first.room)
        await bob.types("/incident declare sev2 Carts fail")
        bob.is_told("*INC-2* is declared")
        story.place("#incidents").expects("Carts fail")
        room = story.room(2)
        room.expects("Carts fail")
        await taken(story, bob, room)
        await bob.types("/incident merge INC-1", room)
        bob.is_told(f"Only the commander of INC-1 can merge it: that is <@{ada.id}>", where=room)
