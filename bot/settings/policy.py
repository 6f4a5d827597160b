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
from bot.rules.oncall.rotation import EscalationPolicy
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
from bot.settings.watches import reading


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
    known = oncall.people(said.people)
    rotations = oncall.rotations(said.rotations, said.timezone, [team.name for team in said.teams])
    policies = oncall.policies(said.policies, rotations, known)
    return Policy(
        severities=tuple(_severity(dict(level)) for level in said.severities),
        calendar=_calendar(said),
        teams=tuple(Team(**_frozen(dict(team) | {"policy": _spelt(team.policy, policies)})) for team in said.teams),
        services=_services(said),
        audiences=_audiences(said),
        people=known,
        rotations=rotations,
        policies=policies,
        default_policy=_spelt(said.default_policy, policies),
        rules=automation.rules(said.rules, automation.spellings(said), known, rotations),
        alerting=_alerting(said),
        channels=Channels(**dict(said.channels)),
        pace=Pace(said.slack.channel_rate, said.slack.burst),
        command=said.slack.command,
        heartbeat=said.heartbeat,
        backup=Backup(**dict(said.backup)) if said.backup else None,
        keep=said.retention.keep,
        changes_within=said.changes.within,
        prometheus=said.prometheus,
        watches=_watches(said),
        permissions={act: who for act, who in dict(said.permissions).items() if who},
    )


def _alerting(said: Configuration) -> Alerting:
    severities = alerts.spelt([(each.name, each.aliases) for each in said.severities])
    services = alerts.spelt([(each.name, each.aliases) for each in said.services])
    policies = alerts.spelt([(each.name, ()) for each in said.policies])
    known = {"severities": severities, "services": services, "policies": policies}
    told = alerts.alerting(said.alerts, said.maintenance, said.timezone, **known)
    return replace(told, rules=(*told.rules, *watching.rules(_watches(said))))


def _watches(said: Configuration) -> tuple[Watch, ...]:
    severities = alerts.spelt([(each.name, each.aliases) for each in said.severities])
    services = alerts.spelt([(each.name, each.aliases) for each in said.services])
    return reading.watches(said.watches, severities, services)


def _spelt(name: str | None, policies: Iterable[EscalationPolicy]) -> str | None:
    """The policy's name as the policy writes it."""
    return next((each.name for each in policies if name and each.name.casefold() == name.casefold()), None)


def _severity(level: dict[str, Any]) -> Severity:
    return Severity(**_frozen(level))


def _services(said: Configuration) -> tuple[Service, ...]:
    """Services, each naming its team as the team writes itself."""
    teams = {team.name.casefold(): team.name for team in said.teams}
    return tuple(
        Service(**_frozen(dict(service) | {"team": teams.get((service.team or "").casefold())}))
        for service in said.services
    )


def _audiences(said: Configuration) -> tuple[Audience, ...]:
    """Audiences, each with its severities as those write themselves."""
    names = {word.casefold(): level.name for level in said.severities for word in (level.name, *level.aliases)}
    return tuple(
        Audience(
            each.name,
            tuple(names.get(word.casefold(), word) for word in each.severities),
            tuple(each.mail),
            each.channel,
        )
        for each in said.audiences
    )


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
