"""From the configuration file to the policy that the rules are given."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from bot.rules.alerts.configured import Alerting
from bot.rules.calendar import Calendar
from bot.rules.policy import Audience, Backup, Channels, Pace, Policy, Service, Severity, Team
from bot.rules.watching import alerting as watching
from bot.rules.watching.watch import Watch
from bot.settings import automation
from bot.settings.alerts import reading as alerts
from bot.settings.checks import compared
from bot.settings.defaults import complete
from bot.settings.document import Document, load
from bot.settings.errors import ConfigError, Problem
from bot.settings.mistakes import explained
from bot.settings.oncall import reading as oncall
from bot.settings.shapes import Configuration, CountryShape
from bot.settings.spelling import Spellings, one, several, spelt
from bot.settings.watches import reading as watches


def load_policy(path: Path | None) -> Policy:
    """The policy of a file, or the built-in one for None. Raises ConfigError with every mistake that was found."""
    return read_policy(load(path) if path else Document("defaults", None, None))


def read_policy(document: Document) -> Policy:
    """The policy that a document says. Raises ConfigError."""
    data = {} if document.data is None else document.data
    if not isinstance(data, dict):
        raise ConfigError([document.problem((), "keys such as `timezone:`, `channels:`, `severities:`")])
    completed = complete(data)
    problems: list[Problem] = list(compared(document, completed))
    try:
        configuration = Configuration.model_validate(completed)
    except ValidationError as error:
        problems += explained(document, error)
    if problems:
        problems.sort(key=lambda problem: problem.line or 0)
        raise ConfigError(problems)
    policy = _policy(configuration)
    return replace(policy, fingerprint=_fingerprint(policy))


def _policy(said: Configuration) -> Policy:
    known, people = _spellings(said), oncall.people(said.people)
    rotations = oncall.rotations(said.rotations, said.timezone, known)
    watched = watches.watches(said.watches, known)
    return Policy(
        severities=tuple(_severity(dict(level)) for level in said.severities),
        calendar=_calendar(said),
        teams=_teams(said, known),
        services=_services(said, known),
        audiences=_audiences(said, known),
        people=people,
        rotations=rotations,
        policies=oncall.policies(said.policies, rotations, people),
        default_policy=one(known.policies, said.default_policy),
        rules=automation.rules(said.rules, known, oncall.targets(people, rotations)),
        alerting=_alerting(said, known, watched),
        channels=Channels(**dict(said.channels)),
        pace=Pace(said.slack.channel_rate, said.slack.burst),
        command=said.slack.command,
        heartbeat=said.heartbeat,
        backup=Backup(**dict(said.backup)) if said.backup else None,
        keep=said.retention.keep,
        changes_within=said.changes.within,
        prometheus=said.prometheus,
        watches=watched,
        permissions={act: who for act, who in dict(said.permissions).items() if who},
    )


def _spellings(said: Configuration) -> Spellings:
    return Spellings(spelt(said.severities), spelt(said.services), spelt(said.teams), spelt(said.policies))


def _alerting(said: Configuration, known: Spellings, watched: Iterable[Watch]) -> Alerting:
    """With what is done with the alerts of watches, where no rule says otherwise."""
    told = alerts.alerting(said.alerts, said.maintenance, said.timezone, known)
    return replace(told, rules=(*told.rules, *watching.rules(watched)))


def _severity(level: dict[str, Any]) -> Severity:
    return Severity(**_frozen(level))


def _teams(said: Configuration, known: Spellings) -> tuple[Team, ...]:
    named = (dict(each) | {"policy": one(known.policies, each.policy)} for each in said.teams)
    return tuple(Team(**_frozen(each)) for each in named)


def _services(said: Configuration, known: Spellings) -> tuple[Service, ...]:
    named = (dict(each) | {"team": one(known.teams, each.team)} for each in said.services)
    return tuple(Service(**_frozen(each)) for each in named)


def _audiences(said: Configuration, known: Spellings) -> tuple[Audience, ...]:
    named = (dict(each) | {"severities": several(known.severities, each.severities)} for each in said.audiences)
    return tuple(Audience(**_frozen(each)) for each in named)


def _calendar(said: Configuration) -> Calendar:
    opens, closes = said.business.hours
    off = said.business.holidays
    holidays = off.holidays() if isinstance(off, CountryShape) else frozenset(off)
    return Calendar(said.timezone, said.business.days, opens, closes, holidays)


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}


def _fingerprint(policy: Policy) -> str:
    """A hash of everything in effect, whether the file said it or a default."""
    return hashlib.sha256(json.dumps(_canonical(policy), sort_keys=True).encode()).hexdigest()[:16]


def _canonical(value: Any) -> Any:
    if is_dataclass(value):
        return {each.name: _canonical(getattr(value, each.name)) for each in fields(value) if each.compare}
    if isinstance(value, Mapping):
        return {str(key): _canonical(each) for key, each in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(each) for each in value)
    if isinstance(value, tuple):
        return [_canonical(each) for each in value]
    return value if isinstance(value, str | int | float | None) else str(value)
