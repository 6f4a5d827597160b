"""What people wrote is kept for as long as the configuration says; what figures are made of stays."""

from dataclasses import replace

from bot.rules.change import Change
from bot.rules.declaring import WAS_OVER
from bot.rules.entries import REMOVED
from bot.rules.events import TextsRemoved
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.refused import Refused


def forget(incident: Incident, moment: Moment) -> Change:
    """The incident without what people wrote in it: who, when, how grave and how many stay.

    Raises Refused for one whose time is not up.
    """
    keep, closed_at = moment.policy.keep, incident.closed_at
    if keep is None or incident.is_open or closed_at is None or moment.now - closed_at < keep:
        raise Refused(f"What was written in {incident.name} is still kept.")
    if incident.forgotten:
        raise Refused(f"What was written in {incident.name} has been removed already.")
    after = replace(
        incident,
        title=_removed(incident.title),
        affected=_removed(incident.affected),
        impact=_removed(incident.impact),
        fix=_removed(incident.fix),
        cause=_removed(incident.cause),
        undo=None,
        forgotten=True,
    )
    return Change(after, (TextsRemoved(closed_at=closed_at),))


def _removed(text: str) -> str:
    """What stands in place of a text; that nobody wrote one, or that it was Tocsin's own, may still be read."""
    return text if text in {"", WAS_OVER} else REMOVED
