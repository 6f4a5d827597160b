"""How an incident's clocks run: always, or in business hours alone."""

from dataclasses import replace
from datetime import datetime

from bot.rules.calendar import Duration
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.policy import Policy


def in_business_hours(incident: Incident, policy: Policy) -> bool:
    """Whether its clocks stand still outside business hours."""
    return policy.level(incident).hours == "business" and not incident.keep_awake


def after(incident: Incident, policy: Policy, start: datetime, duration: Duration) -> datetime:
    """`duration` after `start` on this incident's clock."""
    return policy.calendar.add(start, duration, business=in_business_hours(incident, policy))


def quarter_after(incident: Incident, policy: Policy, start: datetime, duration: Duration) -> datetime:
    """A quarter of `duration` after `start`; of working time where the duration counts days of business."""
    return policy.calendar.quarter(start, duration, business=in_business_hours(incident, policy))


def promised(incident: Incident, moment: Moment, interval: Duration | None = None) -> Incident:
    """The incident with a fresh promise of the next update, one interval from now."""
    due = after(incident, moment.policy, moment.now, interval or moment.policy.level(incident).update_every)
    return replace(incident, promise=due, promised_at=moment.now)
