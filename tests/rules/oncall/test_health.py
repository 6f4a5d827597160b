"""How on-call weighs on people: the guides' limits, each figure, time off, and who leads too much."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.incident import Incident, Milestone, Status
from bot.rules.oncall.feedback import judge_page
from bot.rules.oncall.health import MEASURES, Health, Week, health
from bot.rules.oncall.pagings import Acknowledgement, Judged, Paging, Pagings, counts
from bot.rules.oncall.rotation import WAITS, EscalationPolicy, Level, Target
from bot.rules.paging.reaching import Reach
from tests.rules.given import ADA, BOB, CLEO, POLICY, at, declared, moment
from tests.rules.oncall.duties import rotation

SINCE = at("2026-02-02 00:00")
TEAMS = tuple(replace(team, policy="payments") if team.name == "payments" else team for team in POLICY.teams)
PAGING = replace(POLICY, teams=TEAMS)


def incident(number: int, when: str = "2026-02-02 10:00", **facts: object) -> Incident:
    made = replace(declared(when=when, services=("checkout",)), number=number)
    return replace(made, **facts)  # type: ignore[arg-type]


def paged(number: int, when: str, *people: str, policy: str = "payments") -> Paging:
    return Paging(number, at(when), people or (BOB,), policy)


def of(*pagings: Paging, weeks: int = 4, team: str | None = None, zones=None, **facts) -> Health:
    """The report on these pages, each of its own incident of checkout unless `incidents` says otherwise."""
    known = {each.number: incident(each.number) for each in pagings} | facts.pop("incidents", {})
    found = Pagings(SINCE, SINCE + timedelta(weeks=weeks), pagings, incidents=known, **facts)
    return health(found, PAGING, zones, team=team)


@pytest.mark.parametrize(
    ("name", "healthy", "between", "unhealthy"),
    [
        ("pages", (0, 1.9), (2, 5), (5.1, 20)),
        ("false_alarms", (0, 0.09), (0.10, 0.30), (0.31, 1)),
        ("acknowledged", (0, 299), (300, 900), (901, 9000)),
        ("after_hours", (0, 0.9), (1, 3), (3.1, 9)),
        ("mitigated", (0, 1799), (1800, 7200), (7201, 99999)),
    ],
)
def test_the_limits_are_the_guides(name: str, healthy: tuple, between: tuple, unhealthy: tuple) -> None:
    measure = next(each for each in MEASURES if each.name == name)
    verdicts = [[measure.verdict(value) for value in values] for values in (healthy, between, unhealthy)]
    assert verdicts == [["healthy"] * 2, ["in between"] * 2, ["unhealthy"] * 2]
    assert measure.verdict(None) == "unknown"


def test_pages_are_counted_by_week_and_by_person() -> None:
    found = of(
        paged(1, "2026-02-02 10:00"),
        paged(1, "2026-02-02 10:05", BOB, CLEO),
        paged(2, "2026-02-10 11:00", CLEO),
    )
    assert [(load.who, load.pages, load.figures["pages"]) for load in found.people] == [(BOB, 2, 0.5), (CLEO, 2, 0.5)]
    assert [week.pages for week in found.people[1].weeks] == [1, 1, 0, 0]
    assert found.whole.figures["pages"] == 0.75
    assert found.whole.verdict == "healthy"


@pytest.mark.parametrize(
    ("when", "zone", "late"),
    [
        ("2026-02-02 10:00", "Europe/Madrid", 0),
        ("2026-02-02 18:00", "Europe/Madrid", 1),
        ("2026-02-07 10:00", "Europe/Madrid", 1),
        ("2026-02-02 10:00", "America/New_York", 1),
        ("2026-02-02 23:00", "America/New_York", 0),
    ],
)
def test_after_hours_is_by_the_clock_of_who_was_paged(when: str, zone: str, late: int) -> None:
    found = of(paged(1, when), zones={BOB: ZoneInfo(zone)})
    assert found.people[0].weeks[0].after_hours == late


def test_a_false_alarm_is_one_that_was_cancelled_as_such_or_that_who_was_paged_calls_useless() -> None:
    pages = [paged(number, "2026-02-02 10:00", BOB, CLEO) for number in (1, 2, 3, 4)]
    cancelled = incident(1, status=Status.CANCELLED, cancelled_because="false alarm")
    judged = (Judged(2, BOB, useless=True), Judged(3, ADA, useless=True), Judged(4, CLEO, useless=False))
    found = of(*pages, incidents={1: cancelled}, judged=judged)
    shares = {load.who: load.figures["false_alarms"] for load in found.people}
    assert shares == {BOB: 0.5, CLEO: 0.25}
    assert found.whole.figures["false_alarms"] == 0.5


def test_times_are_means_from_the_first_page_and_from_being_noticed() -> None:
    begun = at("2026-02-02 10:00")
    done = {"declared": Milestone(begun, "slack"), "mitigated": Milestone(begun + timedelta(hours=1), "slack")}
    found = of(
        paged(1, "2026-02-02 10:00", BOB),
        paged(1, "2026-02-02 10:05", CLEO),
        paged(2, "2026-02-03 10:00", BOB),
        incidents={1: incident(1, milestones=done)},
        acknowledgements=(
            Acknowledgement(1, at("2026-02-02 10:07"), CLEO),
            Acknowledgement(2, at("2026-02-03 09:59"), BOB),
            Acknowledgement(2, at("2026-02-03 10:03"), BOB),
            Acknowledgement(2, at("2026-02-03 11:00"), BOB),
        ),
    )
    assert found.whole.figures["acknowledged"] == 5 * 60
    assert {load.who: load.figures["acknowledged"] for load in found.people} == {BOB: 180, CLEO: 120}
    assert found.whole.figures["mitigated"] == 3600


@pytest.mark.parametrize(("pages", "late", "heavy"), [(5, 3, False), (6, 0, True), (4, 4, True)])
def test_after_a_heavy_week_a_day_off_is_due(pages: int, late: int, heavy: bool) -> None:
    assert Week(SINCE, pages, late).is_heavy is heavy


def test_days_off_add_up_over_the_weeks() -> None:
    nights = [paged(n, f"2026-02-{n:02} 03:00") for n in (2, 3, 4, 5, 9, 10, 11, 12, 16)]
    assert of(*nights).people[0].days_off == 2


def test_a_page_by_nobodys_policy_belongs_to_whose_rotation_it_pages() -> None:
    company = EscalationPolicy("company", (Level((Target("rotation", "primary"),), WAITS[0]),))
    policy = replace(PAGING, policies=(company,), default_policy="company", rotations=(rotation("bob", "cleo"),))
    nobodys = replace(incident(1), services=())
    page = paged(1, "2026-02-02 10:00", policy="company")
    found = Pagings(SINCE, SINCE + timedelta(weeks=4), (page,), incidents={1: nobodys})
    assert [health(found, policy, team=team).whole.pages for team in ("payments", "silent")] == [1, 0]


def test_a_page_belongs_to_the_team_whose_policy_paged() -> None:
    other = incident(2, services=("search",))
    pages = paged(1, "2026-02-02 10:00"), paged(2, "2026-02-02 10:00", policy="else")
    assert of(*pages, incidents={2: other}, team="payments").whole.pages == 1
    assert of(*pages, incidents={2: other}).whole.pages == 2
    by_hand = paged(1, "2026-02-02 10:00", policy="")
    assert of(by_hand, team="payments").whole.pages == 1
    assert of(by_hand, team="silent").whole.pages == 0


def test_who_leads_more_than_half_is_named() -> None:
    led = {number: incident(number, roles={"commander": ADA}) for number in (1, 2, 3)}
    one = {4: incident(4, roles={"commander": BOB}), 5: incident(5)}
    found = of(incidents={**led, **one})
    assert (found.busiest, found.has_hero, found.incidents) == ((ADA, 3), True, 5)
    assert not of(incidents=led).has_hero
    assert not of(incidents={**one, **led, 6: incident(6, roles={"commander": CLEO}), 3: one[4]}).has_hero


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        ({}, True),
        ({"status": Status.RESOLVED}, True),
        ({"kind": "test"}, False),
        ({"status": Status.CANCELLED, "cancelled_because": "planned"}, False),
        ({"status": Status.CANCELLED, "cancelled_because": "false alarm"}, True),
        ({"status": Status.CANCELLED, "cancelled_because": "merged", "merged_into": 9}, False),
    ],
)
def test_what_counts(facts: dict, counted: bool) -> None:
    assert counts(incident(1, **facts)) is counted


def test_nothing_to_measure_is_no_verdict() -> None:
    found = of()
    assert found.people == ()
    assert found.whole.figures["acknowledged"] is None
    assert found.busiest is None


def test_a_page_is_judged_with_one_press() -> None:
    result = judge_page(Reach(BOB), moment("2026-02-02 10:00"), number=12)
    assert [(event.number, event.useless) for event in result.events] == [(12, True)]  # type: ignore[attr-defined]
