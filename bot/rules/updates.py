"""Updates and snoozing."""

from dataclasses import replace
from datetime import timedelta

from bot.rules import clocks
from bot.rules.calendar import Duration
from bot.rules.change import Change
from bot.rules.events import Snoozed
from bot.rules.guards import require_open, require_text
from bot.rules.incident import Incident, PersonId
from bot.rules.lifecycle import change_status
from bot.rules.moment import Moment
from bot.rules.promises import written
from bot.rules.refused import Refused

SNOOZES_IN_A_ROW = 2
LONGEST_SNOOZE = timedelta(hours=24)


def update(
    incident: Incident,
    moment: Moment,
    *,
    by: PersonId,
    text: str,
    impact: str | None = None,
    next_in: Duration | None = None,
    status: str | None = None,
) -> Change:
    """Posts a numbered update and promises the next one, after `next_in` or the severity's interval."""
    require_open(incident, moment)
    text = require_text(text, "Say what is being done right now, in a sentence.", "text")
    if status and status != incident.status.value:
        return change_status(incident, moment, by=by, status=status, note=text, impact=impact, next_in=next_in)
    after, event = written(incident, moment, text=text, impact=impact, next_in=next_in)
    return Change(after, (event,))


def snooze(incident: Incident, moment: Moment, *, by: PersonId, wait: timedelta) -> Change:
    """Moves the promise, visibly; at most twice in a row, at most a day. It counts as late all the same."""
    require_open(incident, moment)
    command = moment.policy.command
    if incident.snoozes >= SNOOZES_IN_A_ROW:
        raise Refused(f"{incident.name} was snoozed twice already. Post an update: `{command} update …`.")
    if not timedelta(minutes=1) <= wait <= LONGEST_SNOOZE:
        raise Refused("Snooze for a minute up to a day: `30m`, `2h`.", field="minutes")
    start = max(incident.promise, moment.now)
    until = clocks.after(incident, moment.policy, start, Duration(seconds=int(wait.total_seconds())))
    after = replace(incident, promise=until, promised_at=moment.now, snoozes=incident.snoozes + 1)
    return Change(after, (Snoozed(until=until, count=after.snoozes),))
