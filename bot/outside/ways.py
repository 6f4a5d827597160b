"""The ways to reach people that are set up here, beside Slack."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.outside.mail import Mail
from bot.outside.ntfy import Ntfy
from bot.outside.pagerduty import PagerDuty
from bot.outside.twilio import Twilio
from bot.outside.webhook import Webhook


@dataclass(frozen=True, slots=True)
class Ways:
    """None for what the environment says nothing of."""

    mail: Mail | None = None
    ntfy: Ntfy | None = None
    twilio: Twilio | None = None
    webhook: Webhook | None = None
    pagerduty: PagerDuty = field(default_factory=PagerDuty)

    @property
    def offered(self) -> tuple[str, ...]:
        """What somebody can choose from, in the usual order."""
        return tuple(self._offered())

    def _offered(self) -> Iterable[str]:
        yield "slack"
        yield from ["mail"] if self.mail else []
        yield from ["ntfy"] if self.ntfy else []
        yield from ["sms", "voice"] if self.twilio else []
        yield from ["webhook"] if self.webhook else []
