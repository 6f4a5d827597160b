"""What people write down: notes, and events with their own time."""

from datetime import datetime

from bot.rules.change import Change
from bot.rules.events import EventRecorded, Noted, Words
from bot.rules.guards import require_remembered, require_text, require_unmerged
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.refused import Refused


def note(incident: Incident, moment: Moment, *, by: PersonId, text: str) -> Change:
    """Adds a note; open or closed. Raises Refused for an empty one, and for what was merged into another."""
    require_unmerged(incident, moment)
    require_remembered(incident, moment)
    command = moment.policy.command
    text = require_text(text, f"Write the note behind the word: `{command} note disk is at 97 %`.", "text")
    return Change(incident, (Noted(text=Words(text)),))


def record_event(
    incident: Incident,
    moment: Moment,
    *,
    by: PersonId,
    text: str,
    at: datetime,
    author: PersonId | None = None,
    link: str | None = None,
) -> Change:
    """Puts something in the timeline at the time it happened. Raises Refused for the future.

    Into one that was merged only messages (with their `author`) go, from its channel: they are read in the other one.
    """
    if author is None:
        require_unmerged(incident, moment)
    require_remembered(incident, moment)
    command = moment.policy.command
    text = require_text(text, f"Say when and what: `{command} event 14:05 rolled back`.", "text")
    if at > moment.now:
        raise Refused("That time is still to come. Give the time at which it happened.", field="at")
    return Change(incident, (EventRecorded(text=Words(text), at=at, author=author, link=link),))
