"""What a simulation finds: who would be told when, where, how loud and why; and which levels do not do their work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

from bot.rules.automation.rule import Automation
from bot.rules.events import Event, Paged

Place: TypeAlias = Literal["person", "channel", "room", "pagerduty", "webhook"]


@dataclass(frozen=True, slots=True)
class SetUp:
    """What the environment sets up: ways to reach people, and services of PagerDuty; None: whatever is asked for."""

    ways: frozenset[str] | None = None
    services: frozenset[str] | None = None

    def has(self, way: str) -> bool:
        """Whether something can go out by that way."""
        return self.ways is None or way in self.ways

    def has_service(self, name: str) -> bool:
        """Whether that service of PagerDuty can be told."""
        return self.services is None or name in self.services


@dataclass(frozen=True, slots=True)
class Row:
    """Somebody, or a place, would be told at `at`.

    `who` is a person's id, a channel (`#payments`), a user group, a PagerDuty service or a host; empty for the
    incident's own channel or thread. `way` is a `Way.kind`; for a place `post`, for who is added to the channel
    `invite`. `events` are what they would be told; of a page the first is the level's. `audience` is as whom they are
    told, where it is for that. `unsent`: they would be told, and nothing can go out that way here.
    """

    at: datetime
    place: Place
    who: str
    way: str
    loud: bool
    events: tuple[Event, ...] = ()
    audience: str = ""
    unsent: bool = False

    @property
    def paged(self) -> Paged | None:
        """The level for which somebody is paged; None for what is no page, though it may tell of one."""
        if self.way in {"post", "invite"}:
            return None
        return next((each for each in self.events if isinstance(each, Paged)), None)


@dataclass(frozen=True, slots=True)
class Weak:
    """A level that does not do what one is for: it comes to nobody (`nobody`), or wakes nobody up (`quiet`).

    `who` cannot be reached, or is reached quietly.
    """

    at: datetime
    policy: str
    level: int
    kind: Literal["nobody", "quiet"]
    who: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Simulation:
    """What would happen. `paging` is False where no level would page at all, `pages` where the severity never does;
    `nobody` is when each policy came to its end. `passed` were on call and cannot be reached. `later` are rules that
    wait for somebody to do something."""

    severity: str
    services: tuple[str, ...]
    at: datetime
    rows: tuple[Row, ...]
    weak: tuple[Weak, ...] = ()
    passed: tuple[str, ...] = ()
    paging: bool = False
    pages: bool = True
    nobody: tuple[tuple[datetime, str], ...] = ()
    later: tuple[Automation, ...] = ()
