"""Which changes an incident finds: the last ones before it is declared, and those that come while it is open."""

from bot.rules.change import Change
from bot.rules.events import RolledOut
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from bot.rules.rollouts.rollout import FOUND, Rollout, concerned, event, matters


def found(incident: Incident, moment: Moment) -> tuple[RolledOut, ...]:
    """The newest changes on its services, the earliest first; none for what was over when it was declared."""
    if not incident.is_open:
        return ()
    names = concerned(moment.policy, incident.services)
    since = moment.now - moment.policy.changes_within
    newest = (each for each in moment.rollouts if since <= each.at <= moment.now and matters(each, names))
    latest = sorted(newest, key=lambda each: (each.at, each.id))[-FOUND:]
    return tuple(event(each) for each in latest)


def rolled_out(incident: Incident, _moment: Moment, *, rollout: Rollout) -> Change:
    """A change was told while it is open. Raises Refused for one that is closed meanwhile."""
    if not incident.is_open:
        raise Refused(f"{incident.name} is closed.")
    return Change(incident, (event(rollout, during=True),))
