"""A whole night, and what comes of it on Monday: who is called is whom the simulation of it named."""

from datetime import UTC, datetime

from bot.rules.oncall.warnings import warned
from tests.rules.given import at
from tests.stories.kit import Person, Stage, Story, policy_of
from tests.stories.night import NIGHT, fires, night, over, unanswered
from tests.stories.test_ways import asked


def people(story: Story) -> tuple[Person, Person, Person, Person]:
    ada, bob, cleo, dan = (story.person(name) for name in ("ada", "bob", "cleo", "dan"))
    return ada, bob, cleo, dan


def test_tocsin_check_finds_nothing_wrong_with_who_is_called() -> None:
    assert warned(policy_of(NIGHT), at("2026-03-23 10:00")) == ()


async def test_at_0231_level_1_is_silent_and_level_2_acknowledges_on_their_phone(stage: Stage) -> None:
    async with night(stage, "2026-03-26 02:00") as it:
        story = it.story
        ada, bob, cleo, _ = people(story)
        await ada.types('/incident simulate sev1 checkout at "Thu 02:31"')
        table = ada.is_told("Simulation of SEV1 for checkout: 4 would be paged", f"<@{bob.id}> first")
        await story.forward(minutes=31)
        room = await fires(story, bob, cleo)
        await story.forward(minutes=5)
        unanswered(story, room, cleo)
        await story.forward(minutes=1)
        push = it.phones.shows("cleo")
        assert push["title"] == "SEV1 INC-1 Checkout1: you are paged"
        alert, why = push["message"].splitlines()
        assert alert == "The alert says: Checkout fails for 12 % of requests."
        # On her phone it is the time where Cleo is, in Singapore: 02:36 in Madrid.
        assert why.startswith("You were paged at 09:36: nobody has acknowledged it. ada")
        status, page = await asked(story, "POST", push["click"])
        assert (status, "You have INC-1" in page) == (200, True)
        room.expects(f"<@{cleo.id}> has it, 6 min after it was declared", "y a link in a page")
        assert it.called == {each for each in it.foreseen(table) if each[0] <= "Thu 02:37"}
        assert it.called == {
            ("Thu 02:31", "bob", "Slack message"),
            ("Thu 02:32", "bob", "ntfy"),
            ("Thu 02:36", "cleo", "Slack message"),
            ("Thu 02:37", "cleo", "ntfy"),
        }
        await story.forward(minutes=5)
        await over(story, cleo, room)


async def test_where_nobody_answers_everybody_of_the_table_was_called(stage: Stage) -> None:
    async with night(stage, "2026-03-26 02:31") as it:
        story = it.story
        ada, bob, cleo, _ = people(story)
        await ada.types("/incident simulate sev1 checkout")
        table = ada.is_told("Simulation of SEV1 for checkout: 4 would be paged", "nobody has answered payments")
        room = await fires(story, bob, cleo)
        await story.forward(minutes=5)
        unanswered(story, room, cleo)
        await story.forward(minutes=10)
        room.expects("Not mitigated after 15 min", f"paging <@{ada.id}> and #payments (payments, level 3)")
        story.place("#payments").expects(f"paging <@{ada.id}> and #payments", "INC-1")
        ada.is_paged("SEV1 INC-1")
        ada.is_told("what is known so far", where=room)
        await story.forward(minutes=15)
        room.expects("🚨 Nobody answered: all levels of payments were paged")
        story.place("#incidents").expects("🚨 Nobody answered", "INC-1")
        assert it.called == it.foreseen(table)


async def test_an_override_in_the_middle_of_a_shift_changes_who_is_called(stage: Stage) -> None:
    async with night(stage, "2026-03-26 02:20") as it:
        story = it.story
        ada, bob, cleo, dan = people(story)
        await ada.types("/incident simulate sev1 checkout at 02:31")
        ada.is_told("Simulation of SEV1 for checkout", f"<@{bob.id}> first")
        await bob.types(f"/incident override primary <@{dan.id}|dan> for 4h")
        bob.is_told(f"<@{dan.id}> is on call for primary until", f"in the place of <@{bob.id}>")
        dan.has_message(f"<@{bob.id}> gave you primary until", "you are on call now").says_not("To begin with")
        await ada.types("/incident simulate sev1 checkout at 02:31")
        table = ada.is_told("Simulation of SEV1 for checkout", f"<@{dan.id}> first")
        await story.forward(minutes=11)
        room = await fires(story, dan, cleo)
        bob.is_not_paged()
        await story.forward(minutes=1)
        await asked(story, "POST", it.phones.shows("dan")["click"])
        room.expects(f"<@{dan.id}> has it")
        assert it.called == {each for each in it.foreseen(table) if each[0] <= "Thu 02:32"}
        await over(story, dan, room)
        await story.forward(minutes=4 * 60 - 12)
        bob.has_message("You are on call again for primary")


