"""Pages of the configuration's rules that wait: Slack has not told yet who somebody is whom they page."""

from dataclasses import replace

from bot.rules.automation.rule import Automation
from bot.rules.falling import Due
from bot.rules.incident import Incident, Said
from bot.rules.marks import mark_of
from bot.rules.moment import Moment

KIND = "rule"


def put_off(incident: Incident, rule: Automation, moment: Moment) -> Incident:
    """It is kept in `said` that the rule waits."""
    return replace(incident, said={**incident.said, _mark(rule): Said(moment.now, 1, moment.now)})


def is_wanted(incident: Incident, rule: Automation, moment: Moment) -> bool:
    """Whether the rule waited, and pages now: Slack has told, and still nobody has the incident."""
    waited = _mark(rule) in incident.said and moment.roster.is_told
    return waited and incident.is_open and not incident.acknowledged_by


def due(incident: Incident, moment: Moment) -> tuple[Due, ...]:
    """Those that wait fall due as soon as Slack has told."""
    waiting = incident.said_of(KIND) if moment.roster.is_told else {}
    return tuple(Due(said.at, KIND, said.anchor, whose=whose) for whose, said in waiting.items())


def over(incident: Incident, moment: Moment) -> Incident:
    """Once Slack has told no rule waits any more, one that the configuration dropped neither."""
    waiting = {each.mark for each in due(incident, moment)}
    said = {mark: said for mark, said in incident.said.items() if mark not in waiting}
    return replace(incident, said=said) if waiting else incident


def _mark(rule: Automation) -> str:
    return f"{KIND} {mark_of(repr(rule))}"
