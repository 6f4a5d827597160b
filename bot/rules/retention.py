"""What people wrote is kept for as long as the configuration says; what figures are made of stays."""

from dataclasses import replace

from bot.rules.change import Change
from bot.rules.declaring import WAS_OVER
from bot.rules.entries import REMOVED
from bot.rules.events import TextsRemoved
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.refused import Refused

PROSE = ("title", "affected", "impact", "fix", "cause")
"""The fields that hold what people wrote. Who, when, how grave, which services and how many stay."""


def forget(incident: Incident, moment: Moment) -> Change:
    """The incident without what people wrote in it. Raises Refused for one whose time is not up."""
    keep, closed_at = moment.policy.keep, incident.closed_at
    if keep is None or incident.is_open or closed_at is None or moment.now - closed_at < keep:
        raise Refused(f"What was written in {incident.name} is still kept.")
    if incident.forgotten:
        raise Refused(f"What was written in {incident.name} has been removed already.")
    left = {name: REMOVED for name in PROSE if getattr(incident, name) not in {"", WAS_OVER}}
    return Change(replace(incident, **left, undo=None, forgotten=True), (TextsRemoved(closed_at=closed_at),))
