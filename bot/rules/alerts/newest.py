"""What the newest alert of an incident says, for whom its title tells too little."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.rules.alerts.alert import REPORT, Alert
from bot.rules.alerts.group import Group
from bot.rules.incident import Incident

LOOKED_AT = 20
"""Groups of alerts of an incident that are looked at, the last that came to it."""


@dataclass(frozen=True, slots=True)
class Newest:
    """What the alert says, and what it is called where the incident is called otherwise; `alone`: it is its only one.

    `reported`: somebody tells of it, and no program; `over`: it fires no longer.
    """

    says: str
    title: str = ""
    alone: bool = True
    reported: bool = False
    over: bool = False


def looked_at(incident: Incident) -> Sequence[str]:
    """The subjects of the groups that are looked at."""
    return incident.alerts[-LOOKED_AT:]


def newest(incident: Incident, groups: Sequence[Group]) -> Newest | None:
    """The alert that began last, of those that still fire if one does; None where it says no more than the title."""
    known = [(group, group.latest) for group in groups if group.latest and group.since]
    if not known:
        return None
    group, alert = max(known, key=lambda each: (each[0].firing > 0, each[0].since))
    says = _said(alert)
    is_alone = len(incident.alerts) == 1 and group.count <= 1
    if not says or (is_alone and says == incident.title):
        return None
    title, is_report = "" if group.title in {incident.title, says} else group.title, group.source == REPORT
    return Newest(says, title, is_alone, is_report, over=not (group.firing or is_report))


def _said(alert: Alert) -> str:
    """Its summary, or else its value."""
    against = f" against {alert.threshold}" if alert.threshold else ""
    return alert.summary.strip() or (f"{alert.value}{against}" if alert.value else "")
