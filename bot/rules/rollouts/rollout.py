"""One change of something that runs, and which of them concern an incident."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rules.events import RolledOut, Words
from bot.rules.policy import Policy

KINDS: tuple[str, ...] = ("deploy", "flag", "configuration", "migration")
KEPT_FOR = timedelta(days=90)
"""How long one is kept."""

FOUND = 10
"""The newest of those that an incident finds are written into its timeline."""


@dataclass(frozen=True, slots=True)
class Rollout:
    """Something was changed at that moment. `id` tells a repeat; `service` is the configured name where there is one.

    `title`, `by` and the rest are plain text, as the sender wrote them; `url` leads to more, `told_at` is when it was
    told.
    """

    id: str
    kind: str
    at: datetime
    title: str
    service: str = ""
    by: str = ""
    url: str | None = None
    environment: str = ""
    version: str = ""
    told_at: datetime | None = field(default=None, compare=False)


def concerned(policy: Policy, services: Iterable[str]) -> tuple[str, ...]:
    """The services whose changes matter to an incident on these: their own, and the others of their teams.

    None at all stand for every service.
    """
    own = tuple(dict.fromkeys(services))
    teams = {each.team for each in policy.services_of(own) if each.team}
    return tuple(dict.fromkeys((*own, *(each.name for each in policy.services if each.team in teams))))


def matters(rollout: Rollout, names: tuple[str, ...]) -> bool:
    """Whether it is on one of the services; where none is named every one is."""
    return not names or rollout.service in names


def event(rollout: Rollout, *, during: bool = False) -> RolledOut:
    """The change as a timeline tells of it."""
    return RolledOut(
        kind=rollout.kind,
        service=rollout.service,
        at=rollout.at,
        title=Words(rollout.title),
        by=Words(rollout.by),
        url=rollout.url,
        environment=rollout.environment,
        version=rollout.version,
        during=during,
    )
