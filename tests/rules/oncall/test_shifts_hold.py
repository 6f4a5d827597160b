"""Whatever rotation is configured, in whatever zone: at each instant of a year one person is on call, or nobody."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import Hours, Layer, Rotation
from bot.rules.oncall.shifts import Override, on_call, shadows, shifts

ZONES = ("Europe/Madrid", "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata", "UTC")
"""Hours that are left out at two in the morning and at midnight, half an hour of DST, half an hour of offset."""

NAMES = ("ada", "bob", "cleo", "dan")
YEAR = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

zones = st.sampled_from(ZONES).map(ZoneInfo)
times = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
starts = st.builds(datetime.combine, st.dates(date(2025, 6, 1), date(2026, 6, 1)), times)
hours = st.builds(Hours, st.frozensets(st.integers(0, 6), min_size=1), times, times)
lengths = st.sampled_from([timedelta(days=7), DAY, timedelta(hours=12), timedelta(hours=8), timedelta(days=2, hours=5)])
layers = st.builds(
    Layer,
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True).map(tuple),
    lengths,
    starts,
    st.lists(hours, max_size=2).map(tuple),
    st.sampled_from([False, False, False, True]),
)
several = st.lists(layers, min_size=1, max_size=3).map(tuple)
rotations = st.builds(Rotation, st.just("payments"), zones, team=st.just("payments"), layers=several)
instants = st.integers(0, 365 * 24 * 60 - 1).map(lambda passed: YEAR[0] + timedelta(minutes=passed))
quick = settings(max_examples=40, deadline=None)


@st.composite
def overridden(draw: st.DrawFn) -> Override:
    start, length = draw(instants), draw(st.integers(1, 24 * 14))
    return Override(draw(st.integers(1, 3)), "payments", draw(st.sampled_from(NAMES)), start, start + length * HOUR)


def overrides_of(found: list[Override]) -> list[Override]:
    """Each with a number of its own."""
    return [Override(number, each.rotation, each.person, each.start, each.end) for number, each in enumerate(found, 1)]


overrides = st.lists(overridden(), max_size=3).map(overrides_of)


def asked(rotation: Rotation, layer: Layer, at: datetime) -> str | None:
    """Whose turn it is in a layer, as somebody with a calendar and a clock on the wall would tell."""
    wall = at.astimezone(rotation.timezone)
    turn = (wall.replace(tzinfo=None) - layer.start) // layer.shift
    near = (each for each in range(turn - 1, turn + 3) if each >= 0)
    begun = [each for each in near if moment(layer.start + each * layer.shift, rotation.timezone) <= at]
    if not begun or (layer.hours and not any(is_within(each, at, rotation.timezone) for each in layer.hours)):
        return None
    return layer.people[max(begun) % len(layer.people)]


def is_within(each: Hours, at: datetime, zone: ZoneInfo) -> bool:
    today = at.astimezone(zone).date()
    for day in (today - DAY, today, today + DAY):
        last = day if each.closes > each.opens else day + DAY
        opens, closes = (
            moment(datetime.combine(day, each.opens), zone),
            moment(datetime.combine(last, each.closes), zone),
        )
        if day.weekday() in each.days and opens <= at < closes:
            return True
    return False


def moment(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def wanted(rotation: Rotation, at: datetime, taken: Sequence[Override] = ()) -> str | None:
    """Who is on call: who took it last, else who has their turn in the first layer that has somebody."""
    over = [each.person for each in reversed(taken) if each.start <= at < each.end]
    turns = (asked(rotation, layer, at) for layer in rotation.layers if not layer.shadow)
    return next((each for each in (*over, *turns) if each), None)


@quick
@given(rotations, overrides, st.lists(instants, min_size=5, max_size=5))
def test_one_person_is_on_call_and_it_is_who_should_be(
    rotation: Rotation, taken: list[Override], samples: list[datetime]
) -> None:
    found = shifts(rotation, *YEAR, taken)
    waited = [each for each in found if not each.shadow]
    assert all(one.end <= other.start for one, other in pairwise(waited))
    assert all(each.start < each.end for each in found)
    edges = [edge for each in waited[:20] for edge in (each.start, each.end) if YEAR[0] <= edge < YEAR[1]]
    for at in (*samples, *edges):
        now = on_call(found, at)
        assert (now.person if now else None) == wanted(rotation, at, taken)
        beside = {asked(rotation, layer, at) for layer in rotation.layers if layer.shadow} - {None}
        assert {each.person for each in shadows(found, at)} == beside


@quick
@given(rotations, overrides, instants)
def test_a_look_at_a_moment_says_the_same_as_one_at_the_year(
    rotation: Rotation, taken: list[Override], at: datetime
) -> None:
    roster = Roster(overrides=tuple(taken))
    assert roster.on_call(rotation, at) == on_call(shifts(rotation, *YEAR, taken), at)


@quick
@given(zones, starts, st.sampled_from([DAY, timedelta(days=7), timedelta(days=14)]))
def test_hand_offs_are_at_the_time_that_was_named(zone: ZoneInfo, start: datetime, length: timedelta) -> None:
    for each in shifts(Rotation("payments", zone, team="payments", layers=(Layer(NAMES, length, start),)), *YEAR):
        wall = each.start.astimezone(zone).replace(tzinfo=None)
        named = datetime.combine(wall.date(), start.time())
        is_left_out = moment(named, zone).astimezone(zone).replace(tzinfo=None) != named
        assert wall == named or (is_left_out and wall - named <= HOUR)


@quick
@given(rotations, overrides, overridden(), instants)
def test_an_override_changes_its_own_time_alone(
    rotation: Rotation, taken: list[Override], more: Override, at: datetime
) -> None:
    last = Override(9, more.rotation, more.person, more.start, more.end)
    without, beside = shifts(rotation, *YEAR, taken), shifts(rotation, *YEAR, [*taken, last])
    for each in (at, more.start, more.start - HOUR, more.end - timedelta(microseconds=1), more.end):
        if not YEAR[0] <= each < YEAR[1]:
            continue
        before, after = on_call(without, each), on_call(beside, each)
        if last.start <= each < last.end:
            assert after is not None
            assert (after.person, after.override) == (last.person, 9)
        else:
            assert (after and after.person) == (before and before.person)
