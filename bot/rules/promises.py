"""The promise of the next update: what renews it, and what starts its reminders anew."""

from dataclasses import replace

from bot.rules import clocks
from bot.rules.calendar import Duration
from bot.rules.events import Updated, Words
from bot.rules.incident import Incident
from bot.rules.moment import Moment

UPDATE_STEPS = 3
"""The channel, then the commander, then the announcement channel; then no more until somebody moved."""


def written(
    incident: Incident,
    moment: Moment,
    *,
    text: str,
    impact: str | None = None,
    next_in: Duration | None = None,
) -> tuple[Incident, Updated]:
    """The incident with one more update and a fresh promise, and the update in its one form."""
    counted = replace(
        incident,
        updates=incident.updates + 1,
        impact=incident.impact if impact is None else impact.strip(),
        snoozes=0,
    )
    after = clocks.promised(counted, moment, next_in)
    event = Updated(
        number=after.updates,
        severity=after.severity,
        status=after.status.value,
        text=Words(text.strip()),
        impact=Words(after.impact),
        next_at=after.promise,
    )
    return after, event


def moved(incident: Incident, moment: Moment) -> Incident:
    """After a move that is no update: reminders that had come to their end start anew, one interval from now."""
    ended = incident.last_step("update", incident.promised_at) >= UPDATE_STEPS
    return clocks.promised(incident, moment) if ended else incident
