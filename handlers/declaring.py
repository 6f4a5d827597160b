"""Declaring: by words, by modal, from a message; and what it may be the same as."""

import asyncio
import logging
from dataclasses import replace
from typing import Any

from bot.outside.slack import Problem
from bot.rules.declaring import Over
from bot.rules.duplicates import MOST
from bot.rules.incident import Incident
from bot.views import modals, replies
from handlers import errors, permitted
from handlers.acting import known, told
from handlers.grammar import Declaration, Spoken, declaration
from handlers.looking import is_severity
from handlers.parts import Parts
from handlers.reply import Form, Reply, View
from handlers.request import Body, Request, carried, part, text_at
from handlers.values import Values, read

DOOR = "incident:declare"
PATIENCE = 1.5
"""Seconds of machine time that a modal waits for what may be the same; a trigger lives for 3."""

KINDS = {"near miss": "near miss", "test": "test"}
"""What the modal asks for by name; all else is an incident."""
ENDED = frozenset({"over", "near miss"})
"""What has ended when it is declared."""

log = logging.getLogger("tocsin.handlers")


def said(bot: Parts, spoken: Spoken) -> Declaration:
    """Title, severity, privacy and whether it is a test, in a line. Raises Refused for a severity that is none."""
    words = declaration(spoken.raw, lambda word: is_severity(bot, word))
    return replace(words, test=True) if spoken.word == "drill" else words


async def declare(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`declare sev1 Checkout is down`; where title or severity is missing the modal opens."""
    words = said(bot, spoken)
    if not words.title or not words.severity:
        return Reply(form=Form(DOOR, spoken))
    return await _declare(
        bot,
        request,
        asks=not words.private,
        title=words.title,
        severity=bot.policy.severity(words.severity).name,
        private=words.private,
        kind="test" if words.test else "incident",
    )


async def submit(bot: Parts, request: Request, values: Values) -> Reply:
    """The modal *Declare*."""
    chosen = values.text("kind")
    return await _declare(
        bot,
        request,
        asks=False,
        title=values.text("title"),
        severity=values.text("severity"),
        services=values.several("services"),
        affected=values.text("affected"),
        private=bool(values.several("private")),
        noticed_by=values.text("noticed_by") or "colleague",
        began=values.moment("began"),
        quote=text_at(values.about, "quote"),
        link=text_at(values.about, "link") or None,
        kind=KINDS.get(chosen, "incident"),
        over=_over(values) if chosen in ENDED else None,
    )


def _over(values: Values) -> Over:
    times = {name: values.moment(name) for name in ("began", "detected", "mitigated", "resolved")}
    return Over(**times, fix=values.text("fix"))


async def _declare(bot: Parts, request: Request, *, asks: bool, **facts: Any) -> Reply:
    """Declares, and `asks` in the same reply whether it is one of those that are open already."""
    if asks:
        answer, same = await bot.incidents.declare_asking(request.origin, **facts)
    else:
        answer, same = await bot.incidents.declare(request.origin, **facts), ()
    if answer.refused is not None:
        return await told(bot, answer)
    return Reply(replies.made(answer, bot.policy, same, bot.now), stays=True)


async def another(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*It is another*: the answer to the declaration stays, without the question."""
    return Reply(replies.another(await known(bot, request, number)), replaces=True)


async def _similar(bot: Parts, request: Request, **facts: Any) -> tuple[Incident, ...]:
    """What may be the same as what is about to be declared."""
    return await _in_time(bot.running.start(_looked_up(bot, request, facts)))


async def _in_time(looking: asyncio.Task[tuple[Incident, ...]]) -> tuple[Incident, ...]:
    """What was found; nothing where the store does not tell it soon: nobody is held up for that."""
    done, _ = await asyncio.wait({looking}, timeout=PATIENCE)
    return looking.result() if done else ()


async def _looked_up(bot: Parts, request: Request, facts: dict[str, Any]) -> tuple[Incident, ...]:
    try:
        return await bot.incidents.similar(request.person, **facts) if await permitted.may_look(bot, request) else ()
    except Exception as error:
        errors.logged(error)
        return ()


async def opened(bot: Parts, request: Request, spoken: Spoken) -> View:
    """The modal with what was typed. Raises Refused."""
    await permitted.require(bot, request, DOOR)
    words = said(bot, spoken)
    severity = bot.policy.severity(words.severity).name if words.severity else None
    kind = "test" if words.test else "now"
    return await view(bot, request, title=words.title, severity=severity, private=words.private, kind=kind)


async def view(bot: Parts, request: Request, *, kind: str = "now", **shown: Any) -> View:
    """The modal that declares, with what is open on the same services or young."""
    services = shown.get("services", ())
    same: tuple[Incident, ...] = ()
    if kind not in ENDED:
        same = await _similar(bot, request, services=services, kind=KINDS.get(kind, "incident"))
    facts = {"channel": request.channel, "kind": kind, "similar": same[:MOST], "now": bot.now, **shown}
    return modals.declare(bot.policy, **facts)


async def turned(bot: Parts, request: Request, body: Body) -> None:
    """Kind or services were chosen in the modal: it is made anew, and Slack keeps what was typed in the rest."""
    try:
        made = await _turned(bot, request, part(body, "view"))
        await bot.slack.call("views.update", view_id=request.view, view=made)
    except Problem as problem:
        log.warning("The form that declares was not changed: %s", problem.code)
    except Exception as error:
        errors.logged(error)


async def _turned(bot: Parts, request: Request, seen: Body) -> View:
    values, about = read(seen), carried(seen)
    where = replace(request, channel=text_at(about, "channel") or None)
    return await view(
        bot,
        where,
        title=values.text("title"),
        severity=values.text("severity") or None,
        private=bool(values.several("private")),
        services=values.several("services"),
        kind=values.text("kind") or "now",
        quote=text_at(about, "quote"),
        link=text_at(about, "link") or None,
    )
