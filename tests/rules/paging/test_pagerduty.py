"""What PagerDuty is told: that it is paged, who has it, that it is over; by whatever way a service was paged."""

from collections.abc import Iterable
from typing import Any

from bot.rules import lifecycle, reminders, services
from bot.rules.audience import tell as tell_all
from bot.rules.automation.automatic import with_pages
from bot.rules.automation.rule import Automation
from bot.rules.change import Outgoing
from bot.rules.declaring import declare
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import EscalationPolicy, Target
from bot.rules.paging.by_hand import escalate
from bot.rules.paging.pagerduty import holds, tell
from bot.rules.policy import Policy
from tests.rules.acting import entries
from tests.rules.given import ADA, BOB, MONDAY, at
from tests.rules.paging.escalating import Night, configured, level
from tests.rules.paging.test_escalation import begun

LEVELS = EscalationPolicy("payments", (level(5, "bob"), level(5, "pagerduty:db")))
ELSEWHERE = EscalationPolicy("search", (level(5, "pagerduty:search"),))


def said(rows: Iterable[Outgoing]) -> list[str]:
    """`trigger db`, of what goes out to PagerDuty."""
    return [f"{each.facts['action']} {each.facts['service']}" for each in rows if each.kind == "pagerduty"]


def told(night: Night, rule: Any, **facts: Any) -> list[Outgoing]:
    before = night.incident
    change = rule(before, night.moment, **facts)
    night.incident = change.incident
    return list(tell(before, change.incident, entries(change, night.moment, by=ADA), night.policy))


def test_a_level_paged_although_somebody_has_it_is_told() -> None:
    night = begun(configured(LEVELS))
    night.does(lifecycle.acknowledge, by=BOB)
    night.now = at("2026-03-02 10:15")
    (row,) = told(night, reminders.remind)
    assert said([row]) == ["trigger db"]
    assert holds(night.incident, "trigger", anyway=row.facts["anyway"])
    assert said(told(night, lifecycle.resolve, by=BOB, fix="x")) == ["resolve db"]
    assert not holds(night.incident, "trigger", anyway=True)


def test_a_page_that_was_answered_before_it_went_out_is_not_told() -> None:
    night = begun(configured(LEVELS))
    night.now = at("2026-03-02 10:05")
    (row,) = told(night, reminders.remind)
    assert not row.facts["anyway"]
    assert holds(night.incident, "trigger")
    night.does(lifecycle.acknowledge, by=BOB)
    assert not holds(night.incident, "trigger")
    assert holds(night.incident, "acknowledge")


def test_who_was_paged_by_hand_and_who_is_no_longer_concerned_is_told_the_end() -> None:
    night = begun(configured(LEVELS, ELSEWHERE), names=("checkout", "search"))
    night.until("2026-03-02 10:05").does(services.remove_service, by=ADA, service="search")
    assert said(told(night, lifecycle.acknowledge, by=BOB)) == ["acknowledge db", "acknowledge search"]
    other = begun(configured(LEVELS, ELSEWHERE))
    other.does(escalate, by=ADA, team="search")
    assert said(told(other, lifecycle.acknowledge, by=BOB)) == ["acknowledge search"]


def by_rule() -> Policy:
    rule = Automation("declared", "page", page=(Target("pagerduty", "security"),))
    return configured(rules=(rule,), default=None)


def test_a_rule_of_the_configuration_pages_it_as_the_incident_is_declared() -> None:
    moment = Moment(at(MONDAY), by_rule())
    change = with_pages(declare(moment, number=12, by=ADA, title="Down", severity="sev1"), moment)
    rows = tell_all(None, change.incident, entries(change, moment, by=ADA, first=1), moment.policy)
    assert said(rows) == ["trigger security"]
    night = Night(change.incident, moment.now, moment.policy)
    assert said(told(night, lifecycle.acknowledge, by=BOB)) == ["acknowledge security"]
    assert said(told(night, lifecycle.resolve, by=BOB, fix="x")) == ["resolve security"]


def test_of_a_test_it_is_told_nothing() -> None:
    moment = Moment(at(MONDAY), by_rule())
    change = with_pages(declare(moment, number=12, by=ADA, title="Down", severity="sev1", kind="test"), moment)
    assert said(tell_all(None, change.incident, entries(change, moment, by=ADA, first=1), moment.policy)) == []
    night = Night(change.incident, moment.now, moment.policy)
    assert told(night, lifecycle.resolve, by=BOB, fix="x") == []
