"""Who may know of an incident: making it private, asking to be let in, letting in."""

from dataclasses import replace

from bot.changes import Rule
from bot.rules import private as rule
from bot.rules.refused import Refused
from handlers.acting import act
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request
from handlers.values import Values


async def make_private(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`private @ada @bob`."""
    if not spoken.people:
        raise Refused(f"I do not know “{spoken.rest}”. Type @ and choose the people from Slack's list.", field="people")
    return await _made(bot, request, number, spoken.people)


async def submit(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Make it private*."""
    return await _made(bot, request, number, values.several("people"))


async def _made(bot: Parts, request: Request, number: int, people: tuple[str, ...]) -> Reply:
    """Who may have read it is for the caller alone: so the answer stays."""
    chosen = tuple(dict.fromkeys(people))
    return replace(await act(bot, request, number, rule.make_private, people=chosen), stays=True)


async def request_access(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*Request access*: the one thing that who may not see an incident may ask of it."""
    return replace(await act(bot, request, number, rule.request_access), stays=True)


async def grant(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """*Let in*; the button carries whom. What was decided takes the place of the question."""
    return await _decided(bot, request, number, rule.grant, spoken.raw)


async def deny(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """*Not now*; the button carries whom."""
    return await _decided(bot, request, number, rule.deny, spoken.raw)


async def _decided(bot: Parts, request: Request, number: int, decision: Rule, person: str) -> Reply:
    reply = await act(bot, request, number, decision, person=person)
    return replace(reply, replaces=reply.refused is None)
