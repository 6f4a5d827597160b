"""What Slack tells by itself: one table. An event is acknowledged when its work is done; a repeat joins that work."""

import asyncio
import re
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from bot.outside.about import about
from bot.outside.slack import Problem
from bot.rules.refused import Refused
from handlers import notes, permitted, places, replies, verbs, workspace
from handlers.answering import PATIENCE, finished
from handlers.messages import written
from handlers.parts import Parts
from handlers.reply import NOTHING, Reply
from handlers.request import Body, Request, Source, from_event, part, text_at
from handlers.strangers import standing, standing_of_known

PUSHPIN = "pushpin"
REMEMBERED = 1_000
"""Events that this process knows to be repeats; the store knows those of a day."""

Told: TypeAlias = Callable[[Parts, Request, Body], Coroutine[Any, Any, Reply]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of event: which way its reply goes, and what it does; one `is_of_place` may name nobody."""

    source: Source
    run: Told
    is_of_place: bool = False


async def mentioned(bot: Parts, request: Request, event: Body) -> Reply:
    """`@Tocsin ack`: the same grammar as the slash command's, in channels and in threads.

    A bot is not answered, unless a permission is for bots.
    """
    words = _behind_mention(bot, text_at(event, "text"))
    verb, _ = verbs.line(words)
    door = verb.door if verb else None
    if request.is_bot and (request.person == _ourselves(bot) or not permitted.welcomes(bot, request, door)):
        return NOTHING
    permitted.require_welcome(bot, request, door)
    verb, spoken = verbs.line(await _named(bot, words))
    return await verbs.obey(bot, request, verb, spoken)


def _behind_mention(bot: Parts, text: str) -> str:
    """What follows the bot's name; all but the name where nothing follows."""
    ours = _ourselves(bot)
    name = re.escape(ours) if ours else "[UW][A-Z0-9]+"
    before, found, after = _split(text, re.compile(rf"<@{name}(?:\|[^<>]*)?>[:,]?"))
    return after.strip() if found and after.strip() else before.strip()


def _ourselves(bot: Parts) -> str:
    ours = bot.identity().get("user_id")
    return ours if isinstance(ours, str) else ""


def _split(text: str, mention: re.Pattern[str]) -> tuple[str, bool, str]:
    found = mention.search(text)
    return (text[: found.start()], True, text[found.end() :]) if found else (text, False, "")


async def _named(bot: Parts, text: str) -> str:
    """The text with the people in it named, as a slash command brings them."""
    for identity in dict.fromkeys(re.findall(r"<@([UW][A-Z0-9]+)>", text)):
        person = await bot.person(identity)
        if person and person.name:
            text = text.replace(f"<@{identity}>", f"<@{identity}|{re.sub('[<>|]', '', person.name)}>")
    return text


async def reacted(bot: Parts, request: Request, event: Body) -> Reply:
    """📌 under a message of an incident's channel or announcement thread puts it into the timeline."""
    if text_at(event, "reaction") != PUSHPIN or text_at(event, "item", "type") != "message":
        return NOTHING
    ts = text_at(event, "item", "ts")
    try:
        message = await _message(bot, request.channel, ts)
    except Problem as problem:
        return await _unreadable(bot, request, problem)
    if message is None:
        return NOTHING
    thread = text_at(message, "thread_ts") or None
    incident = await bot.incidents.find(request.person, channel=request.channel, thread_ts=thread or ts)
    if incident is None:
        return NOTHING
    found = written(bot, message, request.channel)
    known = replace(request, standing=await standing_of_known(bot, request))
    reply = await notes.record(bot, known, incident.number, found.where, **found.facts)
    return replace(reply, thread=thread)


async def _unreadable(bot: Parts, request: Request, problem: Problem) -> Reply:
    """Said only where it concerns an incident: elsewhere a pushpin is nobody's business."""
    incident = await bot.incidents.find(request.person, channel=request.channel)
    if incident is None:
        return NOTHING
    raise Refused(
        f"Slack did not give me that message ({problem.code}), so it is not in the timeline of {incident.name}. "
        f"Set the pushpin again, or type it: `{bot.policy.command} event 14:05 …`."
    )


async def _message(bot: Parts, channel: str | None, ts: str) -> Body | None:
    """The message of that ts, in the channel or in one of its threads."""
    # A thread comes with its parent, whatever the bounds: that is one more.
    bounds = {"channel": channel, "oldest": ts, "latest": ts, "inclusive": True, "limit": 2}
    for method, more in (("conversations.history", {}), ("conversations.replies", {"ts": ts})):
        try:
            answer = await bot.slack.ask(method, **bounds, **more)
        except Problem as problem:
            if problem.code in {"thread_not_found", "message_not_found"}:
                continue
            raise
        found = answer.get("messages")
        for message in found if isinstance(found, list) else []:
            if text_at(message, "ts") == ts:
                return part(message)
    return None


EVENTS: dict[str, Kind] = {
    "app_mention": Kind("mention", mentioned),
    "app_home_opened": Kind("event", workspace.opened_home),
    "reaction_added": Kind("emoji", reacted),
    "member_joined_channel": Kind("event", places.joined),
    "member_left_channel": Kind("event", places.left),
    "channel_archive": Kind("event", places.archived, is_of_place=True),
    "channel_deleted": Kind("event", places.deleted, is_of_place=True),
    "channel_left": Kind("event", places.removed, is_of_place=True),
    "channel_rename": Kind("event", places.renamed, is_of_place=True),
    "channel_unarchive": Kind("event", places.unarchived, is_of_place=True),
    "group_archive": Kind("event", places.archived, is_of_place=True),
    "group_deleted": Kind("event", places.deleted, is_of_place=True),
    "group_left": Kind("event", places.removed, is_of_place=True),
    "group_rename": Kind("event", places.renamed, is_of_place=True),
    "group_unarchive": Kind("event", places.unarchived, is_of_place=True),
    "message": Kind("event", places.spoke),
    "team_join": Kind("event", workspace.changed),
    "user_change": Kind("event", workspace.changed),
    "user_huddle_changed": Kind("event", places.huddled),
}

SUBSCRIBED = {"message": ("message.channels", "message.groups")}
"""Events that Slack's configuration has under other names."""


@dataclass
class Repeats:
    """The work of the latest events by their id, so that an event told again joins the work on it."""

    known: OrderedDict[str, asyncio.Task[None]] = field(default_factory=OrderedDict)

    def keep(self, key: str, task: asyncio.Task[None]) -> None:
        """Remembers the work, and forgets the oldest."""
        self.known[key] = task
        while len(self.known) > REMEMBERED:
            self.known.popitem(last=False)


async def told(bot: Parts, repeats: Repeats, body: Body) -> None:
    """Something that Slack tells: returns when it is dealt with."""
    event = part(body, "event")
    kind = EVENTS.get(text_at(event, "type"))
    if kind is None:
        return
    request = from_event(body, kind.source)
    request = replace(request, standing=standing(bot, request))
    if not (request.is_of_place if kind.is_of_place else request.is_whole):
        return
    task = repeats.known.get(request.key)
    if task is None:
        with about(actor=request.origin.actor, request=request.key):
            task = bot.running.start(_dealt_with(bot, request, kind, event))
        repeats.keep(request.key, task)
    await asyncio.shield(task)


async def _dealt_with(bot: Parts, request: Request, kind: Kind, event: Body) -> None:
    work = bot.running.start(finished(bot, request, kind.run(bot, request, event)))
    done, _ = await asyncio.wait({work}, timeout=PATIENCE)
    if not done and kind.source == "mention":
        await replies.send(bot, request, replies.waiting())
    reply = await work
    bot.running.start(replies.send(bot, request, reply))
