"""Acknowledging, the status, the end, and back; and what becomes of the channel afterwards."""

from dataclasses import replace

from bot.rules import lifecycle, rooms
from bot.rules.lifecycle import CANCEL_REASONS
from handlers import grammar
from handlers.acting import act, known, told
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request
from handlers.values import Values


async def acknowledge(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`ack`, and the button."""
    return await act(bot, request, number, lifecycle.acknowledge)


async def acknowledge_sure(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*I'm on it*: the answer to the question whether the paging of others shall stop."""
    return replace(await act(bot, request, number, lifecycle.acknowledge, sure=True), replaces=True)


async def unacknowledge(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`unack`, and the menu."""
    return await act(bot, request, number, lifecycle.unacknowledge)


async def status(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`status monitoring error rate is falling`."""
    phase, note = grammar.first(spoken.rest)
    return await act(bot, request, number, lifecycle.change_status, status=phase, note=note)


async def submit_status(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Change status*. One that was not touched is what it is by now: somebody may have moved it."""
    incident = await known(bot, request, number)
    status = values.changed("status") or (incident.status.value if incident.is_open else values.text("status"))
    facts = {"status": status, "note": values.text("text"), "impact": values.changed("impact")}
    return await act(bot, request, number, lifecycle.change_status, **facts)


async def resolve(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`resolve rolled the deploy back`."""
    return await act(bot, request, number, lifecycle.resolve, fix=spoken.rest)


async def submit_resolve(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Resolve*."""
    facts = {name: values.text(name) for name in ("fix", "cause")}
    facts["impact"] = values.changed("impact") or ""
    return await act(bot, request, number, lifecycle.resolve, **facts)


async def reopen(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`reopen errors are back`."""
    return await told(bot, await bot.incidents.reopen(number, request.origin, why=spoken.rest))


async def submit_reopen(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Reopen*."""
    return await told(bot, await bot.incidents.reopen(number, request.origin, why=values.text("why")))


async def cancel(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`cancel duplicate of INC-9`; without one of the known reasons in front it is another one."""
    rest = spoken.rest
    line = rest.casefold()
    reason = next((known for known in CANCEL_REASONS if line == known or line.startswith(f"{known} ")), None)
    why = rest[len(reason) :].strip() if reason else rest
    return await act(bot, request, number, lifecycle.cancel, reason=reason or "other", why=why)


async def submit_cancel(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Cancel*."""
    return await act(
        bot, request, number, lifecycle.cancel, reason=values.text("reason") or "other", why=values.text("why")
    )


async def archive(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`archive`, and the button: nobody is told in a channel that is about to close, so the answer stays."""
    return replace(await act(bot, request, number, rooms.request_archive), stays=True)


async def archive_former(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """The button *Archive* for a channel that the incident has left; it carries which."""
    return replace(await act(bot, request, number, rooms.request_archive, channel=spoken.raw), stays=True)


async def keep_channel(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """The button *Keep it*; for a channel that the incident has left it carries which."""
    return await act(bot, request, number, rooms.keep_channel, channel=spoken.raw)
