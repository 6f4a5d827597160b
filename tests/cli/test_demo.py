"""The demo: quiet until somebody declares; then Bob is paged, and Dan after him."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta

import aiohttp
import pytest

from bot.cli.demo import workspace
from bot.rules.oncall.roster import Roster
from bot.sandbox import Sandbox
from bot.settings.demo import demo
from bot.settings.policy import read_policy

FIRST_WAIT = 5
"""Minutes that Bob has, as the guides have it."""


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    async with workspace(0) as sandbox:
        await settled(sandbox)
        yield sandbox


async def settled(slack: Sandbox) -> None:
    """Waits until nobody has anything left to do."""
    await slack.quiet()
    await slack.ws.clock.forward(minutes=0)
    await slack.quiet()


def said(slack: Sandbox) -> list[str]:
    """What stands in any place."""
    return [message.text for posts in slack.ws.posts.values() for message in posts.values()]


def paged(slack: Sandbox, name: str) -> int:
    """How many messages the bot sent them."""
    return len(slack.messages(name, slack.dm(name)))


async def test_it_is_quiet_until_something_is_declared(slack: Sandbox) -> None:
    assert said(slack) == []
    assert [call.error for call in slack.calls if not call.ok] == []


async def test_who_is_paged_when_the_clock_is_turned(slack: Sandbox) -> None:
    await slack.command("ada", "incidents", "declare sev1 Checkout is down")
    await settled(slack)
    assert (paged(slack, "bob"), paged(slack, "dan")) == (1, 0)
    await slack.ws.clock.forward(minutes=FIRST_WAIT)
    assert (paged(slack, "bob"), paged(slack, "dan")) == (1, 1)


async def test_an_alert_from_the_page_pages_as_well(slack: Sandbox) -> None:
    await slack.outside.alert(resolved=False)
    await settled(slack)
    assert any("CheckoutErrors" in each for each in said(slack))
    assert (paged(slack, "bob"), paged(slack, "dan")) == (1, 0)


async def test_what_goes_out_by_other_ways_is_shown_and_its_link_acknowledges(slack: Sandbox) -> None:
    await slack.open_home("bob")
    await settled(slack)
    await slack.click_in_home("bob", label="How to reach me")
    await settled(slack)
    ways = {"way2": "ntfy", "way3": "Phone call", "way4": "Mail"}
    where = {"ntfy": "a-topic-of-bob", "number": "+34600000000", "mail": "bob@tocsin-demo.example"}
    await slack.submit("bob", ways | where)
    await settled(slack)
    await slack.command("ada", "incidents", "declare sev1 Checkout is down")
    await slack.quiet()
    await slack.ws.clock.forward(minutes=len(ways) + 1)
    notices = slack.outside.notices
    assert [(each.way, each.to) for each in notices] == [
        ("ntfy", where["ntfy"]),
        ("call", where["number"]),
        ("mail", where["mail"]),
    ]
    async with aiohttp.ClientSession() as session, session.post(notices[-1].link) as answer:
        assert "You have INC-1" in await answer.text()


@pytest.mark.parametrize("day", [date(2026, 3, 2) + timedelta(days=days) for days in range(7)])
def test_each_week_three_different_people_have_it(day: date) -> None:
    policy = read_policy(demo(day))
    primary, secondary = policy.rotations
    roster = Roster()
    midnight = datetime.combine(day, datetime.min.time(), UTC)
    for week in range(4):
        then = midnight + timedelta(weeks=week)
        first, second = roster.on_call(primary, then), roster.on_call(secondary, then)
        (shadow,) = roster.shadows(primary, then)
        assert first
        assert second
        assert len({first.person, second.person, shadow.person}) == 3
        assert week > 0 or (first.person, second.person, shadow.person) == ("bob", "dan", "cleo")
        assert first.end - then > timedelta(days=3)
