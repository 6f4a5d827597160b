"""Calendars: a team's shifts for any calendar program, and a rotation that is kept in somebody else's calendar."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from icalendar import Calendar

from bot.duties import duties
from bot.foreseeing import foreseen
from handlers.doors.calendars import address, key_of
from scheduler.calendars import Calendars
from tests.processes.running import free_port
from tests.stories.kit import MONDAY, Stage, Story, told

PEOPLE = [{"name": "bob", "slack": "U0BOB"}, {"name": "cleo", "slack": "U0CLEO"}]
TURNS: dict[str, Any] = {
    "people": PEOPLE,
    "rotations": [{"name": "payments", "people": ["bob", "cleo"]}],
    "policies": [{"name": "pay", "levels": [{"page": "payments"}]}],
    "default_policy": "pay",
}
ENTRY = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:{who}\r\n"
    "DTSTART:20260302T080000Z\r\nDTEND:20260309T080000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


async def given(story: Story, path: str, **headers: str) -> tuple[int, str, Mapping[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"{story.bot.url}{path}", headers=headers) as answer:
        return answer.status, await answer.text(), answer.headers


async def test_a_teams_shifts_60_days_back_and_a_year_ahead(stage: Stage) -> None:
    async with told(stage, configuration=TURNS) as story:
        status, text, headers = await given(story, "/oncall/payments.ics")
        assert (status, headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
        assert headers["Cache-Control"] == "private, max-age=900"
        events = Calendar.from_ical(text).walk("VEVENT")
        assert len(events) in range(60, 63)
        assert events[0].end >= MONDAY - timedelta(days=60)
        assert events[-1].start <= MONDAY + timedelta(days=366)
        assert {str(event["SUMMARY"]) for event in events} == {"bob on call (payments)", "cleo on call (payments)"}
        assert len({str(event["UID"]) for event in events}) == len(events)
        assert "U0BOB" not in text
        assert (await given(story, "/oncall/PAYMENTS.ics", **{"If-None-Match": headers["ETag"]}))[0] == 304
        await story.forward(minutes=60)
        again = Calendar.from_ical((await given(story, "/oncall/payments.ics"))[1]).walk("VEVENT")
        assert [str(event["UID"]) for event in again] == [str(event["UID"]) for event in events]


async def test_a_team_without_a_rotation_is_said(stage: Stage) -> None:
    async with told(stage, configuration=TURNS) as story:
        status, text, _ = await given(story, "/oncall/web.ics")
        assert (status, text) == (404, "I know no team with a rotation “web”. Known: payments.\n")


def test_a_key_opens_one_team_alone() -> None:
    assert key_of("payments", "secret") != key_of("web", "secret")
    assert address("https://x.example", "pay ments", "") == "https://x.example/oncall/pay%20ments.ics"
    assert address("https://x.example", "a", "s") == f"https://x.example/oncall/a.ics?key={key_of('a', 's')}"


@dataclass
class Elsewhere:
    """A calendar that somebody keeps."""

    url: str = ""
    status: int = 200
    text: str = ""
    asked: list[str] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append(request.path)
        return web.Response(status=self.status, text=self.text)


@pytest.fixture
async def elsewhere() -> AsyncIterator[Elsewhere]:
    made = Elsewhere(text=ENTRY.format(who="cleo"))
    site = web.Application()
    site.router.add_get("/{path:.*}", made.answer)
    runner = web.AppRunner(site)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/pay.ics"
    yield made
    await runner.cleanup()


async def on_call(story: Story, at: datetime) -> list[str]:
    """Who would be paged first."""
    bot = story.bot
    async with bot.store.read() as connection:
        found = await connection.run_sync(foreseen, bot.incidents.policy, at, severity="sev1")
    return [row.who for row in found.simulation.rows if row.paged][:1]


async def test_a_rotation_kept_elsewhere_and_the_last_good_one_stays(stage: Stage, elsewhere: Elsewhere) -> None:
    kept = {**TURNS, "rotations": [{"name": "payments", "ical": elsewhere.url}]}
    async with told(stage, configuration=kept) as story:
        asking = Calendars(story.bot.incidents.changes)
        assert await asking.once()
        assert await on_call(story, MONDAY) == ["U0CLEO"]
        assert await on_call(story, MONDAY + timedelta(days=8)) == []

        elsewhere.status = 503
        assert not await asking.once()
        (sentence,) = await asking.warnings()
        assert sentence.endswith("cannot be read (it answers 503). What it told last stays in force.")
        await story.person("ada").types("/incident oncall")
        story.person("ada").is_told("On call", "cannot be read (it answers 503)", "What it told last stays in force")
        assert await on_call(story, MONDAY) == ["U0CLEO"]

        elsewhere.status, elsewhere.text = 200, "<html>please log in</html>"
        assert not await asking.once()
        assert await on_call(story, MONDAY) == ["U0CLEO"]

        elsewhere.text = ENTRY.format(who="Somebody else")
        assert await asking.once()
        assert "nobody in `people` is meant" in (await asking.warnings())[0]

        elsewhere.text = ENTRY.format(who="bob")
        assert await asking.once()
        assert await asking.warnings() == ()
        assert await on_call(story, MONDAY) == ["U0BOB"]


async def test_a_calendar_that_was_never_read_is_said_to_tell_of_nobody(stage: Stage) -> None:
    kept = {**TURNS, "rotations": [{"name": "payments", "ical": f"http://127.0.0.1:{free_port()}/pay.ics"}]}
    async with told(stage, configuration=kept) as story:
        assert not await Calendars(story.bot.incidents.changes).once()
        await story.person("ada").types("/incident oncall")
        shown = story.person("ada").is_told("*nobody*, now", "cannot be read (no connection)")
        shown.says("It has told of nobody so far.").says_not("stays in force")


async def test_the_shifts_of_a_quarter_are_kept_for_who_is_paid_by_them(stage: Stage, elsewhere: Elsewhere) -> None:
    kept = {**TURNS, "rotations": [{"name": "payments", "ical": elsewhere.url}]}
    async with told(stage, configuration=kept, start=MONDAY + timedelta(days=90)) as story:
        assert await Calendars(story.bot.incidents.changes).once()
        async with story.bot.store.read() as connection:
            found = await connection.run_sync(duties, story.bot.incidents.policy)
        assert [each.person for each in found.shifts(MONDAY, MONDAY + timedelta(days=7))] == ["U0CLEO"]
