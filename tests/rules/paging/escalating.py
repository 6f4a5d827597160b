"""Escalation policies to test with, who is on call, and a clock that stops wherever something is due."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.rules.calendar import Duration
from bot.rules.change import Change
from bot.rules.events import Event, NobodyAnswered, NotAcknowledged, Paged
from bot.rules.incident import Incident
from bot.rules.moment import Moment, Person
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Layer, Level, Rotation, Target
from bot.rules.policy import Policy, Service, Team
from bot.rules.reminders import next_look, remind
from tests.rules.given import ADA, BOB, CLEO, MADRID, POLICY, at

DAN, EVE, FAY = "U0DAN", "U0EVE", "U0FAY"
NAMES = {ADA: "ada", BOB: "bob", CLEO: "cleo", DAN: "dan", EVE: "eve", FAY: "fay"}
ROSTER = Roster(ids={name: each for each, name in NAMES.items()}, groups={"@data": (DAN, EVE), "@nobody": ()})
WEEK = timedelta(days=7)


def minutes(count: int) -> Duration:
    return Duration(seconds=60 * count)


def level(wait: int, *who: str) -> Level:
    """`bob`, `@data`, `#payments`, `rota:payments`, `pagerduty:db`."""
    return Level(tuple(_target(each) for each in who), minutes(wait))


def _target(name: str) -> Target:
    kind, _, rest = name.partition(":")
    if kind in {"rota", "pagerduty"}:
        return Target("rotation" if kind == "rota" else "pagerduty", rest)
    return Target({"@": "group", "#": "channel"}.get(name[0], "person"), name)  # type: ignore[arg-type]


FIRST = datetime.fromisoformat("2026-02-23 09:00")
TURNS = Layer(("bob", "dan"), WEEK, FIRST)
WATCHING = Layer(("fay",), WEEK, FIRST, shadow=True)
ROTATION = Rotation("payments", MADRID, "payments", (TURNS, WATCHING))
"""Dan from Monday 2 March 9:00 on, Bob from the 9th; Fay sees it all."""

PAYMENTS = EscalationPolicy("payments", (level(5, "bob"), level(10, "cleo"), level(15, "@data")))
SEARCH = EscalationPolicy("search", (level(5, "eve"),))


def configured(*policies: EscalationPolicy, default: str | None = None, **more: Any) -> Policy:
    """The policy of tests, with these escalation policies: of the team payments, and of search where it is there."""
    named = {each.name for each in policies}
    teams = (
        Team("payments", policy="payments" if "payments" in named else None),
        Team("search", policy="search" if "search" in named else None),
        Team("quiet"),
    )
    services = (
        Service("checkout", team="payments"),
        Service("cart", team="payments"),
        Service("search", team="search"),
        Service("blog", team="quiet"),
    )
    facts = {"teams": teams, "services": services, "policies": policies, "default_policy": default}
    return replace(POLICY, rotations=(ROTATION,), **{**facts, **more})


@dataclass
class Night:
    """One incident and its clock: `until` goes on in time and says what is due at the very moment it falls due."""

    incident: Incident
    now: datetime
    policy: Policy
    gone: tuple[str, ...] = ()
    roster: Roster = ROSTER
    events: list[tuple[datetime, Event]] = field(default_factory=list)

    @property
    def moment(self) -> Moment:
        people = {each: Person(each, active=False) for each in self.gone}
        return Moment(self.now, self.policy, people, roster=self.roster)

    def does(self, rule: Any, **facts: Any) -> Change:
        """Somebody does something now; then what is due at once is said."""
        change: Change = rule(self.incident, self.moment, **facts)
        self._take(change)
        self.until(self.now)
        return change

    def until(self, when: str | datetime) -> "Night":
        """Time goes on until then."""
        end = at(when) if isinstance(when, str) else when
        while (due := next_look(self.incident, self.moment)) and due <= end:
            self.now = max(self.now, due)
            self._take(remind(self.incident, self.moment))
        self.now = end
        return self

    def _take(self, change: Change) -> None:
        self.incident = change.incident
        self.events += [(self.now, event) for event in change.events]

    @property
    def told(self) -> list[str]:
        """`Mon 02 10:05 level 2 cleo: silence`, of all that was paged, and that nobody answered."""
        return [f"{_local(now)} {line}" for now, event in self.events if (line := _line(event))]

    @property
    def last(self) -> str:
        return self.told[-1]


def _local(moment: datetime) -> str:
    return f"{moment.astimezone(MADRID):%a %d %H:%M}"


def _line(event: Event) -> str:
    match event:
        case Paged():
            who = " ".join(_names((*event.people, *event.channels, *event.services)))
            beside = f" (beside {' '.join(_names(event.shadows))})" if event.shadows else ""
            passed = f" (not {' '.join(_names(event.passed))})" if event.passed else ""
            return f"{event.policy or 'by hand'} {event.level} {who}{beside}{passed}: {event.why}"
        case NobodyAnswered():
            passed = f" (not {' '.join(_names(event.passed))})" if event.passed else ""
            return f"{event.policy} nobody{passed}: {event.why}"
        case NotAcknowledged():
            return "not acknowledged"
    return ""


def _names(people: Iterable[str]) -> Iterable[str]:
    return [NAMES.get(each, each) for each in people]
