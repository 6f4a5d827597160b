"""The ways to reach people that are set up here, beside Slack."""

import hashlib
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from bot.outside.links import Links
from bot.outside.mail import Mail
from bot.outside.ntfy import Ntfy
from bot.outside.pagerduty import PagerDuty
from bot.outside.twilio import Twilio
from bot.outside.webhook import Webhook
from bot.rules.foreseen.simulated import SetUp
from bot.settings.environment import Environment, plain


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
        parties: tuple[tuple[object, tuple[str, ...]], ...] = (
            (self.mail, ("mail",)),
            (self.ntfy, ("ntfy",)),
            (self.twilio, ("sms", "voice")),
            (self.webhook, ("webhook",)),
        )
        return ("slack", *(way for party, ways in parties if party for way in ways))

    @property
    def set_up(self) -> SetUp:
        """What can go out, for rules to know."""
        return SetUp(frozenset(self.offered), frozenset(self.pagerduty.keys))


@dataclass(frozen=True, slots=True)
class Outward:
    """How people are reached beside Slack, and how they answer there."""

    ways: Ways = field(default_factory=Ways)
    links: Links = field(default_factory=Links)


def outward(environment: Environment, secret: str) -> Outward:
    """What the environment sets up; `secret` signs links."""
    return Outward(_ways(environment, secret), Links(environment.public_url, secret))


def _own(secret: str) -> str:
    """A short name of this Tocsin's own, which tells nothing of its secret."""
    return hashlib.sha256(f"name {secret}".encode()).hexdigest()[:8]


def _ways(held: Environment, secret: str) -> Ways:
    return Ways(
        mail=Mail(plain(held.smtp_url), held.mail_from or _sender(held), own=_own(secret)) if held.smtp_url else None,
        ntfy=Ntfy(held.ntfy_url, plain(held.ntfy_token)) if held.ntfy_url else None,
        twilio=_twilio(held),
        webhook=Webhook(plain(held.webhook_secret)) if held.webhook_secret else None,
        pagerduty=PagerDuty(_keys(held), held.pagerduty_url, f"tocsin-{_own(secret)}"),
    )


def _twilio(held: Environment) -> Twilio | None:
    if not (held.twilio_account_sid and held.twilio_auth_token and held.twilio_from):
        return None
    return Twilio(held.twilio_account_sid, plain(held.twilio_auth_token), held.twilio_from, held.twilio_url)


def _keys(held: Environment) -> dict[str, str]:
    """`payments=R1, search=R2`."""
    pairs = (each.partition("=") for each in plain(held.pagerduty_routing_keys).split(",") if each.strip())
    return {name.strip(): key.strip() for name, _, key in pairs}


def _sender(held: Environment) -> str:
    """Who mails come from where nothing else is said: `tocsin` at the host of the server, or who signs in there."""
    parts = urlsplit(plain(held.smtp_url))
    user = unquote(parts.username or "")
    return user if "@" in user else f"tocsin@{parts.hostname}"
