"""What only looks: the list, one incident, what is known of it, the Home."""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Protocol

from bot.rules.incident import PersonId
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.views import catchup as brief
from bot.views import replies
from handlers import errors, permitted, places
from handlers.acting import known
from handlers.grammar import Spoken, person_meant, plain
from handlers.parts import Parts
from handlers.reply import NOTHING, Reply
from handlers.request import Body, Request, carried

PAGE = 20
"""Incidents of one list."""
MOST_WORDS = 10
"""Words that are looked for; more narrow nothing down, and no database takes thousands."""
PAGES = 10**6
"""No Home has as many pages."""
LATEST = 20
"""Entries of a timeline that `show` tells."""


class Configured(Protocol):
    """Whatever knows the configuration."""

    @property
    def policy(self) -> Policy:
        """The configuration in force."""


async def listed(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`list`, `list mine`, `list all sev1 service:checkout commander:@ada words`."""
    return await _page(bot, request, " ".join(words_of(spoken.raw)), 0)


async def turned(bot: Parts, request: Request, argument: str, value: str) -> Reply:
    """The buttons *Previous* and *Next* of a list: they carry where to go on, and what is looked for."""
    offset = int(argument) if argument.isdecimal() and len(argument) < 7 else 0
    return replace(await _page(bot, request, value, offset), replaces=True)


async def _page(bot: Parts, request: Request, asked: str, offset: int) -> Reply:
    await permitted.require(bot, request, permitted.LOOK)
    filters = wanted(bot, asked.split(), request.person)
    found, total = await bot.incidents.listed(request.person, filters, PAGE, offset)
    if not found and offset:  # some were closed meanwhile
        offset = max(0, (total - 1) // PAGE * PAGE)
        found, total = await bot.incidents.listed(request.person, filters, PAGE, offset)
    listing = replies.listing(found, bot.policy, bot.now, total=total, words=asked, offset=offset)
    return Reply(listing, stays=True)


def wanted(bot: Configured, asked: Iterable[str], person: PersonId) -> dict[str, Any]:
    """The filters in the words of a list. Raises Refused for a service or a person that is none."""
    filters: dict[str, Any] = {}
    words: list[str] = []
    for word in asked:
        kind, colon, name = word.partition(":")
        if found := PLAIN.get(word.casefold()):
            filters[found] = True
        elif colon and kind.casefold() == "service" and name:
            filters["service"] = bot.policy.service(name).name
        elif colon and kind.casefold() in COMMANDER and name:
            filters["commander"] = _person(name, person)
        elif is_severity(bot, word):
            filters["severity"] = bot.policy.severity(word).name
        else:
            words.append(word)
    distinct = list(dict.fromkeys(words))[:MOST_WORDS]
    return {**filters, "words": " ".join(distinct)} if distinct else filters


PLAIN = {"mine": "mine", "all": "everything", "tests": "tests"}
"""Words that are a filter by themselves."""
COMMANDER = frozenset({"commander", "ic"})
_MENTION = re.compile(r"(?:(?<=\w:)\s+)?<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")


def words_of(raw: str) -> list[str]:
    """The words of a line, plain but for people, who stay ids: `commander:<@U1>`."""
    pieces = _MENTION.split(raw)
    plainly = (f"<@{piece}>" if place % 2 else _blank(piece) for place, piece in enumerate(pieces))
    return "".join(plainly).split()


def _blank(piece: str) -> str:
    """A piece of the line, plain; blanks at its ends keep words apart."""
    return f"{' ' * piece[:1].isspace()}{plain(piece)}{' ' * piece[-1:].isspace()}"


def _person(name: str, asker: PersonId) -> PersonId:
    return person_meant(Spoken(name, raw=name), name, asker) or asker


def is_severity(bot: Configured, word: str) -> bool:
    """Whether the word is a severity's name or alias."""
    names = (name for level in bot.policy.severities for name in (level.name, *level.aliases))
    return word.casefold() in {name.casefold() for name in names}


async def show(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`show INC-12`."""
    incident = await known(bot, request, number)
    places.at_work(bot, request, incident)
    await permitted.require(bot, request, permitted.LOOK, incident)
    entries = await bot.incidents.timeline(number, LATEST)
    alerts, ahead = await bot.alerts.of(incident), await bot.incidents.ahead(incident)
    return Reply(replies.shown(incident, entries, bot.policy, bot.now, alerts, ahead), stays=True)


async def catchup(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`catchup INC-12`: what is known; later, what is new since the person last looked."""
    incident = await known(bot, request, number)
    places.at_work(bot, request, incident)
    await permitted.require(bot, request, permitted.LOOK, incident)
    seen = await bot.incidents.catchup(number, request.person)
    told = brief.catchup(seen.incident, seen.entries, bot.policy, bot.now, seen.since, request.person)
    return Reply(told, stays=True)


async def looked_at(bot: Parts, request: Request, shown: Body) -> None:
    """Something was pressed in a Home, perhaps one that is out of date: the page is shown anew, and kept current."""
    page = carried(shown).get("page")
    try:
        await permitted.require(bot, request, permitted.LOOK)
        await bot.incidents.home_opened(request.person, page if isinstance(page, int) and 0 <= page < PAGES else 0)
    except Refused:
        return
    except Exception as error:
        errors.logged(error)


async def home(bot: Parts, request: Request, argument: str, _value: str) -> Reply:
    """The buttons that turn the Home's pages; the Home itself is the answer."""
    await permitted.require(bot, request, permitted.LOOK)
    page = int(argument) if argument.isdecimal() and len(argument) < 7 else 0
    await bot.incidents.home_opened(request.person, page)
    return NOTHING
