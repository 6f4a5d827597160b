"""Paging by hand, and what who is paged answers."""

from dataclasses import replace

from bot.rules.paging import asking
from bot.rules.paging import by_hand as rule
from handlers import grammar
from handlers.acting import act
from handlers.grammar import Spoken, person_meant
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request
from handlers.values import Values


async def escalate(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`escalate @ada the database`, `escalate payments why`, `escalate further why`; *Page further*."""
    if spoken.people:
        return await act(bot, request, number, rule.escalate, people=spoken.people, why=spoken.unpeopled)
    word, why = grammar.first(spoken.rest)
    if word.startswith("@"):
        person_meant(spoken, word, request.person)  # a name that Slack did not make a mention: says so
    return await act(bot, request, number, rule.escalate, team=_team(word), why=why)


async def submit(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Page somebody*: people, where some are chosen, else a team, else the next level."""
    people, team = values.several("people"), _team(values.text("team"))
    facts = {"people": people} if people else {"team": team}
    return await act(bot, request, number, rule.escalate, why=values.text("why"), **facts)


def _team(word: str) -> str:
    return "" if word.casefold() == rule.FURTHER else word


async def ask(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """The button *Ask @ada*, where a commander is wanted; it carries whom."""
    return await act(bot, request, number, asking.ask, person=spoken.rest)


async def decline_page(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*Can't, next please*."""
    return replace(await act(bot, request, number, rule.decline_page), stays=True)
