"""The words of the slash command and of a mention, obeyed."""

from bot.views import replies
from bot.views.message import Message
from handlers import grammar
from handlers.acting import number_meant
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Form, Reply
from handlers.request import Request
from handlers.vocabulary import KNOWN, TOPICS, Verb


async def _help(bot: Parts, _request: Request, spoken: Spoken) -> Reply:
    verb = named(spoken.rest.split()[0].casefold()) if spoken.rest else None
    if spoken.rest and verb is None:
        return Reply(unknown(bot, spoken.rest.split()[0]))
    return Reply(replies.help_({"": (verb,)} if verb else _all(), bot.policy))


def _all() -> dict[str, tuple[Verb, ...]]:
    """All verbs by topic; the help is one to look at."""
    return {**TOPICS, "Looking": (*TOPICS["Looking"], HELP)}


HELP = Verb("help", ("?",), "help [verb]", "This list, or one word of it.", "incident:help", look=_help)
VERBS: tuple[Verb, ...] = (*KNOWN, HELP)
NAMES: dict[str, Verb] = {word: verb for verb in VERBS for word in (verb.name, *verb.aliases)}


def named(word: str) -> Verb | None:
    """The verb of that name or alias."""
    return NAMES.get(word)


def line(text: str) -> tuple[Verb | None, Spoken]:
    """The verb that a line begins with, None where it is unknown; no words at all ask for help, a number for `show`."""
    spoken = grammar.parse(text)
    verb = named(spoken.word or ("help" if spoken.number is None else "show"))
    if verb is None or verb.run is None:
        return verb, spoken
    if verb.takes == "other":
        return verb, spoken.into()
    if spoken.bare is None:
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
    number = await number_meant(bot, request, spoken)
    if number is None and spoken.bare is not None:
        spoken = spoken.numbered()
        number = await number_meant(bot, request, spoken)
    if form := lacks(verb, spoken):
        return Reply(form=form)
    if number is None or verb.run is None:
        return Reply(form=Form(verb.door, spoken))
    return await verb.run(bot, request, number, spoken)


def unknown(bot: Parts, word: str) -> Message:
    """What is said to an unknown word: the nearest one, and the help."""
    near = grammar.nearest(word.casefold(), NAMES)
    return replies.help_(_all(), bot.policy, unknown=word, nearest=NAMES[near].name if near else None)
