"""What the newest alert of an incident says: that alone is told on a page, and never as if it were all."""

from dataclasses import replace
from datetime import timedelta

from bot.rules.alerts.alert import REPORT, Alert
from bot.rules.alerts.group import Group
from bot.rules.alerts.newest import LOOKED_AT, Newest, looked_at, newest
from bot.rules.incident import Incident
from tests.rules.given import MONDAY, declared, moment

SINCE = moment(MONDAY).now
SAYS = "5 % of checkouts fail"
ONE = Group("alert:1", "CheckoutErrors", "grafana", count=1, firing=1, since=SINCE)
ONE = replace(ONE, latest=Alert("grafana", "f1", "CheckoutErrors", summary=f" {SAYS}\n"))
OTHER = replace(ONE, subject="alert:2", title="DiskFull", since=SINCE + timedelta(minutes=1))


def opened(*groups: str) -> Incident:
    return replace(declared(), title="CheckoutErrors", alerts=groups)


def test_the_only_one() -> None:
    assert newest(opened("alert:1"), [ONE]) == Newest(SAYS)


def test_what_is_called_otherwise_than_its_incident_is_named() -> None:
    assert newest(opened("alert:2"), [OTHER]) == Newest(SAYS, "DiskFull")


def test_of_several_it_is_said_that_it_is_not_all() -> None:
    assert newest(opened("alert:1"), [replace(ONE, count=7)]) == Newest(SAYS, alone=False)
    assert newest(opened("alert:1", "alert:2"), [OTHER, ONE]) == Newest(SAYS, "DiskFull", alone=False)


def test_what_still_fires_comes_before_what_is_over() -> None:
    assert newest(opened("alert:1", "alert:2"), [ONE, replace(OTHER, firing=0)]) == Newest(SAYS, alone=False)


def test_who_is_paged_once_none_fires_is_told_so() -> None:
    assert newest(opened("alert:1"), [replace(ONE, firing=0)]) == Newest(SAYS, over=True)


def test_its_value_serves_where_it_has_no_summary() -> None:
    bare = Alert("grafana", "f1", "CheckoutErrors", value="7 %", threshold="5 %")
    assert newest(opened("alert:1"), [replace(ONE, latest=bare)]) == Newest("7 % against 5 %")
    assert newest(opened("alert:1"), [replace(ONE, latest=replace(bare, value=""))]) is None


def test_nothing_is_said_twice_and_nothing_that_was_removed() -> None:
    same = replace(ONE, latest=Alert("grafana", "f1", "CheckoutErrors", summary="CheckoutErrors"))
    assert newest(opened("alert:1"), [same]) is None
    another = replace(OTHER, latest=Alert("grafana", "f2", "DiskFull", summary="DiskFull"))
    assert newest(opened("alert:1", "alert:2"), [ONE, another]) == Newest("DiskFull", alone=False)
    assert newest(opened("alert:1"), [replace(ONE, latest=None)]) is None
    assert newest(opened(), []) is None


def test_what_somebody_reported_is_no_alert() -> None:
    assert newest(opened("alert:1"), [replace(ONE, source=REPORT, firing=0)]) == Newest(SAYS, reported=True)


def test_of_a_storm_few_are_looked_at() -> None:
    many = tuple(f"alert:{number}" for number in range(1_000))
    assert looked_at(opened(*many)) == many[-LOOKED_AT:]
