"""Who commands, who leads, who speaks, who writes."""

from bot.rules import roles as rule
from handlers.acting import act
from handlers.grammar import Spoken, person_meant
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request
from handlers.values import Values


async def command(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`command` takes it oneself, `command @ada` gives it to her."""
    person = person_meant(spoken, spoken.rest, request.person) or request.person
    return await act(bot, request, number, rule.assign, role="commander", person=person)


async def lead(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`lead @ada`."""
    person = person_meant(spoken, spoken.rest, request.person) or request.person
    return await act(bot, request, number, rule.assign, role="lead", person=person)


async def role(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`role scribe @ada`."""
    word, _, name = spoken.unpeopled.partition(" ")
    person = person_meant(spoken, name, request.person) or request.person
    return await act(bot, request, number, rule.assign, role=word, person=person)


async def make_commander(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """The button *Make @ada commander*; it carries whom."""
    return await act(bot, request, number, rule.assign, role="commander", person=spoken.rest)


async def submit(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Assign role*."""
    person = values.text("person") or request.person
    return await act(bot, request, number, rule.assign, role=values.text("role"), person=person)
