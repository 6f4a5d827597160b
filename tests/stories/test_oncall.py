"""On call: who it is, who takes whose shift, what is said when it changes hands."""

import asyncio
from datetime import UTC, datetime
from typing import Any

from bot.teams import Teams
from tests.stories.kit import Person, Shown, Stage, Story, told
from tests.stories.oncall import PRIMARY, SECONDARY, on_call
from tests.stories.opening import opened, taken
from tests.stories.test_page import overheard

FRIDAY_BEFORE_DST = datetime(2026, 3, 27, 9, 0, tzinfo=UTC)
DAY = 24 * 60
ONE: dict[str, Any] = {"rotations": [PRIMARY], "policies": [{"name": "payments", "levels": [{"page": "primary"}]}]}


def one_rotation(**changes: Any) -> dict[str, Any]:
    return on_call(**ONE, default_policy="payments", **changes)


def people(story: Story) -> tuple[Person, Person, Person]:
    return story.person("ada"), story.person("bob"), story.person("cleo")


async def asks_for_cover(story: Story, who: Person, when: str) -> Shown:
    """They ask for cover of their shift of primary: what is asked in the team's channel."""
    await who.types(f"/incident cover {when}")
    who.is_told("I have asked in the team's channel")
    return story.place("#payments").expects(f"<@{who.id}> needs cover for primary", "The first who presses")


async def test_who_is_on_call_now_and_next(stage: Stage) -> None:
    async with told(stage, configuration=on_call()) as story:
        ada, bob, cleo = people(story)
        await ada.types("/incident oncall")
        table = ada.is_told("On call", f"primary* (payments): <@{bob.id}> until", f"Then <@{cleo.id}>")
        assert table.buttons == ["Take a shift…", "Ask for cover…"]
        await ada.types("/incident oncall search")
        ada.is_told("I know no team with a rotation “search”", "payments")


async def test_where_no_rotation_is_configured_it_says_what_to_write(stage: Stage) -> None:
    async with told(stage) as story:
        ada, _, _ = people(story)
        await ada.types("/incident oncall")
        ada.is_told("no rotation is configured", "rotations:", "people: [ada, bob]")
        await ada.types("/incident override for 2h")
        ada.is_told("No rotation is configured")


async def test_people_are_found_by_handle_and_by_mail(stage: Stage) -> None:
    known = [{"name": "ada", "slack": "@ada"}, {"name": "bob", "slack": "bob@tocsin-demo.example"}]
    known.append({"name": "cleo", "slack": "@cleo"})
    async with told(stage, configuration=one_rotation(people=known)) as story:
        ada, bob, cleo = people(story)
        await ada.types("/incident oncall")
        ada.is_told(f"<@{bob.id}> until", f"Then <@{cleo.id}>")


