"""Choosing the incident where the place does not tell it; afterwards the words are obeyed."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.rules.refused import Refused
from handlers import notes, verbs
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request, part, text_at
from handlers.values import Values

DOOR = "incident:pick"


async def submit(bot: Parts, request: Request, values: Values) -> Reply:
    """The picker: what was asked for, now with its incident."""
    chosen = values.text("incident")
    if not chosen.isdecimal():
        raise Refused("Choose an incident.", field="incident")
    if message := part(values.about, "message"):
        return await _record(bot, request, int(chosen), message)
    verb, spoken = verbs.line(text_at(values.about, "words"))
    return await verbs.obey(bot, request, verb, spoken.about(int(chosen)))


async def _record(bot: Parts, request: Request, number: int, message: Any) -> Reply:
    facts = {
        "text": text_at(message, "text"),
        "at": datetime.fromisoformat(text_at(message, "at")),
        "author": text_at(message, "author") or None,
        "link": text_at(message, "link") or None,
    }
    reply = await notes.record(bot, request, number, text_at(message, "where"), **facts)
    # Nothing is said in the channel of what stands in Slack already: so it is said here.
    return replace(reply, stays=True)
