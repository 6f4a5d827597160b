"""Incidents worked on at the command line while Slack is away, or no bot runs: told once, when they can be."""

from typing import Any

import pytest

from tests.processes.conftest import MakePlace
from tests.processes.place import SQLITE, Place, configuration
from tests.processes.running import ended, until

BACK = 100.0
"""Seconds within which Slack is tried again: after a longer outage that is each minute."""


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> str:
    """One of either kind, empty."""
    return SQLITE if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


async def types(place: Place, who: str, *words: str, status: int = 0) -> str:
    """Somebody types `tocsin incident …`; what it prints."""
    command = ("-m", "bot", "incident", *words)
    ran, out, err = await ended(place.folder, *command, DATABASE_URL=place.database, TOCSIN_AS=who)
    assert ran == status, (words, out, err)
    return out if status == 0 else err


async def knows_people(place: Place) -> None:
    """Waits until Slack has told the bot who is there."""

    async def look() -> bool:
        command = ("-m", "bot", "incident", "list", "--as", "ada")
        return (await ended(place.folder, *command, DATABASE_URL=place.database))[0] == 0

    await until(look, "Ada among those who are known")


async def test_while_slack_is_away(make_place: MakePlace, database: str) -> None:
    place: Place = await make_place(database=database)
    slack = place.slack
    await place.run()
    await knows_people(place)
    bob = await slack.person("bob")
    await slack.dials(offline=True)
    assert "INC-1 is declared: SEV1 Checkout & cart <b>down</b>" in await types(
        place, "ada", "declare", "sev1", "Checkout & cart", "<b>down</b>", "--service", "checkout"
    )
    assert "Slack is told now" in await types(place, bob, "ack", "1")
    await types(place, "bob", "update", "INC-1", "Rolling back the deploy", "--next", "45m")
    assert "INC-1 is resolved" in await types(place, "bob", "resolve", "INC-1", "Rolled back")
    assert await slack.rooms() == []

    await slack.dials(offline=False)
    room = (await slack.room(1, BACK))["id"]
    await slack.sees(room, "Checkout & cart <b>down</b>")
    for said in ("has it", "Rolling back the deploy", "*Resolved*"):
        await slack.sees(room, said, "rom the command line")
    await slack.sees("incidents", "INC-1", "resolved after")
    await slack.sees("incidents", "Update #1", "Rolling back the deploy")
    await slack.sees("incidents", "Resolved", "Rolled back")
    assert len(await slack.rooms()) == 1
    await slack.says_nothing_twice()
    assert {error for _, error in await slack.refused()} <= {"offline"}


async def test_while_no_bot_runs(make_place: MakePlace, database: str) -> None:
    place: Place = await make_place(database=database)
    slack = place.slack
    variables = {"DATABASE_URL": database}
    assert (await ended(place.folder, "-m", "bot", "migrate", **variables))[0] == 0
    assert "Slack has told of nobody yet" in await types(place, "ada", "list", status=1)
    ada = await slack.person("ada")
    assert "no Tocsin runs now" in await types(place, ada, "declare", "sev2", "Search is slow")
    assert "no Tocsin runs now" in await types(place, ada, "ack", "1")
    bot = await place.run()
    room = (await slack.room(1))["id"]
    await slack.sees(room, "Search is slow")
    await slack.sees(room, f"<@{ada}> has it", "From the command line")
    await knows_people(place)
    await types(place, "ada", "note", "1", "It is the index")
    await slack.sees(room, "It is the index")
    assert await bot.stop() == 0
    await slack.says_nothing_twice()
    assert await slack.refused() == []


async def test_a_reminder_that_others_overtook_is_not_said(make_place: MakePlace) -> None:
    place: Place = await make_place(settings=configuration(respond="1s"))
    slack = place.slack
    await place.run()
    await knows_people(place)
    await slack.dials(offline=True)
    await types(place, "ada", "declare", "sev1", "Checkout is down")

    async def is_late() -> Any:
        return "Not acknowledged by" in await types(place, "ada", "show", "1")

    await until(is_late, "the reminder in the timeline")
    await types(place, "bob", "ack", "1")
    await slack.dials(offline=False)
    room = (await slack.room(1, BACK))["id"]
    await slack.sees(room, "has it", "From the command line")
    await types(place, "bob", "resolve", "1", "Rolled back")
    await slack.sees(room, "Rolled back")
    await slack.sees("incidents", "Resolved")
    said = "\n".join(each.words for each in await slack.everything())
    assert "Nobody has acknowledged" not in said
    await slack.says_nothing_twice()
