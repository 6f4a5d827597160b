"""The words of the slash command and of a mention: one table."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.views import replies
from bot.views.message import Message
from handlers import declaring, grammar, lifecycle, looking, notes, roles, services, severity, times, updates
from handlers.acting import meant
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Form, Reply
from handlers.request import Request

Act: TypeAlias = Callable[[Parts, Request, int, Spoken], Awaitable[Reply]]
Look: TypeAlias = Callable[[Parts, Request, Spoken], Awaitable[Reply]]
Needs: TypeAlias = Callable[[Spoken], str | None]


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that people type. `run` does it where an incident is meant, `look` where none is needed.

    `needs` is the door of the modal that asks for what the words leave out, or None when everything is there.
    `takes` says what follows: text; a number that is no incident; or nothing but the incident.
    """

    name: str
    aliases: tuple[str, ...]
    usage: str
    help: str
    door: str
    run: Act | None = None
    look: Look | None = None
    needs: Needs = lambda _spoken: None
    takes: Literal["text", "number", "nothing"] = "text"


def _text(door: str) -> Needs:
    return lambda spoken: None if spoken.rest else door


def _status(spoken: Spoken) -> str | None:
    if spoken.rest.casefold() == "resolved":
        return "incident:resolve"
    return None if spoken.rest else "incident:status"


def _role(spoken: Spoken) -> str | None:
    words = spoken.unpeopled.split()
    return None if len(words) > 1 or (words and spoken.people) else "incident:role"


def _event(spoken: Spoken) -> str | None:
    return None if times.begins_with_time(spoken.rest) and times.has_text(spoken.rest) else "incident:event"


async def _help(bot: Parts, _request: Request, spoken: Spoken) -> Reply:
    verb = named(spoken.rest.split()[0].casefold()) if spoken.rest else None
    if spoken.rest and verb is None:
        return Reply(unknown(bot, spoken.rest.split()[0]))
    return Reply(replies.help_((verb,) if verb else VERBS, bot.policy))


