"""Who commands, who leads, who speaks, who writes; and command handed over."""

from dataclasses import replace

from bot.rules import handoff as handing
from bot.rules import roles as rule
from bot.rules.paging import asking, attendance
from bot.rules.refused import Refused
from bot.views import replies
from handlers.acting import act, told
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


async def take_command(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """The button *Take command*: it takes it, unless somebody did meanwhile; then it asks first."""
    return await act(bot, request, number, asking.take)


async def take_over(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*Take over all the same*: from who commands by now."""
    taken = await act(bot, request, number, rule.assign, role="commander", person=request.person)
    return replace(taken, replaces=True)


async def submit(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Assign role*."""
    person = values.text("person") or request.person
    return await act(bot, request, number, rule.assign, role=values.text("role"), person=person)


async def handoff(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`handoff @ada she knows the database`."""
    person = person_meant(spoken, spoken.rest, request.person)
    return await _offer(bot, request, number, person or "", spoken.beside_person if spoken.people else "")


async def hand_on(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """*Hand over command*, to who is on call after somebody; it carries whom."""
    return await _offer(bot, request, number, spoken.rest, "")


async def submit_handoff(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Hand over command*."""
    return await _offer(bot, request, number, values.text("person"), values.text("note"))


async def _offer(bot: Parts, request: Request, number: int, person: str, note: str) -> Reply:
    if not person:
        raise Refused("Choose who is to command.", field="person")
    return await act(bot, request, number, handing.offer, person=person, note=note)


async def here(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*I'm here*: the commander is not asked again for an hour."""
    answer = await bot.incidents.act(number, attendance.here, request.origin)
    if answer.refused is not None:
        return await told(bot, answer)
    return Reply(replies.say("Good. I do not ask again for an hour."))


async def accept(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*I have command*."""
    return await act(bot, request, number, handing.accept)


async def decline(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*Not me*."""
    return await act(bot, request, number, handing.decline)
