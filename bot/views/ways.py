"""The ways to reach people, by name, and why one of them did not."""

from collections.abc import Mapping

from bot.rules.paging.reaching import PAGE

NAMES: Mapping[str, str] = {
    "slack": "Slack",
    "mail": "mail",
    "ntfy": "ntfy",
    "sms": "text message",
    "voice": "phone call",
    "webhook": "webhook",
}
"""Each way, within a sentence."""

WHY: Mapping[str, str] = {
    "not_set_up": "that way is not set up in this Tocsin",
    "no_address": "there is no address for it any more",
    "refused": "the other side refuses it",
    "address": "what is set for it is no address",
}
"""Reasons of our own; all else is a code of the other side's."""

TWILIO = "`TWILIO_ACCOUNT_SID`, `TWILIO_AUTH_TOKEN` and `TWILIO_FROM`"
WANTED: Mapping[str, str] = {
    "mail": "`SMTP_URL`",
    "ntfy": "`NTFY_URL`",
    "sms": TWILIO,
    "voice": TWILIO,
    "webhook": "`WEBHOOK_SECRET`",
}
"""What the environment has to say before a way can be gone."""

NEXT = "your next way is tried at once, if you have one."
CURE = f"{NEXT} Set it right in Home under *How to reach me*."
PAGERDUTY = "The next level is paged at once. Whoever runs Tocsin: look at `PAGERDUTY_ROUTING_KEYS`."
OUTSIDE = frozenset({"audience_mail", "pagerduty", "webhook"})
"""What goes out beside pages, past Slack."""


def is_page(what: str) -> bool:
    """Whether a call of that kind pages somebody."""
    return what.startswith(PAGE)


def named(what: str) -> str:
    """The way of a call that pages: `text message` of `page_sms`."""
    way = what.removeprefix(PAGE)
    return NAMES.get(way, way)


def wanted(what: str, reason: str) -> str:
    """What to set in the environment, where that is why it did not go out; otherwise nothing."""
    way = "mail" if what == "audience_mail" else what.removeprefix(PAGE)
    return WANTED.get(way, "") if reason == "not_set_up" else ""


def why(what: str, reason: str) -> str:
    """Why something did not go out past Slack, within a sentence; nothing where it is Slack's own reason."""
    if what not in OUTSIDE and (not is_page(what) or what == f"{PAGE}slack"):
        return ""
    return WHY.get(reason, f"the answer was `{reason.replace('`', '')}`")