async def test_in_the_night_in_which_the_clocks_change_times_are_those_of_the_wall(stage: Stage) -> None:
    async with night(stage, "2026-03-28 21:00") as it:
        story = it.story
        _, bob, cleo, dan = people(story)
        await dan.types("/incident override primary from 22:00 until Sun 08:00")
        dan.is_told("You are on call for primary from", f"in the place of <@{bob.id}>")
        bob.has_message(f"<@{dan.id}> is on call for primary from", "in your place")
        await dan.types('/incident simulate sev1 checkout at "Sun 01:58"')
        table = dan.is_told("Simulation of SEV1 for checkout", f"<@{dan.id}> first")
        await story.forward(minutes=60)
        dan.has_message("You are on call for primary, until")
        await story.forward(minutes=4 * 60 - 2)
        room = await fires(story, dan, cleo)
        await story.forward(minutes=5)
        assert "cleo is next, at 03:03." in it.phones.shows("dan")["message"]
        unanswered(story, room, cleo)
        assert it.called == {each for each in it.foreseen(table) if each[0] <= "Sun 03:03"}
        assert ("Sun 03:03", "cleo", "Slack message") in it.called
        await dan.types("/incident ack", room)
        dan.is_told("You have INC-1", where=room)
        room.expects(f"<@{dan.id}> has it")
        await over(story, dan, room)
        await story.forward(minutes=4 * 60 + 57)
        assert story.clock.now() == at("2026-03-29 08:00") == datetime(2026, 3, 29, 6, tzinfo=UTC)
        bob.has_message("You are on call again for primary")
        room = await fires(story, bob, cleo, 2)
        await over(story, bob, room)


async def test_on_monday_it_is_handed_over_and_the_week_is_weighed(stage: Stage) -> None:
    async with night(stage, "2026-03-26 02:31") as it:
        story = it.story
        ada, bob, cleo, dan = people(story)
        room = await fires(story, bob, cleo)
        await story.forward(minutes=5)
        unanswered(story, room, cleo)
        await story.forward(minutes=2)
        await asked(story, "POST", it.phones.shows("cleo")["click"])
        room.expects(f"<@{cleo.id}> has it, 7 min after it was declared")
        await over(story, cleo, room)
        await story.forward(minutes=(at("2026-03-30 08:30") - story.clock.now()).total_seconds() / 60)
        cleo.has_message("You are on call for primary from", "Before it begins")
        dan.has_message("You are on call for secondary from", "Before it begins")
        await ada.types("/incident declare sev3 Refunds are slow")
        ada.is_told("*INC-2* is declared")
        await ada.types("/incident INC-2 service checkout")
        ada.is_told("checkout is on INC-2 now")
        story.room(2).expects("Refunds are slow")
        story.room(2).expects("added checkout")
        story.place("#incidents").expects("Refunds are slow")
        await story.forward(minutes=30)
        post = story.place("#payments").expects(
            f"*primary*: <@{cleo.id}> is on call until", f"after <@{bob.id}>", f"*secondary*: <@{dan.id}> is on call"
        )
        post.says("Open incidents", "INC-2* Refunds are slow").says_not("To be mended")
        gone = bob.has_message("Your shift for primary is over", f"<@{cleo.id}> is on call now", "After a shift")
        assert "It was useless" in gone.buttons
        cleo.has_message("You are on call for primary, until", "Your shift for secondary is over")
        dan.has_message("You are on call for secondary, until", "To begin with")
        await gone.click("Leave notes…", by=bob)
        await bob.submits(notes="My phone was in the other room")
        cleo.has_message("Notes for your shift", "My phone was in the other room")
        await ada.types("/incident oncall health payments 1w", "#payments")
        ada.is_told(
            "On-call health of payments*, the last week",
            "*Pages* 2 a week",
            "*Time to acknowledge* 7 min: in between",
            "*After hours* 1 a week",
            "*Time to mitigate* 7 min: healthy",
            where="#payments",
        )
        ada.has_message("On-call health of payments*")
