"""How long rules take that look far: a year's shifts of 50 people, a whole night simulated, eight weeks checked."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.rules.foreseen.simulation import simulate
from bot.rules.moment import Moment
from bot.rules.oncall.coverage import Known
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.shifts import Override, shifts
from bot.rules.oncall.warnings import warned
from bot.rules.paging.reaching import Reach, Way
from bot.rules.policy import Policy
from bot.settings.document import Document
from bot.settings.policy import read_policy
from tests.bench.figures import Figure, progress

PEOPLE, TEAMS, OVERRIDES = 50, 10, 100
TIMES = 5
NOW = datetime(2026, 3, 28, 1, 30, tzinfo=UTC)
"""The night before the clocks of Madrid change."""


def measured() -> list[Figure]:
    """In milliseconds, the best of a few: what the machine does beside is none of it."""
    progress("schedules and a simulation")
    policy, roster = configured(), crew()
    moment = Moment(NOW, policy, roster=roster)
    reaches = {each: Reach(each, (Way("slack"), Way("sms", "+1"), Way("voice", "+1"))) for each in roster.ids.values()}
    year, daily = timedelta(days=366), policy.rotations[0]

    def night() -> Any:
        return simulate(moment, reaches, severity="SEV1", services=tuple(each.name for each in policy.services))

    return [
        Figure(
            f"a year of shifts, {PEOPLE} people",
            _best(lambda: shifts(daily, NOW, NOW + year, roster.overrides)),
            "ms",
            50,
        ),
        Figure(f"simulate, {TEAMS} teams at once", _best(night), "ms", 200),
        Figure(f"eight weeks checked, {TEAMS} teams", _best(lambda: warned(policy, NOW, Known(roster), reaches)), "ms"),
    ]


def configured() -> Policy:
    """A rotation of all 50 with twelve-hour shifts, and one each of ten teams, which page three levels twice over."""
    names = [f"person {number}" for number in range(PEOPLE)]
    rotations: list[dict[str, Any]] = [{"name": "everybody", "people": names, "shift": "12h", "team": "team 0"}]
    rotations += [
        {"name": f"rotation {number}", "people": names[number * 5 : number * 5 + 5], "team": f"team {number}"}
        for number in range(TEAMS)
    ]
    data = {
        "timezone": "Europe/Madrid",
        "people": [{"name": name, "slack": f"U{number:04}"} for number, name in enumerate(names)],
        "teams": [{"name": f"team {number}", "policy": f"policy {number}"} for number in range(TEAMS)],
        "services": [{"name": f"service {number}", "team": f"team {number}"} for number in range(TEAMS)],
        "rotations": rotations,
        "policies": [
            {
                "name": f"policy {number}",
                "repeat": 1,
                "levels": [{"page": f"rotation {number}"}, {"page": "everybody"}, {"page": names[number]}],
            }
            for number in range(TEAMS)
        ],
        "default_policy": "policy 0",
    }
    return read_policy(Document("bench", data, None))


def crew() -> Roster:
    """Who the people are, and a hundred shifts that somebody took over."""
    ids = {f"person {number}": f"U{number:04}" for number in range(PEOPLE)}
    taken = (
        Override(number, "everybody", f"U{number % PEOPLE:04}", NOW + timedelta(days=3 * number), _end(number))
        for number in range(1, OVERRIDES)
    )
    return Roster(ids, tuple(taken))


def _end(number: int) -> datetime:
    return NOW + timedelta(days=3 * number, hours=9)


def _best(work: Callable[[], Any]) -> float:
    """Milliseconds."""
    took = []
    for _ in range(TIMES):
        began = time.perf_counter()
        work()
        took.append((time.perf_counter() - began) * 1000)
    return min(took)
