"""Updates, and the promise of the next one."""

from datetime import timedelta

from bot.rules import reminders
from bot.rules import updates as rule
from bot.rules.calendar import Duration
from bot.rules.refused import Refused
from handlers.acting import act
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request
from handlers.values import Values


async def update(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`update the database is failing over`."""
    return await act(bot, request, number, rule.update, text=spoken.rest)


async def submit_update(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Post update*."""
    facts = {
        "text": values.text("text"),
        "impact": values.changed("impact"),
        "next_in": _next_in(values.text("next_in")),
        "status": values.changed("status") or None,
    }
    return await act(bot, request, number, rule.update, **facts)


def _next_in(text: str) -> Duration | None:
    try:
        return Duration.parse(text) if text else None
    except ValueError as error:
        raise Refused(f"Write the time until the next update as {_expected(error)}.", field="next_in") from None


def _expected(error: ValueError) -> str:
    return str(error).removeprefix("expected ")


async def snooze(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`snooze 30m`, and the buttons; a number alone is minutes."""
    return await act(bot, request, number, rule.snooze, wait=wait(spoken.rest))


async def submit_snooze(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Snooze*."""
    return await act(bot, request, number, rule.snooze, wait=wait(values.text("minutes")))


def wait(text: str) -> timedelta:
    """How long somebody wants to snooze. Raises Refused for what is no length of time."""
    try:
        length = Duration.parse(f"{text}m" if text.isdecimal() else text)
    except ValueError:
        raise Refused("Say for how long: `30m`, `2h`.", field="minutes") from None
    if length.business_days:
        raise Refused("Snooze for minutes or hours: `30m`, `2h`.", field="minutes")
    return timedelta(days=length.days, seconds=length.seconds)


async def keep_awake(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """The button *Keep awake*."""
    return await act(bot, request, number, reminders.keep_awake)


async def submit_in_hand(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *In hand*."""
    return await act(bot, request, number, reminders.in_hand, why=values.text("why"))
