"""Watches: they fire and recover once it has lasted, and a silent Prometheus makes them neither."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.rules.alerts.deciding import decide
from bot.rules.events import Event, WatchBlind, WatchFired, WatchRecovered, WatchSees
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.watching import alerting, judging
from bot.rules.watching.judging import Reading, Watched
from bot.rules.watching.watch import MEASURES, Watch, relative
from bot.settings.document import Document
from bot.settings.policy import read_policy
from tests.rules.given import POLICY

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
HALF = timedelta(seconds=30)


def watch(kind: str = "error_rate", **facts: object) -> Watch:
    """A watch with the limits of its kind, for two minutes."""
    measure = MEASURES[kind]
    made = Watch("checkout", kind, measure.fire, measure.recover, timedelta(minutes=2), service="checkout")
    return replace(made, **facts)  # type: ignore[arg-type]


def seen(of: Watch, *values: float | None, every: timedelta = HALF, start: Watched | None = None) -> list[object]:
    """What happens at each reading, by its place; and last how it stands."""
    state, told = start or Watched(), list[object]()
    begin = state.asked + every if state.asked else NOON
    for place, value in enumerate(values):
        moment = Moment(begin + place * every, POLICY)
        result = judging.take(state, moment, watch=of, reading=Reading(moment.now, value, "timeout" * (value is None)))
        state = result.state
        told += [(place, type(event)) for event in result.events]
    return [*told, state]


def test_it_fires_once_it_has_lasted_and_recovers_the_same_way() -> None:
    *fired, state = seen(watch(), 0.001, *[0.2] * 8)
    assert fired == [(5, WatchFired)]
    assert isinstance(state, Watched)
    assert state.firing
    *over, after = seen(watch(), *[0.03] * 10, *[0.004] * 8, start=state)
    assert over == [(14, WatchRecovered)], "between the limits nothing changes"
    assert isinstance(after, Watched)
    assert not after.firing


def test_one_good_reading_starts_the_wait_anew() -> None:
    *told, _ = seen(watch(), *[0.2] * 4, 0.01, *[0.2] * 4)
    assert told == []


def test_traffic_is_too_little_whatever_its_limits() -> None:
    of = watch("traffic", fire=0.5, recover=0.5)
    assert [of.is_bad(0.4), of.is_bad(0.9), of.is_good(0.9), of.is_good(0.4)] == [True, False, True, False]


def test_at_the_limit() -> None:
    assert [watch().is_bad(0.05), watch().is_bad(0.049), watch().is_good(0.01), watch().is_good(0.011)] == [
        True,
        False,
        True,
        False,
    ]
    low = watch("traffic")
    assert [low.is_bad(0.49), low.is_bad(0.5), low.is_good(0.9), low.is_good(0.89)] == [True, False, True, False]
    assert low.worst((0.4, 2.0)) == 0.4
    assert watch().worst((0.4, 2.0)) == 2.0


def test_for_no_time_at_all_the_first_reading_counts() -> None:
    *told, _ = seen(watch(lasting=timedelta()), 0.2, 0.001)
    assert told == [(0, WatchFired), (1, WatchRecovered)]


def test_no_data_is_told_once_and_changes_nothing_else() -> None:
    *fired, state = seen(watch(), *[0.2] * 5)
    assert [kind for _, kind in fired] == [WatchFired]  # type: ignore[misc]
    assert isinstance(state, Watched)
    *dark, state = seen(watch(), *[None] * 30, start=state)
    assert dark == [(10, WatchBlind)]
    assert isinstance(state, Watched)
    assert state.firing, "that nothing is measured is no recovery"
    flapping = [0.2, None] * 6
    *quiet, state = seen(watch(), *flapping, start=state)
    assert quiet == []
    assert isinstance(state, Watched)
    *light, state = seen(watch(), *[0.2] * 6, start=state)
    assert light == [(4, WatchSees)]


def test_what_was_seen_before_a_long_gap_does_not_count() -> None:
    *_, state = seen(watch(), 0.2)
    assert isinstance(state, Watched)
    *told, _ = seen(watch(), 0.2, 0.2, every=timedelta(minutes=3), start=state)
    assert told == []


def test_a_reading_just_after_another_programs_is_dropped() -> None:
    moment = Moment(NOON + timedelta(seconds=10), POLICY)
    *_, state = seen(watch(), 0.2)
    assert isinstance(state, Watched)
    assert judging.take(state, moment, watch=watch(), reading=Reading(moment.now, 0.9)).state is state
    assert judging.is_due(state, watch(), NOON - timedelta(hours=1)), "a clock that was set back stops nothing"


def test_few_readings_are_kept() -> None:
    *_, state = seen(watch(), *[0.0] * 300)
    assert isinstance(state, Watched)
    assert len(state.readings) == judging.KEPT


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        ("error_rate", 0.0723, "7.23 %"),
        ("latency", 5.2, "5.2 s"),
        ("traffic", 0.42, "42 % of what is expected"),
    ],
)
def test_how_figures_are_shown(kind: str, value: float, expected: str) -> None:
    assert watch(kind).shown(value) == expected


def test_against_what_is_expected() -> None:
    assert relative(watch("traffic"), 50, 100) == 0.5
    assert relative(watch("deviation"), 160, 100) == pytest.approx(0.6)
    assert relative(watch("deviation"), 40, 100) == pytest.approx(0.6)


def test_where_nothing_is_expected_as_at_night() -> None:
    assert relative(watch("traffic"), 0, 0) == 1.0, "no traffic is too little"
    assert relative(watch("traffic"), 50, 0) == 1.0
    assert relative(watch("deviation"), 0, 0) == 0.0
    assert relative(watch("deviation"), 50, 0) is None


def test_a_limit_beside_a_figure_repeats_nothing() -> None:
    assert watch("traffic").wanted(0.5) == "50 %"
    assert watch("latency").wanted(1.0) == "1 s"


SINCE = NOON - timedelta(minutes=2)


def told(event: Event, of: Watch | None = None) -> str:
    found = alerting.alert(of or watch(), event)
    assert found is not None
    return found.summary


def test_what_its_alerts_say() -> None:
    assert told(WatchFired("7.2 %", "5 %", SINCE)) == "Error rate is 7.2 %, less than 5 % wanted."
    assert told(WatchRecovered("0.4 %", "1 %", SINCE)) == "Error rate is back at 0.4 %, 1 % wanted."
    assert told(WatchFired("page answers 503, 200 wanted", "", SINCE), watch("http")) == "Page answers 503, 200 wanted."
    assert "nobody knows" in told(WatchBlind(SINCE))
    assert told(WatchSees(SINCE)) == ""


def configured(**more: object) -> Policy:
    """A policy with a watch of an odd name."""
    said = {"name": "page [a*]", "kind": "http", "url": "https://x.example/", "severity": "P1", "service": "cart"}
    services = [{"name": "checkout", "aliases": ["cart"]}]
    return read_policy(Document("test", {"services": services, "watches": [said], **more}, None))


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://x.example/", "https://x.example/"),
        ("https://ada:secret@x.example:8443/ok", "https://x.example:8443/ok"),
        ("http://ada@x.example", "http://x.example"),
        ("https://x.example/who?mail=ada@x.example", "https://x.example/who?mail=ada@x.example"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    fired = alerting.alert(replace(configured().watches[0], url=address), WatchFired("answers 503", "", SINCE))
    assert fired is not None
    assert fired.link == shown


def test_its_alerts_declare_with_its_own_severity_and_no_data_goes_to_triage() -> None:
    policy = configured()
    one = policy.watches[0]
    fired = alerting.alert(one, WatchFired("answers 503", "", SINCE))
    blind = alerting.alert(one, WatchBlind(SINCE))
    assert fired is not None
    assert blind is not None
    decided = decide(fired, policy)
    assert (decided.do, decided.severity, decided.services) == ("declare", "SEV1", ("checkout",))
    assert decide(blind, policy).do == "triage"