VERBS: tuple[Verb, ...] = (
    Verb(
        "declare",
        ("new", "open", "create"),
        "declare [private] [sev1] <title>",
        "Opens an incident; what is missing is asked.",
        "incident:declare",
        look=declaring.declare,
    ),
    Verb(
        "ack", ("acknowledge",), "ack", "You have it.", "incident:acknowledge", lifecycle.acknowledge, takes="nothing"
    ),
    Verb(
        "unack",
        ("unacknowledge",),
        "unack",
        "Nobody has it; the clock runs on.",
        "incident:unacknowledge",
        lifecycle.unacknowledge,
        takes="nothing",
    ),
    Verb(
        "status",
        (),
        "status <phase> [note]",
        "Investigating, identified, mitigating, monitoring or resolved; with a note it is an update.",
        "incident:status",
        lifecycle.status,
        needs=_status,
    ),
    Verb(
        "severity",
        ("sev",),
        "severity <sev2> [why]",
        "Raises or lowers it; with a reason it is an update.",
        "incident:severity",
        severity.severity,
        needs=_text("incident:severity"),
    ),
    Verb(
        "command",
        ("commander", "ic", "claim"),
        "command [@somebody]",
        "You command, or somebody else does.",
        "incident:command",
        roles.command,
        takes="nothing",
    ),
    Verb(
        "lead",
        ("sme",),
        "lead <@somebody>",
        "Who looks for the cause and the fix.",
        "incident:role",
        roles.lead,
        needs=_text("incident:role"),
    ),
    Verb(
        "role",
        (),
        "role <role> <@somebody>",
        "Gives a role: commander, comms, lead or scribe.",
        "incident:role",
        roles.role,
        needs=_role,
    ),
    Verb(
        "service",
        (),
        "service [remove] <name>",
        "Puts a service on the incident, or takes it off.",
        "incident:service",
        services.service,
        needs=_text("incident:service"),
    ),
    Verb(
        "update",
        ("post",),
        "update [text]",
        "Posts what is being done, and promises the next update.",
        "incident:update",
        updates.update,
        needs=_text("incident:update"),
    ),
    Verb(
        "note",
        (),
        "note <text>",
        "Writes into the timeline.",
        "incident:note",
        notes.note,
        needs=_text("incident:note"),
    ),
    Verb(
        "event",
        (),
        "event <14:05> <text>",
        "Writes down what happened at that time (also `yesterday 14:05`, `2026-11-20 14:05`).",
        "incident:event",
        notes.event,
        needs=_event,
    ),
    Verb(
        "snooze",
        (),
        "snooze <30m>",
        "Moves the next update, at most twice in a row.",
        "incident:snooze",
        updates.snooze,
        needs=_text("incident:snooze"),
        takes="number",
    ),
    Verb(
        "resolve",
        ("close",),
        "resolve [what fixed it]",
        "The service is restored.",
        "incident:resolve",
        lifecycle.resolve,
        needs=_text("incident:resolve"),
    ),
    Verb(
        "reopen",
        (),
        "reopen <why>",
        "It is back.",
        "incident:reopen",
        lifecycle.reopen,
        needs=_text("incident:reopen"),
    ),
    Verb(
        "cancel",
        (),
        "cancel [reason] [why]",
        "It was no incident: false alarm, duplicate, planned, test or other.",
        "incident:cancel",
        lifecycle.cancel,
        needs=_text("incident:cancel"),
    ),
    Verb(
        "list",
        ("search",),
        "list [mine|all|sev1|service:name|words]",
        "The open incidents, or those that you look for.",
        "incident:list",
        look=looking.listed,
    ),
    Verb("show", (), "show", "Where it stands and what happened.", "incident:show", looking.show, takes="nothing"),
    Verb("help", ("?",), "help [verb]", "This list, or one word of it.", "incident:help", look=_help),
)

NAMES: dict[str, Verb] = {word: verb for verb in VERBS for word in (verb.name, *verb.aliases)}


def named(word: str) -> Verb | None:
    """The verb of that name or alias."""
    return NAMES.get(word)


def line(text: str) -> tuple[Verb | None, Spoken]:
    """The verb that a line begins with, None where it is unknown; no words at all ask for help, a number for `show`."""
    spoken = grammar.parse(text)
    verb = named(spoken.word or ("help" if spoken.number is None else "show"))
    if verb is None or verb.run is None or spoken.bare is None:
        return verb, spoken
    is_reference = verb.takes == "nothing" or (spoken.is_number_alone and verb.takes == "text")
    return verb, spoken.numbered() if is_reference else spoken


def lacks(verb: Verb, spoken: Spoken) -> Form | None:
    """The form that asks for what the words leave out; nothing needs to be read to know it."""
    door = verb.needs(spoken) if verb.run else None
    return Form(door, spoken) if door else None


async def obey(bot: Parts, request: Request, verb: Verb | None, spoken: Spoken) -> Reply:
    """Does what the words say, or answers with the form that asks for the rest."""
    if verb is None:
        return Reply(unknown(bot, spoken.word))
    if verb.look:
        return await verb.look(bot, request, spoken)
    incident = await meant(bot, request, spoken)
    if incident is None and spoken.bare is not None:
        spoken = spoken.numbered()
        incident = await meant(bot, request, spoken)
    if form := lacks(verb, spoken):
        return Reply(form=form)
    if incident is None or verb.run is None:
        return Reply(form=Form(verb.door, spoken))
    return await verb.run(bot, request, incident.number, spoken)


def unknown(bot: Parts, word: str) -> Message:
    """What is said to an unknown word: the nearest one, and the help."""
    near = grammar.nearest(word.casefold(), NAMES)
    return replies.help_(VERBS, bot.policy, unknown=word, nearest=NAMES[near].name if near else None)
