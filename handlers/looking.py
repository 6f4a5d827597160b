"""What only looks: the list, one incident, the help."""

from typing import Any

from bot.views import replies
from handlers.acting import known
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request

PAGE = 20
"""Incidents of one list."""
MOST_WORDS = 10
"""Words that are looked for; more narrow nothing down, and no database takes thousands."""
LATEST = 20
"""Entries of a timeline that `show` tells."""


async def listed(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`list`, `list mine`, `list all sev1 service:checkout words`."""
    filters = wanted(bot, spoken.rest)
    found, total = await bot.incidents.listed(request.person, filters, PAGE)
    return Reply(replies.listing(found, bot.policy, bot.now, total=total, words=spoken.rest))


def wanted(bot: Parts, text: str) -> dict[str, Any]:
    """The filters in a line. Raises Refused for a service that is none."""
    filters: dict[str, Any] = {}
    words: list[str] = []
    for word in text.split():
        kind, colon, name = word.partition(":")
        if word.casefold() == "mine":
            filters["mine"] = True
        elif word.casefold() == "all":
            filters["everything"] = True
        elif colon and kind.casefold() == "service" and name:
            filters["service"] = bot.policy.service(name).name
        elif is_severity(bot, word):
            filters["severity"] = bot.policy.severity(word).name
        else:
            words.append(word)
    distinct = list(dict.fromkeys(words))[:MOST_WORDS]
    return {**filters, "words": " ".join(distinct)} if words else filters


def is_severity(bot: Parts, word: str) -> bool:
    """Whether the word is a severity's name or alias."""
    names = (name for level in bot.policy.severities for name in (level.name, *level.aliases))
    return word.casefold() in {name.casefold() for name in names}


async def show(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`show INC-12`."""
    incident = await known(bot, request, number)
    entries = await bot.incidents.timeline(number, LATEST)
    return Reply(replies.shown(incident, entries, bot.policy, bot.now), stays=True)
