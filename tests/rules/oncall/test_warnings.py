"""What is wrong with who is on call, before it shows at night."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules.calendar import Duration
from bot.rules.oncall.coverage import Known, holes, unreached
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Hours, Layer, Level, Rotation, Target
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.oncall.warnings import untold, warned
from bot.rules.paging.reaching import Reach, Way
from bot.rules.policy import Policy, Team
from tests.rules.given import ADA, BOB, CLEO, MADRID, POLICY, at

NOW = at("2026-03-04 12:00")
"""A Wednesday."""

OFFICE = Hours(frozenset(range(5)), time(9), time(18))
REST = (Hours(frozenset(range(7)), time(18), time(9)), Hours(frozenset({5, 6}), time(0), time(0)))
DAN = "U0DAN"
DAY = timedelta(days=1)
IDS = {"ada": ADA, "bob": BOB, "cleo": CLEO, "dan": DAN}
ROSTER = Roster(IDS)
LOUD = (Way("slack"), Way("voice", "+1"))


def rotation(name: str, *people: str, handoff: str = "2026-01-05 09:00", **more: Any) -> Rotation:
    shift = more.pop("shift", timedelta(days=7))
    layer = Layer(people, shift, datetime.fromisoformat(handoff), **more)
    return Rotation(name, MADRID, "payments", (layer,))


def policy(*rotations: Rotation, levels: tuple[tuple[Target, ...], ...], **more: Any) -> Policy:
    pay = EscalationPolicy("pay", tuple(Level(each, Duration(seconds=300)) for each in levels))
    more = {"teams": (Team("payments", policy="pay"),), "default_policy": "pay", **more}
    return replace(POLICY, rotations=rotations, policies=(pay,), **more)


def on(*names: str) -> tuple[Target, ...]:
    kinds = {"#": "channel", "@": "group"}
    return tuple(
        Target(kinds.get(name[0], "person" if name in IDS else "rotation"), name)  # type: ignore[arg-type]
        for name in names
    )


def told(found: Policy, known: Known | None = None, **reaches: tuple[Way, ...]) -> dict[str, str]:
    """What is said first, by kind."""
    by_id = {IDS[name]: Reach(IDS[name], ways) for name, ways in reaches.items()}
    everything = warned(found, NOW, known or Known(ROSTER), by_id or None)
    return {each.kind: each.what for each in reversed(everything)}


FOUR = ("ada", "bob", "cleo", "dan")
WELL = policy(rotation("nights", *FOUR), levels=(on("nights"), on("cleo")))
OFFICE_ONLY = rotation("office", *FOUR, hours=(OFFICE,))


def test_where_all_is_well_nothing_is_said() -> None:
    assert told(WELL) == {}


def test_a_policy_that_reaches_nobody_at_some_hour_is_refused_and_the_hour_named() -> None:
    found = policy(OFFICE_ONLY, levels=(on("office"), on("office")))
    (first,) = [each for each in warned(found, NOW) if each.kind == "nobody"]
    assert first.refuses
    assert first.teams == ("payments",)
    assert first.what == (
        "Escalation policy pay reaches nobody from Wed 2026-03-04 18:00 to Thu 2026-03-05 09:00 (Europe/Madrid), "
        "and 39 more times within 8 weeks"
    )


def test_all_levels_together_count() -> None:
    rest = rotation("rest", *FOUR, hours=REST)
    found = policy(OFFICE_ONLY, rest, levels=(on("office"), on("rest")))
    assert "nobody" not in told(found)
    assert told(found)["gap"].startswith("Level 1 of pay has nobody from Wed 2026-03-04 18:00")
    assert "nobody" in told(policy(OFFICE_ONLY, levels=(on("office"),)))
    for always in ("cleo", "#payments", "@oncall"):
        assert "nobody" not in told(policy(OFFICE_ONLY, levels=(on("office"), on(always))))


def test_an_hour_that_the_change_of_clocks_opens_is_found() -> None:
    """Windows are hours on the wall: the night of the change has no gap between them, nor has the day after."""
    rest = rotation("rest", *FOUR, hours=REST)
    found = policy(OFFICE_ONLY, rest, levels=(on("office", "rest"),))
    assert holes(found, found.policies[0].levels[0].who, Known(ROSTER), at("2026-03-25 12:00")) == ()


def test_who_has_left_leaves_a_hole() -> None:
    known = Known(ROSTER, gone=frozenset({BOB}))
    found = policy(rotation("nights", *FOUR), levels=(on("nights"),))
    assert told(found, known)["gone"] == "bob is deactivated in Slack and takes turns in rotation nights"
    spans = unreached(found, found.policies[0], known, NOW)
    assert spans[0] == (at("2026-03-09 09:00"), at("2026-03-16 09:00"))
    assert "bob is deactivated" in told(policy(levels=(on("bob"), on("ada"))), known)["gone"]


def test_who_has_left_is_told_to_each_team_whose_turns_they_take() -> None:
    known = Known(ROSTER, gone=frozenset({BOB}))
    days = replace(rotation("days", *FOUR), team="web")
    found = warned(policy(rotation("nights", *FOUR), days, levels=(on("nights"), on("ada"))), NOW, known)
    assert [each.teams for each in found if each.kind == "gone"] == [("payments",), ("web",)]


def test_an_override_fills_a_hole() -> None:
    until = NOW + timedelta(days=90)
    known = Known(replace(ROSTER, overrides=(Override(1, "office", "ada", NOW, until),)))
    assert "nobody" not in told(policy(OFFICE_ONLY, levels=(on("office"),)), known)


def test_a_calendar_that_was_never_read_is_not_empty() -> None:
    kept = Rotation("kept", MADRID, "payments", ical="https://example.com/a.ics")
    found = policy(kept, levels=(on("kept"),))
    assert told(found) == {}
    shift = Shift("kept", "ada", NOW, NOW + timedelta(days=7))
    assert "nobody" in told(found, Known(replace(ROSTER, told={"kept": (shift,)})))


def test_severities_that_page_while_nothing_says_whom() -> None:
    assert told(POLICY) == {"unpaged": "SEV1 and SEV2 page, and no escalation policy says whom"}


def test_fewer_than_four() -> None:
    assert told(policy(rotation("nights", "ada", "bob"), levels=(on("nights"),))) == {
        "few": "Rotation nights has 2 people"
    }


def test_a_hand_off_outside_business_hours() -> None:
    night = policy(rotation("nights", *FOUR, handoff="2026-01-04 23:00"), levels=(on("nights"),))
    assert told(night) == {
        "handoff": "Rotation nights changes hands outside business hours, next on Sun 2026-03-08 23:00"
    }
    evening = policy(rotation("nights", *FOUR, handoff="2026-01-05 18:00"), levels=(on("nights"),))
    assert told(evening) == {}
    abroad = replace(rotation("nights", *FOUR, handoff="2026-01-05 15:00"), timezone=ZoneInfo("America/New_York"))
    assert told(policy(abroad, levels=(on("nights"),)))["handoff"] == (
        "Rotation nights changes hands outside business hours, next on Mon 2026-03-09 15:00 (America/New_York); "
        "business hours are those of Europe/Madrid"
    )


def test_a_calendar_is_asked_the_same() -> None:
    kept = Rotation("kept", MADRID, "payments", ical="https://example.com/a.ics")
    found = policy(kept, levels=(on("kept"), on("cleo")))
    assert told(found) == {}  # it was never read

    turns = [at("2026-03-02 09:00") + timedelta(days=7 * week) for week in range(10)]
    two, four = (
        tuple(
            Shift("kept", people[week % len(people)], begin, begin + timedelta(days=7))
            for week, begin in enumerate(turns)
        )
        for people in ((ADA, BOB), (ADA, BOB, CLEO, IDS["dan"]))
    )
    assert told(found, Known(replace(ROSTER, told={"kept": four}))) == {}
    assert told(found, Known(replace(ROSTER, told={"kept": two}))) == {
        "few": "Rotation kept has 2 people in its calendar for 8 weeks"
    }
    late = tuple(replace(each, start=each.start + DAY / 2, end=each.end + DAY / 2) for each in four)
    (first,) = [each for each in warned(found, NOW, Known(replace(ROSTER, told={"kept": late}))) if each.kind != "gap"]
    assert first.what == "Rotation kept changes hands outside business hours, next on Mon 2026-03-09 21:00"
    assert first.cure == "move it within them in its calendar: it wants a talk"


def test_a_level_that_wakes_nobody() -> None:
    assert "quiet" not in told(WELL, ada=LOUD, bob=LOUD, cleo=LOUD, dan=LOUD)
    some = told(WELL, ada=LOUD, cleo=LOUD, dan=LOUD, bob=(Way("mail", "x"),))
    assert some["quiet"] == "Level 1 of pay wakes nobody up: bob can be reached by Slack or mail alone"
    assert told(WELL, ada=LOUD, bob=LOUD, dan=LOUD)["quiet"].startswith("Level 1 of pay wakes nobody up: cleo")
    channel = policy(rotation("nights", *FOUR), levels=(on("nights", "cleo"), on("#payments")))
    assert told(channel, cleo=LOUD)["quiet"] == "Level 2 of pay wakes nobody up"
    cures = [each.cure for each in warned(channel, NOW, Known(ROSTER), {CLEO: Reach(CLEO, LOUD)})]
    assert "page somebody there as well, or page a PagerDuty service" in cures, "a channel has no Home"
    quiet_severities = tuple(replace(each, page=False) for each in WELL.severities)
    assert "quiet" not in told(replace(WELL, severities=quiet_severities), bob=LOUD)


def test_who_sleeps_is_called_as_in_the_file_and_who_has_left_does_not() -> None:
    found = policy(rotation("nights", *FOUR), levels=(on("nights"), on("@leads")))
    known = Known(replace(ROSTER, groups={"@leads": (CLEO, "U0EVE")}), gone=frozenset({BOB, "U0EVE"}))
    quiet = [each.what for each in warned(found, NOW, known, {CLEO: Reach(CLEO)}) if each.kind == "quiet"]
    assert quiet == [
        "Level 1 of pay wakes nobody up: ada, cleo and dan can be reached by Slack or mail alone",
        "Level 2 of pay wakes nobody up: cleo can be reached by Slack or mail alone",
    ]


def test_who_is_not_known_yet_is_not_said_to_sleep() -> None:
    known = Known(replace(ROSTER, ids={"ada": ADA}))
    found = policy(rotation("nights", *FOUR), levels=(on("nights"),))
    assert untold(found, known) == ("bob", "cleo", "dan")
    assert "quiet" not in told(found, known, ada=LOUD)
    assert told(found, known, bob=LOUD)["quiet"].endswith(": ada can be reached by Slack or mail alone")


def test_whom_a_calendar_names_have_to_be_woken_up_as_well() -> None:
    shift = Shift("kept", "ada", NOW, NOW + timedelta(days=70))
    known = Known(replace(ROSTER, told={"kept": (shift,)}))
    kept = Rotation("kept", MADRID, "payments", ical="https://example.com/a.ics")
    found = policy(kept, levels=(on("kept"),))
    assert "ada" in told(found, known, bob=LOUD)["quiet"]
    assert "quiet" not in told(found, known, ada=LOUD)
