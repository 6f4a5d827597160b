"""What PagerDuty is told of an incident: one key for all of it, so that what comes twice is one."""

from sqlalchemy import Connection

from bot.outside.sending import Outcome, Permanent
from bot.rules import rooms
from bot.rules.incident import Incident
from bot.rules.paging import pagerduty
from bot.views.pagerduty import summary
from bot.views.terminal.paper import Paper
from scheduler.calls.done import DELIVERY, WITHDRAWN, Done, require_sent
from scheduler.desk import Desk
from store.outbox import Row

SEVERITIES = ("critical", "error", "warning", "info")
"""PagerDuty's, the most severe first; ours in their order, the last for all below."""


async def tell_pagerduty(desk: Desk, row: Row) -> Done:
    """One event; where it can never be told, that is said, and the next level is paged at once."""
    incident, action = await desk.incident(row, anywhere=True), row.facts["action"]
    if not pagerduty.holds(incident, action, anyway=bool(row.facts.get("anyway"))):
        return WITHDRAWN
    outcome = await _sent(desk, incident, str(row.facts["service"]), action)
    if isinstance(outcome, Permanent):
        return _given_up(desk, row, incident, outcome.why)
    require_sent(outcome)
    return Done()


async def _sent(desk: Desk, incident: Incident, service: str, action: pagerduty.Action) -> Outcome:
    to, rank = desk.outward.ways.pagerduty, desk.policy.rank(incident.severity)
    paper = Paper(desk.policy, desk.changes.clock.now())
    title = summary(incident, paper)
    severity = SEVERITIES[min(rank, len(SEVERITIES) - 1)]
    link = desk.workspace.permalink(incident.announcement) if incident.announcement else ""
    return await to.send(service, action, dedup=to.dedup(incident.number), summary=title, severity=severity, link=link)


def _given_up(desk: Desk, row: Row, incident: Incident, why: str) -> Done:
    def keep(connection: Connection) -> None:
        facts = {"what": row.kind, "lane": row.lane, "reason": why}
        desk.changes.apply(connection, incident.number, rooms.gave_up, DELIVERY, **facts)
        if row.facts["action"] == "trigger":
            desk.changes.apply(connection, incident.number, pagerduty.unreached, DELIVERY)

    return Done(keep, state="given_up")
