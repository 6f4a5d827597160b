"""Declaring: by words, by modal, from a message."""

from typing import Any

from bot.views import replies
from handlers.acting import told
from handlers.grammar import Declaration, Spoken, declaration
from handlers.looking import is_severity
from handlers.parts import Parts
from handlers.reply import Form, Reply
from handlers.request import Request, text_at
from handlers.values import Values

DOOR = "incident:declare"


def said(bot: Parts, spoken: Spoken) -> Declaration:
    """Title, severity and privacy in a line. Raises Refused for a severity that is none."""
    return declaration(spoken.raw, lambda word: is_severity(bot, word))


async def declare(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`declare sev1 Checkout is down`; where title or severity is missing the modal opens."""
    words = said(bot, spoken)
    if not words.title or not words.severity:
        return Reply(form=Form(DOOR, spoken))
    return await _declare(
        bot,
        request,
        title=words.title,
        severity=bot.policy.severity(words.severity).name,
        private=words.private,
    )


async def submit(bot: Parts, request: Request, values: Values) -> Reply:
    """The modal *Declare*."""
    return await _declare(
        bot,
        request,
        title=values.text("title"),
        severity=values.text("severity"),
        services=values.several("services"),
        affected=values.text("affected"),
        private=bool(values.several("private")),
        noticed_by=values.text("noticed_by") or "colleague",
        began=values.moment("began"),
        quote=text_at(values.about, "quote"),
        link=text_at(values.about, "link") or None,
    )


async def _declare(bot: Parts, request: Request, **facts: Any) -> Reply:
    answer = await bot.incidents.declare(request.origin, **facts)
    if answer.refused is not None:
        return await told(bot, answer)
    return Reply(replies.made(answer, bot.policy), stays=True)
