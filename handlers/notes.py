"""What goes into the timeline by hand: notes, and events with their own time."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.rules import notes as rule
from handlers import permitted, times
from handlers.acting import act, known
from handlers.grammar import Spoken
from handlers.messages import key
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request, text_at
from handlers.values import Values


async def note(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`note disk is at 97 %`."""
    return await act(bot, request, number, rule.note, text=spoken.rest)


async def submit_note(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Add note*."""
    return await act(bot, request, number, rule.note, text=values.text("text"))


async def event(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`event 14:05 rolled the deploy back`."""
    at, text = times.read(spoken.rest, bot.now, await bot.zone_of(request.person))
    return await act(bot, request, number, rule.record_event, text=text, at=at)


async def submit_event(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Record an event*; its time is chosen, or typed."""
    at = values.moment("at")
    if at is None:
        at = await _typed(bot, request, values.text("at"))
    facts = {"author": text_at(values.about, "author") or None, "link": text_at(values.about, "link") or None}
    return await act(bot, request, number, rule.record_event, text=values.text("text"), at=at, **facts)


async def record(bot: Parts, request: Request, number: int, where: str, **facts: Any) -> Reply:
    """A message goes into the timeline: once, whoever marks it. Raises Refused, which is kept for nobody else."""
    await permitted.require(bot, request, "incident:event", await known(bot, request, number))
    return await act(bot, replace(request, key=key(where, number)), number, rule.record_event, **facts)


async def _typed(bot: Parts, request: Request, text: str) -> datetime:
    return times.read(text, bot.now, await bot.zone_of(request.person))[0] if text else bot.now
