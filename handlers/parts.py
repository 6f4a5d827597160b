"""What the handlers are given."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.alerts import Alerts
from bot.incidents import Incidents
from bot.outside.clock import Clock
from bot.outside.metrics import Metrics
from bot.outside.slack import Slack
from bot.outside.ways import Outward
from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.policy import Policy
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
        return Alerts(self.incidents.changes)

    @property
    def policy(self) -> Policy:
        """The configuration in force."""
        return self.incidents.policy

    @property
    def now(self) -> datetime:
        """The moment."""
        return self.clock.now()