async def test_an_override_in_the_middle_of_a_shift(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        ada, bob, cleo = people(story)
        await cleo.types("/incident override for 4h")
        answer = cleo.is_told("You are on call for primary until", f"in the place of <@{bob.id}>")
        bob.has_message(f"<@{cleo.id}> is on call for primary until", "in your place")
        await ada.types("/incident oncall")
        ada.is_told(f"primary* (payments): <@{cleo.id}> until", "takes primary until")
        await story.forward(60)
        await answer.click("Take it back", by=cleo)
        cleo.is_told("Taken back.", f"<@{bob.id}> is on call for primary")
        bob.has_message("took it back", "is yours again", "You are on call again for primary")


async def test_who_gives_a_shift_away_means_the_one_they_have(stage: Stage) -> None:
    async with told(stage, configuration=on_call()) as story:
        _, bob, cleo = people(story)
        await bob.types(f"/incident override <@{cleo.id}> for 4h")
        bob.is_told(f"<@{cleo.id}> is on call for primary until")
        cleo.has_message("gave you primary")


async def test_an_override_is_taken_back_by_its_number(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        ada, bob, cleo = people(story)
        await cleo.types("/incident override for 4h")
        cleo.is_told("You are on call for primary until")
        bob.has_message("in your place")
        await ada.types("/incident oncall")
        ada.is_told("takes primary until", "(number 1)")
        await story.forward(1)
        await cleo.types("/incident override remove")
        cleo.is_told("Say which: `/incident override remove 3`")
        await cleo.types("/incident override remove 7")
        cleo.is_told("There is no override 7, or it is over")
        await ada.types("/incident override remove 1")
        ada.is_told("Only people of the team's rotations can change who is on call")
        await cleo.types("/incident override remove 1")
        cleo.is_told("Taken back.", f"<@{bob.id}> is on call for primary")
        bob.has_message("took it back", "is yours again", "You are on call again for primary")
        await cleo.types("/incident override remove 1 payments")
        cleo.is_told("That is over")


async def test_a_page_reaches_who_took_the_shift(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        ada, bob, cleo = people(story)
        await cleo.types("/incident override until 18:00")
        cleo.is_told("You are on call for primary")
        bob.has_message("in your place")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("*INC-1* is declared")
        story.place("#incidents").expects("Checkout is down")
        story.room(1).expects("Checkout is down", f"Paging <@{cleo.id}>")
        cleo.is_paged("Checkout is down")
        bob.is_not_paged()


async def test_cover_goes_to_the_first_of_two_volunteers(stage: Stage) -> None:
    three = {**PRIMARY, "people": ["ada", "cleo", "bob"]}
    async with told(stage, configuration={**one_rotation(), "rotations": [three]}) as story:
        ada, bob, cleo = people(story)
        asked = await asks_for_cover(story, bob, "until 18:00")
        await cleo.joins(story.place("#payments"))
        await asyncio.gather(asked.click("I take it", by=cleo), asked.click("I take it", by=ada))
        duty = await Teams(story.bot.incidents.changes).duty("payments")
        (taken,) = duty.overrides
        first, second = (cleo, ada) if taken.person == cleo.id else (ada, cleo)
        first.is_told("Thank you: you take primary", where="#payments")
        second.is_told(f"<@{first.id}> was faster", where="#payments")
        bob.has_message(f"<@{first.id}> takes primary")
        asked.says(f"<@{first.id}> takes primary")
        assert asked.buttons == []


async def test_who_may_not_change_shifts_is_told_who_can(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        ada, _, _ = people(story)
        await ada.types("/incident override for 2h")
        ada.is_told("Only people of the team's rotations can change who is on call")


async def test_a_swap_is_asked_and_accepted(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await cleo.types(f"/incident cover <@{bob.id}|bob>")
        cleo.is_told(f"I have asked <@{bob.id}> to take your shift from", "and you theirs from")
        offer = bob.has_message(f"<@{cleo.id}> asks you to swap shifts of primary")
        await offer.click("Swap", by=bob)
        bob.is_told("Thank you: you take primary", "and they take yours from", where=bob.dm)
        cleo.has_message(f"<@{bob.id}> takes primary", "for you, and you take theirs from")


async def test_a_part_of_a_shift_is_not_swapped(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await bob.types(f"/incident cover <@{cleo.id}|cleo> from 20:00 until 22:00")
        bob.is_told("A swap is of whole shifts: leave the times out", "gives a part away")
        cleo.dm.expects_nothing()


async def test_who_was_asked_to_swap_is_told_when_it_is_taken_back(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await cleo.types(f"/incident cover <@{bob.id}|bob>")
        asked = cleo.is_told(f"I have asked <@{bob.id}>")
        offer = bob.has_message(f"<@{cleo.id}> asks you to swap shifts of primary")
        await asked.click("Never mind", by=cleo)
        cleo.is_told("Taken back: nobody is asked any more")
        bob.has_message(f"<@{cleo.id}> takes it back: your shifts of primary stay as they are")
        await offer.click("Swap", by=bob)
        bob.is_told("Nobody needs to take that any more", where=bob.dm)


async def test_the_hand_off_on_monday(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await story.forward(6 * DAY - 60)
        cleo.has_message("You are on call for primary from", "Before it begins")
        await story.forward(DAY)
        gone = bob.has_message("Your shift for primary is over", f"<@{cleo.id}> is on call now", "After a shift")
        cleo.has_message("You are on call for primary, until", "To begin with")
        post = story.place("#payments").expects("On-call hand-off", f"<@{cleo.id}> is on call until", f"<@{bob.id}>")
        post.says("To be mended in the configuration", "fewer than 4")
        await gone.click("Leave notes…", by=bob)
        await bob.submits(notes="The disk of db-2 is nearly full")
        cleo.has_message("Notes for your shift", "The disk of db-2")
        post.says("The disk of db-2 is nearly full")


async def test_who_goes_for_the_weekend_leaves_notes_for_monday(stage: Stage) -> None:
    office = {**PRIMARY, "hours": {"days": "mon-fri", "hours": "09:00-18:00"}}
    async with told(stage, configuration={**one_rotation(), "rotations": [office]}) as story:
        ada, bob, cleo = people(story)
        await ada.types("/incident oncall")
        ada.is_told(f"<@{bob.id}> until", "Then *nobody* until", f"then <@{bob.id}> until")
        await story.forward(2 * DAY)
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("*INC-1* is declared")
        top = story.place("#incidents").expects("Checkout is down")
        story.room(1).expects("Checkout is down")
        bob.is_paged("Checkout is down")
        await ada.types("/incident cancel INC-1 false alarm nothing was wrong")
        ada.is_told("cancelled")
        story.room(1).expects("cancelled")
        story.place("#incidents").expects("cancelled it")
        top.says("Checkout is down")
        await story.forward(2 * DAY + 9 * 60)  # Friday evening
        gone = bob.has_message(
            "Your shift for primary is over", "Nobody else is on call now", "Which pages were useless?"
        )
        await gone.click("Leave notes…", by=bob)
        await bob.submits(notes="The disk of db-2 is nearly full")
        bob.sees_modal("Tocsin", "Your notes will stand in the next hand-off")
        await story.forward(3 * DAY)
        cleo.has_message("You are on call for primary from", "in its hours", "Before it begins")
        cleo.has_message("You are on call for primary, until", "in its hours", "To begin with")
        story.place("#payments").expects("On-call hand-off", "The disk of db-2 is nearly full")


async def leads(story: Story, by: Person) -> None:
    """They declare something minor, and command it."""
    it = await opened(story, by, "sev3 Search is slow")
    await taken(story, by, it.room)


async def test_what_who_goes_still_leads_is_handed_over_with_one_press(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await story.forward(7 * DAY - 70)  # ten minutes before
        cleo.has_message("Before it begins")
        await leads(story, bob)
        await story.forward(11)
        story.place("#payments").expects("On-call hand-off", "Open incidents", "INC-1")
        cleo.has_message("You are on call for primary, until")
        gone = bob.has_message("Your shift for primary is over", "You still command")
        await gone.click("Hand over command", by=bob)
        bob.is_told(f"<@{cleo.id}>", where=bob.dm)
        cleo.has_message(f"<@{bob.id}> wants to hand command over to you")
        story.room(1).expects(f"offers command to <@{cleo.id}>")


async def test_which_page_was_useless_is_said_with_one_press(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        ada, bob, cleo = people(story)
        await story.forward(7 * DAY - 120)
        cleo.has_message("Before it begins")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("*INC-1* is declared")
        top = story.place("#incidents").expects("Checkout is down")
        story.room(1).expects("Checkout is down", f"Paging <@{bob.id}>")
        bob.is_paged("Checkout is down")
        await ada.types("/incident cancel INC-1 false alarm nothing was wrong")
        ada.is_told("cancelled")
        story.room(1).expects("cancelled")
        story.place("#incidents").expects("cancelled it")
        top.says("Checkout is down")
        await story.forward(61)
        story.place("#payments").expects("On-call hand-off", "No incident of the team is open")
        cleo.has_message("You are on call for primary, until")
        gone = bob.has_message("Your shift for primary is over", "Which pages were useless?")
        await gone.says("INC-1").click("It was useless", by=bob)
        noted = bob.is_told("the page for INC-1 was useless", where=bob.dm)
        await noted.click("It was of use", by=bob)
        bob.is_told("the page for INC-1 was of use", "no false alarm", where=bob.dm)


async def test_of_a_page_that_is_private_now_who_may_not_see_it_is_not_asked(stage: Stage) -> None:
    async with told(stage, configuration=on_call(rotations=[PRIMARY, SECONDARY], default_policy="payments")) as story:
        ada, bob, cleo = people(story)
        await story.forward(7 * DAY - 120)
        bob.has_message("Before it begins")
        cleo.has_message("Before it begins")
        await ada.types("/incident declare sev1 Somebody got in")
        ada.is_told("is declared")
        await bob.is_paged("Somebody got in").click("Can't, next please", by=bob)
        bob.is_told("you do not take INC-1", where=bob.dm)
        await cleo.is_paged("INC-1").click("Acknowledge", by=cleo)
        cleo.is_told("You have INC-1", where=cleo.dm)
        former = story.room(1)
        await cleo.types("/incident private @ada", former)
        cleo.is_told("is private now", where=former)
        await cleo.types("/incident resolve locked out", story.room(1))
        cleo.is_told("is resolved", where=story.room(1))
        await story.forward(60)
        overheard(story)
        bob.has_message("Your shift for primary is over").says_not("Somebody got in", "Which pages")
        cleo.has_message("Your shift for secondary is over", "Which pages were useless?", "Somebody got in")


async def test_the_night_in_which_the_clocks_change_keeps_the_hand_off_at_nine(stage: Stage) -> None:
    async with told(stage, start=FRIDAY_BEFORE_DST, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await story.forward(3 * DAY - 2 * 60 - 1)  # Monday 08:59 in Madrid
        bob.has_message("You are on call for primary from", "Before it begins")
        cleo.dm.expects_nothing()
        await story.forward(1)
        cleo.has_message("Your shift for primary is over")
        bob.has_message("You are on call for primary, until")
        story.place("#payments").expects("On-call hand-off")


async def test_a_user_group_is_kept_to_who_is_on_call(stage: Stage) -> None:
    kept = {**PRIMARY, "group": "@payments-oncall"}
    async with told(stage, configuration={**one_rotation(), "rotations": [kept]}) as story:
        _, bob, cleo = people(story)
        await story.settled()
        assert _in_group(story) == [bob.id]
        await cleo.types("/incident override for 4h")
        cleo.is_told("You are on call for primary")
        bob.has_message("in your place")
        assert _in_group(story) == [cleo.id]


async def test_what_slack_refuses_of_a_user_group_is_told_once(stage: Stage) -> None:
    kept = {**PRIMARY, "group": "@payments-oncall"}
    async with told(stage, configuration={**one_rotation(), "rotations": [kept]}) as story:
        _, bob, cleo = people(story)
        story.sandbox.dials.refused = {"usergroups.users.update": "permission_denied"}
        story.allow("usergroups.users.update", "permission_denied")
        await cleo.types("/incident override for 4h")
        cleo.is_told("You are on call for primary")
        bob.has_message("in your place")
        story.place("#payments").expects("I cannot keep @payments-oncall", "permission_denied", "said once")
        await story.forward(61)
        story.place("#payments").expects_nothing()
        assert _in_group(story) == [bob.id]
        story.sandbox.dials.refused = {}
        await story.forward(60)
        assert _in_group(story) == [cleo.id]
        await story.forward(120)
        bob.has_message("You are on call again")


async def test_the_form_asks_for_what_the_words_leave_out(stage: Stage) -> None:
    async with told(stage, configuration=on_call()) as story:
        _, bob, cleo = people(story)
        await cleo.types("/incident override primary")
        cleo.sees_modal("Take a shift", "Who takes it")
        await cleo.submits(until=datetime(2026, 3, 2, 12, 0, tzinfo=UTC))
        bob.has_message(f"<@{cleo.id}> is on call for primary until")


def _in_group(story: Story) -> list[str]:
    return sorted(next(iter(story.sandbox.ws.usergroups.values())).members)


async def test_who_is_deactivated_stays_known_by_their_handle(stage: Stage) -> None:
    known = [{"name": name, "slack": f"@{name}"} for name in ("ada", "bob", "cleo")]
    async with told(stage, configuration=one_rotation(people=known)) as story:
        ada, bob, cleo = people(story)
        await story.deactivates(bob)
        await ada.types("/incident oncall")
        ada.is_told(f"primary* (payments): <@{bob.id}> (deactivated) until", f"Then <@{cleo.id}>")


async def test_who_has_left_is_told_nothing_of_their_shift(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await story.deactivates(bob)
        await story.forward(7 * DAY - 59)
        cleo.has_message("You are on call for primary from")
        cleo.has_message("You are on call for primary, until")
        story.place("#payments").expects("On-call hand-off", "deactivated")


async def test_who_has_left_is_not_said_to_come(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        await story.forward(6 * DAY)
        cleo.has_message("Before it begins")
        await story.deactivates(cleo)
        await leads(story, bob)
        await story.forward(DAY - 61)
        overheard(story)
        await story.forward(1)
        story.place("#payments").expects(f"<@{cleo.id}> (deactivated) is on call until", "cleo is deactivated")
        gone = bob.has_message("Your shift for primary is over. Nobody else is on call now", "You still command")
        assert "Hand over command" not in gone.buttons


async def test_what_nobody_takes_stays_theirs_and_they_are_told(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, _ = people(story)
        asked = await asks_for_cover(story, bob, "from 20:00 until 22:00")
        await story.forward(15 * 60 + 1)  # an hour before, by his own clock
        bob.has_message("Nobody has agreed to take primary", "it stays yours")
        asked.says("Nobody is asked any more")


async def test_who_gives_away_what_they_asked_cover_for_asks_no_more(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        _, bob, cleo = people(story)
        asked = await asks_for_cover(story, bob, "from 20:00 until 22:00")
        await bob.types(f"/incident override <@{cleo.id}|cleo> from 19:00 until 23:00")
        bob.is_told(f"<@{cleo.id}> is on call for primary from")
        cleo.has_message(f"<@{bob.id}> gave you primary from")
        asked.says("Nobody is asked any more to take primary", f"for <@{bob.id}>")
        assert asked.buttons == []


async def test_a_shift_is_given_away(stage: Stage) -> None:
    async with told(stage, configuration=one_rotation()) as story:
        ada, bob, cleo = people(story)
        await bob.types(f"/incident override <@{ada.id}|ada> for 2h")
        bob.is_told(f"<@{ada.id}> is on call for primary until", f"in the place of <@{bob.id}>")
        ada.has_message(f"<@{bob.id}> gave you primary until", "you are on call now").says_not("To begin with")
        cleo.dm.expects_nothing()
        await story.forward(121)
        bob.has_message("You are on call again for primary")
        await bob.types("/incident override until lunch")
        bob.is_told("Write the time as")
