"""Who is configured to be there: groups and people that a severity or a team adds to the channel."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.stories.kit import Person, Stage, Story, told
from tests.stories.opening import opened, privately

CLEO = "U0003"


def configuration(*invite: str, sev2: tuple[str, ...] = (), team: tuple[str, ...] = ()) -> dict[str, Any]:
    """SEV1 invites these; SEV2 and the team of checkout whom they name."""
    levels = {"SEV1": invite, "SEV2": sev2, "SEV3": (), "SEV4": ()}
    return {
        "severities": [{"name": name, "invite": list(names)} for name, names in levels.items()],
        "teams": [{"name": "payments", "channel": "#payments", "invite": list(team)}],
        "services": [{"name": "checkout", "aliases": ["cart"], "team": "payments"}],
    }


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """A SEV1 invites Cleo; whatever concerns checkout, the group in which Bob is."""
    async with told(stage, configuration=configuration("@cleo", team=("@payments-oncall",))) as told_story:
        yield told_story


async def declared(story: Story, by: Person, title: str, *services: str, severity: str = "SEV2") -> None:
    """INC-1 by the modal, with its services."""
    await by.types("/incident declare")
    await by.submits(title=title, severity=severity, services=list(services))
    by.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects(title)
    story.room(1).expects(title)


async def test_whom_a_severity_names(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    assert it.room.members == ["ada", "cleo", "tocsin"]
    it.room.expects_nothing()


async def test_another_severity_names_nobody(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev2 Search is slow")
    assert it.room.members == ["ada", "tocsin"]


async def test_the_group_of_the_team_whose_service_it_is(story: Story, ada: Person) -> None:
    await declared(story, ada, "Cards fail", "checkout")
    assert story.room(1).members == ["ada", "bob", "tocsin"]


async def test_who_declares_is_not_invited_twice(story: Story, cleo: Person) -> None:
    it = await opened(story, cleo)
    assert it.room.members == ["cleo", "tocsin"]


async def test_a_raise_invites_those_of_the_new_severity(story: Story, ada: Person) -> None:
    it = await opened(story, ada, "sev2 Search is slow")
    await ada.types("/incident severity sev1 nothing is found", it.room)
    ada.is_told("SEV1", where=it.room)
    it.room.expects("raised it from SEV2 to *SEV1*")
    story.place("#incidents").expects("raised it from SEV2 to *SEV1*")
    assert it.room.members == ["ada", "cleo", "tocsin"]


async def test_an_added_service_invites_its_team(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    assert "bob" not in it.room.members
    await ada.types("/incident service cart", it.room)
    ada.is_told("checkout is on INC-1", where=it.room)
    it.room.expects("added checkout")
    assert it.room.members == ["ada", "bob", "cleo", "tocsin"]


async def test_who_left_is_not_fetched_back_by_each_change(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await cleo.leaves(it.room)
    await ada.types("/incident service cart", it.room)
    ada.is_told("checkout is on INC-1", where=it.room)
    it.room.expects("added checkout")
    assert it.room.members == ["ada", "bob", "tocsin"]


async def test_a_thread_that_becomes_a_channel_invites_them(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev4 A label is wrong")
    ada.is_told("*INC-1* is declared")
    announcement = story.place("#incidents").expects("A label is wrong")
    await ada.types("/incident severity INC-1 sev1 nobody can pay")
    ada.is_told("SEV1")
    room = story.room(1)
    room.expects("A label is wrong", "SEV1")
    room.expects("raised it from SEV4 to *SEV1*")
    announcement.thread.expects("raised it from SEV4 to *SEV1*")
    assert room.members == ["ada", "cleo", "tocsin"]


async def test_nobody_is_invited_to_a_private_one(story: Story, ada: Person) -> None:
    room, _card = await privately(story, ada)
    await ada.types("/incident service cart", room)
    ada.is_told("checkout is on INC-1", where=room)
    room.expects("added checkout")
    assert room.members == ["ada", "tocsin"]


async def test_nor_to_one_that_is_made_private(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types("/incident private @bob", it.room)
    ada.is_told("is private now", where=it.room)
    it.room.expects("INC-1 is private now")
    room = story.room(1)
    room.expects("Private: only the people in this channel")
    room.expects("Before this")
    room.expects("made it private")
    assert room.members == ["ada", "bob", "tocsin"]


async def test_nor_to_a_test(story: Story, ada: Person) -> None:
    await ada.types("/incident declare test sev1 Trying it out")
    ada.is_told("INC-1")
    story.place("#incidents").expects("Trying it out")
    room = story.room(1)
    room.expects("Trying it out")
    await ada.types("/incident service cart", room)
    ada.is_told("checkout is on INC-1", where=room)
    room.expects("added checkout")
    assert room.members == ["ada", "tocsin"]


async def test_by_id_and_in_capitals(stage: Stage) -> None:
    async with told(stage, configuration=configuration(CLEO, "@Bob")) as story:
        it = await opened(story, story.person("ada"))
        assert it.room.members == ["ada", "bob", "cleo", "tocsin"]


async def test_a_name_that_leads_nowhere_is_told_and_the_others_come(stage: Stage) -> None:
    async with told(stage, configuration=configuration("@nobody-here", "@cleo")) as story:
        it = await opened(story, story.person("ada"))
        it.room.expects("I could not invite @nobody-here", "no group, has that name", "under `invite`")
        assert it.room.members == ["ada", "cleo", "tocsin"]


async def test_an_id_that_leads_nowhere_is_told_and_the_others_come(stage: Stage) -> None:
    async with told(stage, configuration=configuration("U0999", "S0999", "@cleo")) as story:
        story.allow("conversations.invite", "user_not_found")
        story.allow("usergroups.users.list", "no_such_subteam")
        it = await opened(story, story.person("ada"))
        it.room.expects("I could not invite", "no_such_subteam")
        it.room.expects("I could not invite", "user_not_found")
        assert it.room.members == ["ada", "cleo", "tocsin"]


async def test_who_is_deactivated_is_told_and_the_others_come(stage: Stage) -> None:
    async with told(stage, configuration=configuration("@cleo", "@bob")) as story:
        await story.deactivates(story.person("cleo"))
        it = await opened(story, story.person("ada"))
        it.room.expects("I could not invite @cleo")
        assert it.room.members == ["ada", "bob", "tocsin"]
