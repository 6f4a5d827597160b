"""Alerts and reports that wait to be judged: accept, decline, merge."""

from dataclasses import replace

from bot.rules.change import Answer
from bot.rules.refused import Refused
from bot.views import replies
from bot.views.message import Message
from bot.views.modals import alerts as modals
from bot.views.replies import alerts as wording
from handlers import permitted
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Form, Reply, View
from handlers.request import Request, text_at
from handlers.values import Values

MERGE = modals.DOOR
MOST = 501
"""Incidents to choose from."""


async def accept(bot: Parts, request: Request, _argument: str, value: str) -> Reply:
    """*Accept*: it is an incident."""
    answer = await bot.alerts.accept(_subject(value), request.origin)
    return _told(answer, wording.accepted(answer.number or 0))


async def decline(bot: Parts, request: Request, _argument: str, value: str) -> Reply:
    """*Decline*: it is nothing."""
    return _told(await bot.alerts.decline(_subject(value), request.origin), wording.declined())


async def merge(_bot: Parts, _request: Request, _argument: str, value: str) -> Reply:
    """*Merge*: asks into which one."""
    return Reply(form=Form(MERGE, Spoken("", raw=_subject(value))))


async def opened(bot: Parts, request: Request, spoken: Spoken) -> View:
    """The modal *Merge*. Raises Refused."""
    await permitted.require(bot, request, MERGE)
    group = await bot.alerts.group(_subject(spoken.raw))
    found, _ = await bot.incidents.listed(request.person, {}, MOST)
    return modals.merge_alert(group, [each for each in found if each.is_open and each.kind == "incident"])


async def submit(bot: Parts, request: Request, values: Values) -> Reply:
    """The modal is handed in."""
    chosen = values.text("into")
    if not chosen.isdecimal() or len(chosen) >= 10:
        raise Refused("Choose the incident that this belongs to.", field="into")
    answer = await bot.alerts.merge(_subject(text_at(values.about, "alert")), int(chosen), request.origin)
    return replace(_told(answer, wording.merged(int(chosen))), stays=True)


def _subject(value: str) -> str:
    if not value.startswith("alert:") or len(value) > 200:
        raise Refused("This is from another time: there is no such alert.")
    return value


def _told(answer: Answer, message: Message) -> Reply:
    if answer.refused is not None:
        return Reply(replies.refused(answer.refused, passable=answer.passable), refused=answer.refused, field="into")
    return Reply(message)
