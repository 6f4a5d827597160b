"""What is answered to who judges an alert or silences some."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.alerts.silencing import Silence
from bot.rules.policy import Policy
from bot.views.blocks import packed, section
from bot.views.message import Message, message
from bot.views.text import one_line, person, when


def accepted(number: int) -> Message:
    """It is an incident."""
    return _said(f"It is *INC-{number}* now.")


def declined() -> Message:
    """It is nothing."""
    return _said("Declined. Nobody needs to act; should it fire again later, it is asked again.")


def merged(number: int) -> Message:
    """It belongs to an incident."""
    return _said(f"It is part of *INC-{number}* now.")


def silenced(number: int, what: str, until: datetime, policy: Policy, now: datetime) -> Message:
    """From now on nothing is done with these."""
    lift = f"`{policy.command} silence lift {number}` ends it sooner."
    return _said(
        f"🔕 Silence {number}: *{one_line(what)}* until {when(until, now)}. Alerts are kept, and do nothing. {lift}"
    )


def lifted(number: int) -> Message:
    """A silence has ended."""
    return _said(f"Silence {number} has ended. What still fires is taken up at once.")


def silences(held: Sequence[Silence], policy: Policy, now: datetime) -> Message:
    """Those that hold, and the maintenance that goes on."""
    windows = [each for each in policy.alerting.maintenance if each.since <= now < each.until]
    lines = [_line(each, now) for each in held]
    lines += [f"• maintenance: *{one_line(e.what)}* until {when(e.until, now)}{_why(e.why)}" for e in windows]
    if not lines:
        return _said(f"Nothing is silent. `{policy.command} silence checkout 2h why` silences alerts.")
    text = f"{len(lines)} {'silence' if len(lines) == 1 else 'silences'}"
    lift = [f"`{policy.command} silence lift {each.number}` ends silence {each.number}." for each in held[:1]]
    ends = "".join(lift) or "It stands in the configuration."
    return message(f"{text}. {ends}", *(section(part) for part in packed([f"*{text}*", *lines, ends])))


def _line(each: Silence, now: datetime) -> str:
    by = f" by {person(each.by)}" if each.by else ""
    return f"• {each.number}: *{one_line(each.what)}* until {when(each.until, now)}{by}{_why(each.why)}"


def _why(why: str) -> str:
    return f": {one_line(why)}" if why else ""


def _said(text: str) -> Message:
    return message(text, section(text))
