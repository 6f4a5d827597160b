"""While nobody has it, whose services are concerned only now is paged as well: by a service, or by a merge."""

from collections.abc import AsyncIterator

import pytest

from tests.alerts.payloads import firing
from tests.stories.alerting import fire
from tests.stories.kit import CONFIGURATION, Person, Place, Stage, Story, told
from tests.stories.oncall import on_call

PAYMENTS, LEDGER = "payments", "platform"
TWO_TEAMS = on_call(
    teams=[
        {"name": PAYMENTS, "channel": "#payments", "policy": PAYMENTS},
        {"name": LEDGER, "policy": LEDGER},
    ],
    services=[*CONFIGURATION["services"], {"name": "ledger", "team": LEDGER}],
    policies=[
        {"name": PAYMENTS, "levels": [{"page": "bob"}, {"page": "ada"}]},
        {"name": LEDGER, "levels": [{"page": "cleo"}]},
    ],
    default_policy=PAYMENTS,
)


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """What concerns checkout pages Bob, then Ada; what concerns ledger pages Cleo."""
    async with told(stage, configuration=TWO_TEAMS) as told_story:
        yield told_story


async def failing(story: Story, service: str, whom: Person, number: int = 1) -> Place:
    """An alert tells that a service fails, and pages somebody; the channel of its SEV2."""
    title = f"{service.capitalize()}Errors"
    assert (await fire(story, firing(alertname=title, service=service)))["incidents"] == [f"INC-{number}"]
    story.place("#incidents").expects("SEV2", f"INC-{number}* {title}")
    room = story.room(number)
    room.expects("Declared", "by alertmanager", f"📟 Paging <@{whom.id}>")
    room.expects("runbooks.example")
    whom.is_paged(f"SEV2 INC-{number} {title}", "nobody has it yet")
    return room


async def test_a_service_brings_in_its_team(story: Story, ada: Person, bob: Person, cleo: Person) -> None:
    room = await failing(story, "checkout", bob)
    await story.forward(minutes=2)
    await ada.types("/incident service ledger", room)
    ada.is_told("ledger is on INC-1 now", where=room)
    added = room.expects("added ledger (team platform)")
    added.says_not("Paging")
    room.expects(f"A service was added: paging <@{cleo.id}> (platform, level 1)")
    page = cleo.is_paged("SEV2 INC-1", "it concerns a service of yours", "Level 1 of platform")
    await story.forward(minutes=3)
    room.expects(f"No answer: paging <@{ada.id}> (payments, level 2)")
    ada.is_paged("INC-1")
    await page.click("Acknowledge", by=cleo)
    cleo.is_told("You have INC-1", where=cleo.dm)
    room.expects(f"<@{cleo.id}> has it")
    await story.forward(minutes=9)
    bob.is_not_paged()


async def test_once_somebody_has_it_a_service_pages_nobody(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    room = await failing(story, "checkout", bob)
    await bob.types("/incident ack", room)
    bob.is_told("You have INC-1", where=room)
    room.expects(f"<@{bob.id}> has it")
    await ada.types("/incident service ledger", room)
    ada.is_told("ledger is on INC-1 now", where=room)
    room.expects("added ledger (team platform)")
    cleo.is_not_paged()


async def test_merged_while_both_page_all_are_paged_for_the_one(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    first = await failing(story, "checkout", bob)
    second = await failing(story, "ledger", cleo, 2)
    await story.forward(minutes=2)
    await ada.types("/incident merge INC-2 into INC-1")
    ada.is_told("INC-2 is part of INC-1 now")
    second.expects(f"<@{ada.id}> merged it into *INC-1*")
    first.expects(f"<@{ada.id}> merged *INC-2* LedgerErrors into this one")
    story.place("#incidents").expects(f"<@{ada.id}> merged it into *INC-1*")
    first.expects(f"A service was added: paging <@{cleo.id}> (platform, level 1)")
    page = cleo.is_paged("SEV2 INC-1 CheckoutErrors", "it concerns a service of yours")
    page.says_not("INC-2")
    await page.click("Acknowledge", by=cleo)
    cleo.is_told("You have INC-1", where=cleo.dm)
    first.expects(f"<@{cleo.id}> has it")
    await story.forward(minutes=9)
    ada.is_not_paged()
    bob.is_not_paged()


async def test_merged_into_one_that_somebody_has_nobody_is_paged_any_more(
    story: Story, ada: Person, bob: Person, cleo: Person
) -> None:
    first = await failing(story, "checkout", bob)
    await bob.types("/incident ack", first)
    bob.is_told("You have INC-1", where=first)
    first.expects(f"<@{bob.id}> has it")
    second = await failing(story, "ledger", cleo, 2)
    await bob.types("/incident merge INC-1", second)
    bob.is_told("INC-2 is part of INC-1 now", where=second)
    second.expects(f"<@{bob.id}> merged it into *INC-1*")
    first.expects(f"<@{bob.id}> merged *INC-2* LedgerErrors into this one")
    story.place("#incidents").expects(f"<@{bob.id}> merged it into *INC-1*")
    await story.forward(minutes=9)
    cleo.is_not_paged()
    second.expects_nothing()
