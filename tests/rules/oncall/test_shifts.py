"""Who is on call when: turns, layers, hours and overrides, right across DST."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.oncall.rotation import Hours, Layer, Rotation
from bot.rules.oncall.shifts import Override, Shift, gaps, on_call, shadows, shifts

MADRID = ZoneInfo("Europe/Madrid")
WEEK, DAY = timedelta(days=7), timedelta(days=1)
NIGHT = Hours(frozenset(range(7)), time(21), time(9))
OFFICE = Hours(frozenset(range(5)), time(9), time(18))


def at(text: str) -> datetime:
    """`2026-03-02 14:05`, Madrid's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).astimezone(UTC)


def layer(*people: str, shift: timedelta = WEEK, start: str = "2026-01-05 09:00", **more: object) -> Layer:
    return Layer(people, shift, datetime.fromisoformat(start), **more)  # type: ignore[arg-type]


def rotation(*layers: Layer) -> Rotation:
    return Rotation("payments", MADRID, "payments", layers)


def told(*found: Shift) -> list[str]:
    """`ada Mon 02 09:00 – Mon 09 09:00`, on Madrid's clock."""
    return [f"{each.person} {_local(each.start)} – {_local(each.end)}" for each in found]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(MADRID):%a %d %H:%M}"


WEEKLY = rotation(layer("ada", "bob", "cleo"))


def test_turns_go_round() -> None:
    assert told(*shifts(WEEKLY, at("2026-03-03 12:00"), at("2026-03-17 12:00"))) == [
        "cleo Mon 02 09:00 – Mon 09 09:00",
        "ada Mon 09 09:00 – Mon 16 09:00",
        "bob Mon 16 09:00 – Mon 23 09:00",
    ]


def test_a_hand_off_stays_at_nine_when_the_clocks_change() -> None:
    spring = shifts(WEEKLY, at("2026-03-28 12:00"), at("2026-03-30 12:00"))
    assert told(*spring) == ["cleo Mon 23 09:00 – Mon 30 09:00", "ada Mon 30 09:00 – Mon 06 09:00"]
    assert spring[0].end - spring[0].start == WEEK - timedelta(hours=1)
    autumn = shifts(WEEKLY, at("2026-10-24 12:00"), at("2026-10-24 13:00"))
    assert autumn[0].end - autumn[0].start == WEEK + timedelta(hours=1)


def test_half_days_keep_to_the_wall_clock() -> None:
    halves = rotation(layer("ada", "bob", shift=timedelta(hours=12)))
    found = shifts(halves, at("2026-03-28 22:00"), at("2026-03-29 22:00"))
    assert told(*found) == [
        "bob Sat 28 21:00 – Sun 29 09:00",
        "ada Sun 29 09:00 – Sun 29 21:00",
        "bob Sun 29 21:00 – Mon 30 09:00",
    ]
    assert found[0].end - found[0].start == timedelta(hours=11)


def test_the_first_layer_that_has_somebody_counts() -> None:
    layered = rotation(layer("ada", hours=(OFFICE,)), layer("bob", "cleo"))
    assert told(*shifts(layered, at("2026-03-05 10:00"), at("2026-03-06 20:00"))) == [
        "ada Thu 05 09:00 – Thu 05 18:00",
        "bob Thu 05 18:00 – Fri 06 09:00",
        "ada Fri 06 09:00 – Fri 06 18:00",
        "bob Fri 06 18:00 – Mon 09 09:00",
    ]


def test_hours_may_go_past_midnight() -> None:
    nights = rotation(layer("ada", "bob", shift=DAY, start="2026-01-05 12:00", hours=(NIGHT,)))
    assert told(*shifts(nights, at("2026-03-02 12:00"), at("2026-03-04 12:00"))) == [
        "ada Mon 02 21:00 – Tue 03 09:00",
        "bob Tue 03 21:00 – Wed 04 09:00",
    ]


@pytest.mark.parametrize("opens", [time(2), time(2, 30)])
def test_hours_that_dst_leaves_out_are_none(opens: time) -> None:
    early = rotation(layer("ada", start="2026-01-05 02:30", hours=(Hours(frozenset(range(7)), opens, time(3)),)))
    found = shifts(early, at("2026-03-28 12:00"), at("2026-03-30 12:00"))
    assert {f"{each.start:%d}" for each in found} == {"30"}


def test_hours_that_overlap_are_one() -> None:
    noon = Hours(frozenset({0}), time(12), time(20))
    both = rotation(layer("ada", hours=(OFFICE, noon)))
    assert told(*shifts(both, at("2026-03-02 00:00"), at("2026-03-03 00:00"))) == ["ada Mon 02 09:00 – Mon 02 20:00"]


