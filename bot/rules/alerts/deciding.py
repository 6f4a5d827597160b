"""What is done with an alert: the first rule that matches, else its own severity; and with which it is one."""

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.configured import AlertRule, Do, Resolve
from bot.rules.marks import mark_of
from bot.rules.policy import Policy

LOUD = frozenset({"critical", "page", "emergency", "fatal", "disaster"})
QUIET = frozenset({"warning", "warn"})
DECLARED_AS, TRIAGED_AS = 1, 2
"""Ranks of severities, where no rule names one: SEV2 for what is declared, SEV3 for what is accepted from triage."""

GRAVEST: tuple[Do, ...] = ("declare", "triage", "notify", "keep", "ignore")
"""The order in which one of several decisions about a group holds."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done with an alert, and what its incident would be. `group_by` are the labels that make its group."""

    do: Do
    severity: str
    services: tuple[str, ...] = ()
    policy: str | None = None
    group_by: tuple[str, ...] = ()
    resolve: Resolve = "offer"


def decide(alert: Alert, policy: Policy) -> Decision:
    """What is done with it."""
    rule = next((each for each in policy.alerting.rules if matches(each, alert)), None)
    do = rule.do if rule else _by_severity(alert)
    beat = next((each for each in policy.alerting.heartbeats if each.name == alert.labels.get("heartbeat")), None)
    named = (rule.severity if rule else None) or (beat.severity if beat else None)
    return Decision(
        do,
        named or usual(policy, do),
        (rule.services if rule else ()) or (beat.services if beat else ()) or policy.meant((alert.service,)),
        rule.policy if rule else None,
        (rule.group_by if rule else None) or policy.alerting.group_by,
        (rule.resolve if rule else None) or policy.alerting.resolve,
    )


def matches(rule: AlertRule, alert: Alert) -> bool:
    """Whether all that a rule names fits."""
    if rule.sources and alert.source not in rule.sources:
        return False
    if rule.title and not fits(rule.title, alert.title):
        return False
    return all(fits(patterns, alert.called(name)) for name, patterns in rule.labels.items())


def fits(patterns: Iterable[str], value: str) -> bool:
    """Whether one of the patterns (`prod-*`) is the value, however it is written."""
    return any(fnmatchcase(value.casefold(), pattern.casefold()) for pattern in patterns)


def _by_severity(alert: Alert) -> Do:
    word = alert.severity.casefold()
    return "declare" if word in LOUD else "triage" if word in QUIET else "keep"


def usual(policy: Policy, do: Do) -> str:
    """The severity of what is declared, or of what is accepted from triage, where nothing names one."""
    rank = TRIAGED_AS if do == "triage" else DECLARED_AS
    return policy.severities[min(rank, len(policy.severities) - 1)].name


def subject_of(alert: Alert, decision: Decision) -> str:
    """The subject of its group: alerts of one source that are alike in these labels are one."""
    return f"alert:{mark_of(alert.source, *(f'{name}={alert.called(name)}' for name in decision.group_by))}"


def gravest(decisions: Iterable[Decision], policy: Policy) -> Decision:
    """The one that holds for a group of alerts."""
    return min(decisions, key=lambda each: (GRAVEST.index(each.do), policy.rank(each.severity)))
