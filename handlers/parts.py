"""What the handlers are given."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.alerts import Alerts
from bot.changes import Changes
from bot.incidents import Incidents
from bot.outside.clock import Clock
from bot.outside.metrics import Metrics
from bot.outside.slack import Slack
from bot.outside.ways import Outward
from bot.rules.calendar import zone
from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.policy import Policy
from bot.teams import Teams
from handlers.running import Once, Running


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of the bot that handlers speak to.

    `identity` gives Slack's kept answer to `auth.test`, empty until there is one; `person` what is kept about somebody.
    """

    incidents: Incidents
    slack: Slack
    clock: Clock
    token: str
    identity: Callable[[], Mapping[str, Any]]
    person: Callable[[PersonId], Awaitable[Person | None]]
    signing_secret: str = ""
    running: Running = field(default_factory=Running)
    beside: Once = field(default_factory=Once)
    metrics: Metrics = field(default_factory=Metrics)
    outward: Outward = field(default_factory=Outward)

    @property
    def alerts(self) -> Alerts:
        """The doors of alerts."""
        return Alerts(self.changes)

    @property
    def teams(self) -> Teams:
        """The doors of teams' on-call duty."""
        return Teams(self.changes)

    @property
    def changes(self) -> Changes:
        """The one way anything changes."""
        return self.incidents.changes

    @property
    def policy(self) -> Policy:
        """The configuration in force."""
        return self.incidents.policy

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.clock.now()

    async def zone_of(self, person: PersonId) -> ZoneInfo:
        """The zone that somebody's Slack shows times in; the configured one while Slack has not told us."""
        known = await self.person(person)
        return zone(known.timezone if known else None, self.policy.calendar.timezone)