def test_an_override_takes_its_part_and_the_later_one_counts() -> None:
    first = Override(1, "payments", "dan", at("2026-03-03 18:00"), at("2026-03-04 18:00"))
    later = Override(2, "payments", "eve", at("2026-03-04 09:00"), at("2026-03-04 12:00"))
    other = Override(3, "search", "fay", at("2026-03-03 00:00"), at("2026-03-09 00:00"))
    found = shifts(WEEKLY, at("2026-03-03 12:00"), at("2026-03-05 12:00"), [later, other, first])
    assert told(*found) == [
        "cleo Mon 02 09:00 – Tue 03 18:00",
        "dan Tue 03 18:00 – Wed 04 09:00",
        "eve Wed 04 09:00 – Wed 04 12:00",
        "dan Wed 04 12:00 – Wed 04 18:00",
        "cleo Wed 04 18:00 – Mon 09 09:00",
    ]
    assert [each.override for each in found] == [0, 1, 2, 1, 0]


def test_what_is_longer_than_a_turn_has_its_own_beginning_and_end() -> None:
    since, until = at("2026-03-02 09:00"), at("2026-03-23 09:00")
    daily = rotation(layer("ada", "bob", shift=DAY))
    assert told(*shifts(daily, *FRAME, [Override(1, "payments", "dan", since, until)])) == [
        "dan Mon 02 09:00 – Mon 23 09:00"
    ]
    assert told(*shifts(rotation(), *FRAME, told=[Shift("payments", "gus", since, until)])) == [
        "gus Mon 02 09:00 – Mon 23 09:00"
    ]


def test_an_override_fills_a_gap() -> None:
    office = rotation(layer("ada", hours=(OFFICE,)))
    weekend = Override(1, "payments", "bob", at("2026-03-06 18:00"), at("2026-03-09 09:00"))
    since, until = at("2026-03-06 12:00"), at("2026-03-09 12:00")
    assert gaps(shifts(office, since, until), since, until) == ((at("2026-03-06 18:00"), at("2026-03-09 09:00")),)
    assert gaps(shifts(office, since, until, [weekend]), since, until) == ()


def test_who_shadows_is_beside_and_never_on_call() -> None:
    shadowed = rotation(layer("ada", "bob"), layer("zoe", shadow=True))
    found = shifts(shadowed, at("2026-03-03 12:00"), at("2026-03-03 13:00"))
    now = on_call(found, at("2026-03-03 12:30"))
    assert now is not None
    assert (now.person, [each.person for each in shadows(found, at("2026-03-03 12:30"))]) == ("ada", ["zoe"])
    assert gaps(shifts(rotation(layer("zoe", shadow=True)), *FRAME), *FRAME) == (FRAME,)


FRAME = (at("2026-03-03 12:00"), at("2026-03-03 13:00"))


def test_nobody_is_on_call_before_the_rotation_starts() -> None:
    later = rotation(layer("ada", start="2026-03-09 09:00"))
    assert shifts(later, *FRAME) == ()
    assert on_call(shifts(later, at("2026-03-09 09:00"), at("2026-03-09 09:01")), at("2026-03-09 09:00")) is not None


def test_a_calendar_takes_the_place_of_layers() -> None:
    kept = Shift("payments", "gus", at("2026-03-03 00:00"), at("2026-03-04 00:00"))
    cover = Override(1, "payments", "hal", at("2026-03-03 12:30"), at("2026-03-03 12:45"))
    found = shifts(rotation(), *FRAME, [cover], [kept])
    assert told(*found) == [
        "gus Tue 03 00:00 – Tue 03 12:30",
        "hal Tue 03 12:30 – Tue 03 12:45",
        "gus Tue 03 12:45 – Wed 04 00:00",
    ]


@pytest.mark.parametrize("start", ["2026-01-05 02:30", "2026-01-05 00:00", "2026-01-05 23:59"])
@given(
    hours=st.integers(1, 24 * 14),
    begin=st.integers(0, 270 * 24).map(lambda passed: datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=passed)),
    days=st.integers(1, 30),
)
def test_turns_neither_overlap_nor_leave_a_gap(start: str, hours: int, begin: datetime, days: int) -> None:
    turning = rotation(layer("ada", "bob", "cleo", shift=timedelta(hours=hours), start=start))
    found = shifts(turning, begin, begin + timedelta(days=days))
    assert found[0].start <= begin < found[0].end
    assert all(one.end == other.start for one, other in pairwise(found))
    assert found[-1].end >= begin + timedelta(days=days)
