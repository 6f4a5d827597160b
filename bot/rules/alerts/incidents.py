"""What alerts do to an incident: they open it, join it, reopen it, and say when they are over."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.rules import lifecycle
from bot.rules.alerts.alert import REPORT
from bot.rules.alerts.configured import Resolve
from bot.rules.change import Change
from bot.rules.declaring import declare
from bot.rules.events import AlertFired, AlertGathered, AlertsOver, Reopened, Words
from bot.rules.guards import require_open
from bot.rules.incident import Incident, Status
from bot.rules.moment import Moment

Fate: TypeAlias = Literal["join", "reopen", "rest", "anew"]
MOST = 5
"""So many incidents that are alike alerts open within so long; what more fires joins the newest. In one that has more
groups of alerts than this they are told together."""

WITHIN = timedelta(minutes=10)
AUTO_FROM = 2
"""The rank from which an incident may resolve itself: never the two most severe."""


def fate(incident: Incident, moment: Moment) -> Fate:
    """What an alert of a known incident does to it: joins it, reopens it, nothing, or opens another one."""
    if incident.is_open:
        return "join"
    closed = incident.closed_at or moment.now
    if moment.now - closed > moment.policy.alerting.reopen_within or incident.forgotten:
        return "anew"
    return "reopen" if incident.status is Status.RESOLVED else "rest"


def is_told(before: int, after: int) -> bool:
    """Whether a count is told: at the first, the 10th, the 100th and so on."""
    return before == 0 or len(str(before)) < len(str(after))


def open_for(
    moment: Moment,
    *,
    number: int,
    fired: AlertFired,
    severity: str,
    by: str,
    services: tuple[str, ...] = (),
    policy: str | None = None,
    team: str = "",
    began: datetime | None = None,
) -> Change:
    """Declares an incident for a group of alerts; `by` is the program (`alert:grafana`), or who accepted it."""
    opened = declare(
        moment,
        number=number,
        by=by,
        title=fired.title,
        severity=severity,
        services=services,
        team=team,
        noticed_by="colleague" if fired.source == REPORT else "alert",
        began=began,
    )
    incident = replace(opened.incident, alerts=(fired.group,), escalation=policy)
    return Change(incident, (*opened.events, fired))


def join(incident: Incident, _moment: Moment, *, fired: AlertFired) -> Change:
    """Alerts of a group that is in it, or comes to it now. Of many groups they are told together."""
    after = _with_group(incident, fired.group)
    many = len(after.alerts)
    if many <= MOST:
        return Change(after, (fired,))
    return Change(after, (AlertGathered(fired.source, fired.title, fired.group, many, fired.lacks),))


def join_open(incident: Incident, moment: Moment, *, fired: AlertFired) -> Change:
    """Somebody says that alerts belong to it. Raises Refused where it is closed."""
    require_open(incident, moment)
    return join(incident, moment, fired=fired)


def _with_group(incident: Incident, group: str) -> Incident:
    return incident if group in incident.alerts else replace(incident, alerts=(*incident.alerts, group))


def reopen(incident: Incident, moment: Moment, *, fired: AlertFired) -> Change:
    """It fires again so soon that it was not over: nobody has it, and paging begins anew."""
    gone = {"resolved", "mitigated", "acknowledged"}
    after = replace(
        _with_group(incident, fired.group),
        status=Status.DETECTED,
        milestones={name: at for name, at in incident.milestones.items() if name not in gone},
        acknowledged_by=None,
    )
    housed, replaced = lifecycle.open_anew(after, moment)
    return Change(housed, (Reopened(why=Words(f"{fired.title} fires again")), fired, *replaced))


def over(incident: Incident, moment: Moment, *, ended: AlertsOver, resolve: Resolve) -> Change:
    """No alert of it fires any more: it is asked to be resolved. What is minor may resolve itself.

    Of many groups only the last is told.
    """
    if not ended.offered and len(incident.alerts) > MOST:
        return Change(incident, ())
    if resolve == "offer" or not ended.offered or moment.policy.rank(incident.severity) < AUTO_FROM:
        return Change(incident, (ended,))
    told = replace(ended, offered=False)
    source, fix = f"alert:{ended.source}", f"{ended.title} fires no longer."
    resolved = lifecycle.resolve(incident, moment, by=source, fix=fix)
    return Change(resolved.incident, (told, *resolved.events))
