"""What rule tests start from: the built-in policy in Madrid, literal times, an incident as declared."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules.calendar import Calendar
from bot.rules.change import Change
from bot.rules.declaring import declare
from bot.rules.incident import Incident
from bot.rules.moment import Moment, Person
from bot.rules.policy import Policy, Service, Team
from bot.settings.policy import load_policy

ADA, BOB, CLEO = "U0ADA", "U0BOB", "U0CLEO"
MADRID = ZoneInfo("Europe/Madrid")
HOLIDAY = date(2026, 3, 19)

POLICY: Policy = replace(
    load_policy(None),
    calendar=Calendar(timezone=MADRID, holidays=frozenset({HOLIDAY})),
    teams=(Team("payments", channel="#payments", group="@payments-oncall"), Team("silent")),
    services=(
        Service("checkout", aliases=("cart",), team="payments"),
        Service("search"),
        Service("mail", team="silent"),
    ),
)


def at(text: str) -> datetime:
    """`2026-03-02 14:05`, Madrid's clock."""
    return datetime.fromisoformat(text).replace(tzinfo=MADRID).astimezone(UTC)


def moment(text: str, *, gone: tuple[str, ...] = (), bots: tuple[str, ...] = ()) -> Moment:
    """The moment at that time, with people who have left, and bots."""
    people = {each: Person(each, active=False) for each in gone} | {each: Person(each, bot=True) for each in bots}
    return Moment(at(text), POLICY, people)


MONDAY = "2026-03-02 10:00"
"""When incidents are declared unless a test says otherwise: within business hours."""


def declared(severity: str = "sev1", when: str = MONDAY, **facts: Any) -> Incident:
    """INC-12, as Ada declared it."""
    return declare(moment(when), number=12, by=ADA, title="Checkout is down", severity=severity, **facts).incident


def after(incident: Incident, *steps: Any) -> Incident:
    """The incident after changes, each a function from the incident before."""
    for step in steps:
        change: Change = step(incident)
        incident = change.incident
    return incident
