"""The configuration as rules see it: frozen, complete, checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal, Protocol, TypeVar

from bot.rules.alerts.configured import Alerting
from bot.rules.automation.rule import Automation
from bot.rules.calendar import Calendar, Duration
from bot.rules.incident import Incident
from bot.rules.oncall.roster import is_id
from bot.rules.oncall.rotation import EscalationPolicy, Rotation, Target
from bot.rules.refused import Refused, known
from bot.rules.watching.watch import Watch


class _Named(Protocol):
    @property
    def name(self) -> str:
        """By which others name it."""


N = TypeVar("N", bound=_Named)

MAJOR_LEVELS = 2
"""The two most severe levels are announced louder and need a commander (SEV1 and SEV2 by default)."""

ARCHIVE_AFTER = Duration(days=7)
"""How long after an incident was closed archiving its channel is offered, where nothing is configured."""

CHANGES_WITHIN = timedelta(hours=2)
"""What was changed this short a time before an incident is shown in it, where nothing is configured."""


@dataclass(frozen=True, slots=True)
class Severity:
    """A level: what it means, and what it promises."""

    name: str
    title: str
    criteria: tuple[str, ...]
    respond_within: Duration
    update_every: Duration
    escalate_after: Duration
    aliases: tuple[str, ...] = ()
    hours: Literal["always", "business"] = "always"
    room: Literal["channel", "thread"] = "channel"
    announce: Literal["announce", "team", "none"] = "announce"
    page: bool = False
    ticket: bool = False
    invite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """Who owns services: their channel and user group in Slack (names or ids)."""

    name: str
    channel: str | None = None
    group: str | None = None
    policy: str | None = None
    invite: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Service:
    """Something that can break, with what a responder opens first."""

    name: str
    aliases: tuple[str, ...] = ()
    team: str | None = None
    dashboards: tuple[str, ...] = ()
    bridge: str | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom rotations and escalation policies name; `slack` is their id, @handle or mail address there."""

    name: str
    slack: str


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is told of an incident from outside (executives, support): by mail and in a channel, where its severity is
    one of `severities`."""

    name: str
    severities: tuple[str, ...] = ()
    mail: tuple[str, ...] = ()
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Channels:
    """Where things are said: names (`#incidents`) or ids, and the prefix of incident channels.

    `archive_after` counts from when an incident was closed; None for never offered.
    """

    announce: str = "#incidents"
    prefix: str = "inc"
    triage: str | None = None
    digest: str | None = None
    archive_after: Duration | None = ARCHIVE_AFTER


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a Slack channel is written to: `rate` a second, `burst` at once."""

    rate: float = 1.0
    burst: int = 5


@dataclass(frozen=True, slots=True)
class Backup:
    """Copies of the database that the bot makes by itself: into which directory, how often, for how long."""

    to: str
    every: timedelta = timedelta(days=1)
    keep: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Policy:
    """Everything that is configured. `fingerprint` changes when any rule could answer differently.

    `heartbeat` is the address that is called while all is well; `keep` is how long after an incident was closed what
    people wrote in it is kept, None for ever. `permissions`: who may do an act, where it is configured.
    `changes_within`: how far back an incident looks for what was changed. `prometheus`: whom `watches` of figures ask.
    """

    severities: tuple[Severity, ...]
    calendar: Calendar
    teams: tuple[Team, ...] = ()
    services: tuple[Service, ...] = ()
    people: tuple[Known, ...] = ()
    rotations: tuple[Rotation, ...] = ()
    policies: tuple[EscalationPolicy, ...] = ()
    default_policy: str | None = None
    rules: tuple[Automation, ...] = ()
    alerting: Alerting = field(default_factory=Alerting)
    channels: Channels = field(default_factory=Channels)
    pace: Pace = field(default_factory=Pace)
    command: str = "/incident"
    heartbeat: str | None = None
    backup: Backup | None = None
    keep: timedelta | None = None
    changes_within: timedelta = CHANGES_WITHIN
    prometheus: str | None = None
    watches: tuple[Watch, ...] = ()
    permissions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    audiences: tuple[Audience, ...] = ()
    fingerprint: str = ""

    @property
    def targets(self) -> tuple[Target, ...]:
        """All whom a level pages, or a rule does by itself."""
        levels = (level for each in self.policies for level in each.levels)
        return (*(who for level in levels for who in level.who), *(who for rule in self.rules for who in rule.page))

    @property
    def places(self) -> tuple[str, ...]:
        """All channels in which something may be said, each once, by name or id."""
        own = (self.channels.announce, self.channels.triage, *(team.channel for team in self.teams))
        paged = (who.name for who in self.targets if who.kind == "channel")
        told = (*(rule.channel for rule in self.rules), *(each.channel for each in self.audiences))
        return tuple(dict.fromkeys(each for each in (*own, *paged, *told) if each))

    @property
    def references(self) -> frozenset[str]:
        """What Slack alone can tell whom it means: handles and mail addresses of people, user groups that are paged."""
        people = (each.slack for each in self.people if not is_id(each.slack))
        return frozenset((*people, *(who.name for who in self.targets if who.kind == "group")))

    def severity(self, word: str) -> Severity:
        """The severity of that name or alias. Raises Refused with the known ones."""
        for level in self.severities:
            if word.casefold() in {level.name.casefold(), *(alias.casefold() for alias in level.aliases)}:
                return level
        raise Refused(known("severity", word, (level.name for level in self.severities)), field="severity")

    def level(self, incident: Incident) -> Severity:
        """The incident's severity; the most severe where the configuration dropped it: never quieter by accident."""
        return next((level for level in self.severities if level.name == incident.severity), self.severities[0])

    def rank(self, name: str) -> int:
        """0 for the most severe; an unknown name counts as that."""
        return next((rank for rank, level in enumerate(self.severities) if level.name == name), 0)

    def is_major(self, name: str) -> bool:
        """Whether it is one of the two most severe levels."""
        return self.rank(name) < MAJOR_LEVELS

    def above(self, name: str) -> Severity | None:
        """The next more severe level, or None at the top."""
        rank = self.rank(name)
        return self.severities[rank - 1] if rank else None

    def service(self, word: str) -> Service:
        """The service of that name or alias. Raises Refused with the known ones."""
        found = self._called(word)
        if found is None:
            raise Refused(known("service", word, (service.name for service in self.services)), field="services")
        return found

    def meant(self, words: Iterable[str]) -> tuple[str, ...]:
        """The services that names or aliases mean, by name; a word that means none is left out."""
        return tuple(found.name for word in words if (found := self._called(word)))

    def _called(self, word: str) -> Service | None:
        for service in self.services:
            if word.casefold() in {service.name.casefold(), *(alias.casefold() for alias in service.aliases)}:
                return service
        return None

    def services_of(self, names: Iterable[str]) -> tuple[Service, ...]:
        """The configured services among those names."""
        wanted = set(names)
        return tuple(service for service in self.services if service.name in wanted)

    def team(self, word: str) -> Team:
        """The team of that name. Raises Refused with the known ones."""
        for team in self.teams:
            if team.name.casefold() == word.casefold():
                return team
        raise Refused(known("team", word, (team.name for team in self.teams)), field="team")

    def team_of(self, incident: Incident) -> Team | None:
        """The team that owns the first of its services that has an owner."""
        owners = [service.team for service in self.services_of(incident.services) if service.team]
        return next((team for team in self.teams if owners and team.name == owners[0]), None)


def named(entries: Iterable[N], name: str | None) -> N | None:
    """The rotation, escalation policy or team of that name; None where the configuration has none, or dropped it."""
    return next((each for each in entries if each.name == name), None)
