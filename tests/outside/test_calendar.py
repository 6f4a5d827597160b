"""A calendar as the source of a rotation: what is read of it, and what of anybody's mistakes is not."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest
from aiohttp import web

from bot.outside.calendar import MOST_BYTES, Unreadable, fetched, shifts_in
from bot.rules.oncall.shifts import Shift
from bot.rules.policy import Known
from bot.views.calendar import calendar
from scheduler.calendars import called
from tests.rules.given import MADRID, POLICY, at

PEOPLE = called(
    POLICY.__class__(
        POLICY.severities,
        POLICY.calendar,
        people=(Known("Ada Lovelace", "ada@example.com"), Known("bob", "@bobby"), Known("cleo", "U0CLEO")),
    )
)
SINCE, UNTIL = at("2026-03-01 00:00"), at("2026-04-30 00:00")


def document(*events: str) -> bytes:
    inside = "".join(f"BEGIN:VEVENT\nUID:{place}\n{event}\nEND:VEVENT\n" for place, event in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{inside}END:VCALENDAR\n".replace("\n", "\r\n").encode()


def read(*events: str, since: datetime = SINCE, until: datetime = UNTIL) -> list[str]:
    told = shifts_in(document(*events), "pay", MADRID, PEOPLE, since, until)
    return [f"{each.person} {_local(each.start)} – {_local(each.end)}" for each in told.shifts]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(MADRID):%a %d %H:%M}"


def test_a_weekly_entry_goes_on_at_nine_when_the_clocks_change() -> None:
    weekly = (
        "DTSTART;TZID=Europe/Madrid:20260323T090000\nDTEND;TZID=Europe/Madrid:20260324T090000\n"
        "RRULE:FREQ=WEEKLY;COUNT=2\nSUMMARY:bob"
    )
    assert read(weekly) == ["bob Mon 23 09:00 – Tue 24 09:00", "bob Mon 30 09:00 – Tue 31 09:00"]


@pytest.mark.parametrize(
    ("who", "person"),
    {
        "ATTENDEE:mailto:ADA@example.com": "Ada Lovelace",
        'ATTENDEE;CN="Ada Lovelace":mailto:other@example.com': "Ada Lovelace",
        "SUMMARY:Ada lovelace": "Ada Lovelace",
        "SUMMARY:On call: bob (payments)": "bob",
        "SUMMARY:@bobby": "bob",
        "SUMMARY:U0CLEO": "cleo",
    }.items(),
)
def test_who_is_meant(who: str, person: str) -> None:
    (found,) = read(f"DTSTART:20260302T100000Z\nDTEND:20260302T120000Z\n{who}")
    assert found == f"{person} Mon 02 11:00 – Mon 02 13:00"


@pytest.mark.parametrize("who", ["SUMMARY:bob and cleo", "SUMMARY:Eve", "SUMMARY:bobsled", "X-NOTHING:1"])
def test_who_is_not_known_is_told_apart(who: str) -> None:
    told = shifts_in(
        document(f"DTSTART:20260302T100000Z\nDTEND:20260302T120000Z\n{who}"), "p", MADRID, PEOPLE, SINCE, UNTIL
    )
    assert told.shifts == ()
    assert len(told.unknown) == who.startswith("SUMMARY")


def test_days_and_times_without_a_zone_are_the_rotations() -> None:
    assert read("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260303\nSUMMARY:bob") == [
        "bob Mon 02 00:00 – Tue 03 00:00"
    ]
    assert read("DTSTART:20260302T090000\nDTEND:20260302T100000\nSUMMARY:bob") == ["bob Mon 02 09:00 – Mon 02 10:00"]


def test_what_was_cancelled_is_none_and_of_two_the_first_stays() -> None:
    assert read("DTSTART:20260302T090000Z\nDTEND:20260302T100000Z\nSUMMARY:bob\nSTATUS:CANCELLED") == []
    assert read(
        "DTSTART:20260302T090000Z\nDTEND:20260302T120000Z\nSUMMARY:bob",
        "DTSTART:20260302T100000Z\nDTEND:20260302T140000Z\nSUMMARY:cleo",
        "DTSTART:20260302T100000Z\nDTEND:20260302T110000Z\nSUMMARY:cleo",
    ) == ["bob Mon 02 10:00 – Mon 02 13:00", "cleo Mon 02 13:00 – Mon 02 15:00"]


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"<html>log in</html>",
        b"\xff\xfe\x00",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
        document("DTSTART:20260302T100000Z\nRRULE:FREQ=SECONDLY\nSUMMARY:bob"),
        document("DTSTART:20260302T100000Z\nRRULE:FREQ=SOMETIMES\nSUMMARY:bob"),
        document("DTSTART:yesterday\nSUMMARY:bob"),
    ],
)
def test_what_is_no_calendar_is_refused_not_taken_for_an_empty_one(broken: bytes) -> None:
    with pytest.raises(Unreadable):
        shifts_in(broken, "pay", MADRID, PEOPLE, SINCE, UNTIL)


def test_our_own_calendar_can_be_read_back() -> None:
    shifts = tuple(
        Shift("pay", person, at("2026-03-02 09:00") + timedelta(days=n), at("2026-03-03 09:00") + timedelta(days=n))
        for n, person in enumerate(("bob", "cleo"))
    )
    written = calendar("payments", shifts, lambda person: person)
    assert shifts_in(written, "pay", MADRID, PEOPLE, SINCE, UNTIL).shifts == shifts
    assert written == calendar("payments", shifts, lambda person: person)


@pytest.fixture
async def site() -> AsyncIterator[str]:
    made = web.Application()

    async def answer(request: web.Request) -> web.StreamResponse:
        match request.path:
            case "/good":
                return web.Response(body=document())
            case "/moved":
                raise web.HTTPFound("/good")
            case "/round":
                raise web.HTTPFound("/round")
            case "/large":
                return web.Response(body=b"x" * (MOST_BYTES + 1))
        raise web.HTTPNotFound

    made.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(made)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def test_it_is_fetched(site: str) -> None:
    assert await fetched(f"{site}/good") == await fetched(f"{site}/moved") == document()


@pytest.mark.parametrize(
    ("path", "why"),
    {"/none": "it answers 404", "/round": "it leads round in circles", "/large": "it is larger than 5 MB"}.items(),
)
async def test_what_cannot_be_fetched(site: str, path: str, why: str) -> None:
    with pytest.raises(Unreadable, match=why):
        await fetched(f"{site}{path}")
