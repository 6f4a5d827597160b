"""Who might command: of the rotations and the responders the three who fit best, and what is known of each."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.rules.incident import Incident
from bot.rules.moment import Moment, Person
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Layer, Rotation
from bot.rules.oncall.shifts import Shift
from bot.rules.paging.suggesting import Burdens, Led, Suggestion, is_night, suggestions
from bot.rules.policy import Policy
from tests.rules.given import ADA, BOB, CLEO, MADRID, at, declared
from tests.rules.paging.escalating import DAN, EVE, FAY, FIRST, NAMES, ROSTER, SEARCH, WEEK, configured, level

SINGAPORE, NEW_YORK = "Asia/Singapore", "America/New_York"
NOW = "2026-03-02 10:00"
POLICY: Policy = configured()
CREW = Rotation("primary", MADRID, "payments", (Layer(("bob", "cleo", "dan", "eve"), WEEK, FIRST),))
"""Cleo from Monday 2 March 9:00 on."""

WIDE = replace(POLICY, rotations=(CREW,))


def suggested(
    incident: Incident | None = None,
    *,
    policy: Policy = POLICY,
    now: str = NOW,
    people: tuple[Person, ...] = (),
    roster: Roster = ROSTER,
    led: tuple[Led, ...] = (),
    paged: dict[str, tuple[datetime, ...]] | None = None,
    without: tuple[str, ...] = (),
) -> tuple[Suggestion, ...]:
    moment = Moment(at(now), policy, {each.id: each for each in people}, roster=roster)
    subject = incident or declared(services=("checkout",))
    return suggestions(subject, moment, Burdens(led, paged or {}), without)


def names(**facts: Any) -> list[str]:
    return [NAMES[each.person] for each in suggested(**facts)]


def test_who_is_on_call_then_who_takes_turns_then_who_responds() -> None:
    incident = replace(declared(services=("checkout",)), responders=(ADA, BOB))
    assert names(incident=incident) == ["dan", "bob", "ada"]
    assert names(incident=incident, now="2026-03-09 10:00") == ["bob", "dan", "ada"]
    assert [(each.on_call, each.turns) for each in suggested(incident)] == [
        (("payments",), ()),
        ((), ("payments",)),
        ((), ()),
    ]


def test_who_only_shadows_is_not_suggested() -> None:
    assert "fay" not in names()
    assert names(incident=replace(declared(services=("checkout",)), responders=(FAY,)))[-1] == "fay"


@pytest.mark.parametrize(
    ("services", "paging", "expected"),
    [
        (("checkout",), (), ["dan", "bob"]),
        (("mail",), (), []),
        ((), (), []),
        (("search",), (SEARCH,), []),
        (("mail",), (EscalationPolicy("all", (level(5, "eve"), level(5, "rota:payments"))),), ["dan", "bob"]),
    ],
)
def test_of_the_teams_that_own_it_and_of_the_rotations_that_are_paged(
    services: tuple[str, ...], paging: tuple[EscalationPolicy, ...], expected: list[str]
) -> None:
    policy = configured(*paging, default="all")
    assert names(incident=declared(services=services), policy=policy) == expected


def test_never_more_than_three() -> None:
    assert names(policy=WIDE) == ["cleo", "bob", "dan"]


def test_a_calendar_tells_of_its_own() -> None:
    rotation = Rotation("payments", MADRID, "payments", ical="https://cal.example.com/p.ics")
    told = (Shift("payments", "eve", at("2026-03-02 00:00"), at("2026-03-03 00:00")),)
    roster = replace(ROSTER, told={"payments": told})
    assert names(policy=replace(POLICY, rotations=(rotation,)), roster=roster) == ["eve"]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"led": (Led(CLEO, 9),)}, ["bob", "dan", "eve"]),
        ({"led": (Led(CLEO, 12),)}, ["cleo", "bob", "dan"]),
        ({"led": (Led(BOB, 9, private=True),)}, ["cleo", "dan", "eve"]),
        ({"people": (Person(CLEO, timezone=NEW_YORK),)}, ["cleo", "bob", "dan"]),
        ({"people": (Person(BOB, timezone=NEW_YORK),)}, ["cleo", "dan", "eve"]),
        ({"paged": {BOB: (at("2026-03-01 03:00"),)}}, ["cleo", "dan", "eve"]),
        ({"paged": {BOB: (at("2026-03-01 15:00"),)}}, ["cleo", "bob", "dan"]),
        ({"people": (Person(BOB, active=False), Person(DAN, guest=True), Person(EVE, bot=True))}, ["cleo"]),
        ({"without": (CLEO, DAN)}, ["bob", "eve"]),
    ],
)
def test_free_before_on_call_before_awake_before_rested(facts: dict[str, Any], expected: list[str]) -> None:
    assert names(policy=WIDE, **facts) == expected


def test_who_holds_a_role_in_it_has_work_already() -> None:
    incident = replace(declared(services=("checkout",)), roles={"commander": DAN, "scribe": BOB}, responders=(ADA,))
    assert names(incident=incident) == ["ada"]


def test_of_a_private_one_those_who_may_see_it_alone() -> None:
    incident = replace(declared(services=("checkout",)), private=True, members=(ADA, BOB), responders=(ADA,))
    assert names(incident=incident) == ["bob", "ada"]


def test_what_they_lead_is_told_unless_it_is_a_secret() -> None:
    led = (Led(DAN, 9), Led(DAN, 7, private=True), Led(DAN, 5), Led(BOB, 8, private=True))
    dan, bob = suggested(led=led)
    assert (dan.leads, dan.is_free, bob.leads, bob.is_free) == ((5, 9), False, (), False)


@pytest.mark.parametrize(
    ("times", "nights"),
    [
        ((), 0),
        (("2026-03-01 15:00", "2026-03-01 21:59", "2026-03-01 06:00"), 0),
        (("2026-02-28 23:50", "2026-03-01 02:31", "2026-03-01 05:59"), 1),
        (("2026-02-28 02:31", "2026-02-28 22:00"), 2),
    ],
)
def test_a_night_goes_on_past_midnight(times: tuple[str, ...], nights: int) -> None:
    dan = next(each for each in suggested(paged={DAN: tuple(at(each) for each in times)}) if each.person == DAN)
    assert dan.nights == nights


def test_days_and_nights_are_those_of_their_own_clock() -> None:
    people = (Person(DAN, "dan", timezone=SINGAPORE), Person(BOB, timezone="Mars/Base"))
    dan, bob = suggested(people=people, paged={DAN: (at("2026-03-01 20:00"),), BOB: (at("2026-03-01 20:00"),)})
    assert (dan.name, f"{dan.local:%H:%M}", dan.nights) == ("dan", "17:00", 1)
    assert (bob.name, f"{bob.local:%H:%M}", bob.nights) == ("bob", "10:00", 0)


def test_the_night_has_an_hour_at_each_end() -> None:
    start = datetime(2026, 3, 2, 21, 59, tzinfo=ZoneInfo("UTC"))
    assert [is_night(start + timedelta(minutes=each)) for each in (0, 1, 480, 481)] == [False, True, True, False]
