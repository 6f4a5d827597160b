"""What happens to channels outside: who comes and goes, and that they are renamed, archived, deleted, or closed to us.

An event about a channel that is no incident's costs one read, and nothing else.
"""

from dataclasses import replace
from typing import Any

from bot.changes import Rule
from bot.outside.slack import Problem
from bot.rules import rooms
from bot.rules.change import Origin
from bot.rules.incident import Incident
from bot.rules.paging import attendance
from handlers import errors
from handlers.grammar import clean
from handlers.parts import Parts
from handlers.reply import NOTHING, Reply
from handlers.request import Body, Request, part, text_at


async def joined(bot: Parts, request: Request, _event: Body) -> Reply:
    """Somebody came into an incident's channel; or Tocsin itself, which may have been out of it."""
    return await _told(bot, request, rooms.returned if _is_us(bot, request) else rooms.joined, person=request.person)


async def spoke(bot: Parts, request: Request, event: Body) -> Reply:
    """Somebody wrote in an incident's channel or thread: of its commander a sign of life."""
    if request.is_bot or event.get("hidden") is True:
        return NOTHING
    incident = await bot.incidents.find(request.person, channel=request.channel, thread_ts=request.root)
    if incident and attendance.wants_sign(incident, request.person, bot.now):
        await _hear(bot, request, incident.number)
    return NOTHING


async def huddled(bot: Parts, request: Request, _event: Body) -> Reply:
    """Somebody went into a huddle, or out of it: a sign of life in all that they command."""
    for number in await bot.incidents.holding(request.person):
        incident = await bot.incidents.find(request.person, number=number)
        if incident and attendance.wants_sign(incident, request.person, bot.now):
            await _hear(bot, request, number)
    return NOTHING


def at_work(bot: Parts, request: Request, incident: Incident) -> None:
    """Somebody opens a form of an incident, or looks at it: of its commander a sign of life. Nothing waits for that."""
    if attendance.wants_sign(incident, request.person, bot.now):
        bot.running.start(_heard(bot, request, incident.number))


def in_vain(bot: Parts, request: Request, number: int) -> None:
    """What somebody did was refused, so that nothing changed: of its commander a sign of life all the same."""
    bot.running.start(_found(bot, request, number))


async def _found(bot: Parts, request: Request, number: int) -> None:
    try:
        incident = await bot.incidents.find(request.person, number=number)
    except Exception as error:
        errors.logged(error)
        return
    if incident:
        at_work(bot, request, incident)


async def _heard(bot: Parts, request: Request, number: int) -> None:
    try:
        await _hear(bot, request, number)
    except Exception as error:
        errors.logged(error)


async def _hear(bot: Parts, request: Request, number: int) -> None:
    """Kept without the request's key: once more does no harm, and an answer need not be remembered."""
    origin = replace(request.origin, key=None)
    await bot.incidents.act(number, attendance.hear, origin, person=request.person)


async def left(bot: Parts, request: Request, event: Body) -> Reply:
    """Somebody went out of an incident's channel; or Tocsin was taken out of it."""
    if _is_us(bot, request):
        return await removed(bot, request, event)
    return await _told(bot, request, rooms.left, person=request.person)


async def removed(bot: Parts, request: Request, _event: Body) -> Reply:
    """Tocsin was taken out of a channel."""
    return await _told(bot, request, rooms.gone, channel=request.channel, why="removed")


async def deleted(bot: Parts, request: Request, _event: Body) -> Reply:
    """A channel was deleted."""
    return await _told(bot, request, rooms.gone, channel=request.channel, why="deleted")


async def archived(bot: Parts, request: Request, _event: Body) -> Reply:
    """A channel was archived."""
    return await _told(bot, request, rooms.archived, channel=request.channel)


async def unarchived(bot: Parts, request: Request, _event: Body) -> Reply:
    """A channel is back from the archive; whether Tocsin is in it as well is asked first."""
    if await bot.incidents.find(None, channel=request.channel) is None:
        return NOTHING
    inside = await _is_inside(bot, request.channel)
    return await _told(bot, request, rooms.unarchived, channel=request.channel, inside=inside)


async def _is_inside(bot: Parts, channel: str | None) -> bool:
    try:
        answer = await bot.slack.ask("conversations.info", channel=channel)
    except Problem:
        return False
    return part(answer, "channel").get("is_member") is True


async def renamed(bot: Parts, request: Request, event: Body) -> Reply:
    """A channel has another name."""
    name = clean(text_at(event, "channel", "name"))
    return await _told(bot, request, rooms.renamed, name=name) if name else NOTHING


def _is_us(bot: Parts, request: Request) -> bool:
    return request.person == bot.identity().get("user_id")


async def _told(bot: Parts, request: Request, rule: Rule, **facts: Any) -> Reply:
    incident = await bot.incidents.find(None, channel=request.channel)
    if incident is not None:
        origin = Origin(actor="event", source="event", key=request.key, team=request.team)
        await bot.incidents.act(incident.number, rule, origin, **facts)
    return NOTHING
