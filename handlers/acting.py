"""From words to a change, and from its answer to a reply."""

import re
from collections.abc import Iterable
from typing import Any

from bot.changes import Rule
from bot.rules.change import Answer
from bot.rules.events import RoleAssigned
from bot.rules.guards import unknown
from bot.rules.incident import Incident, PersonId
from bot.rules.refused import Refused
from bot.views import replies
from handlers import places
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request

LARGEST = 2**31 - 1
"""No incident has a greater number: it is what a column holds."""

MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


async def act(bot: Parts, request: Request, number: int, rule: Rule, **facts: Any) -> Reply:
    """Carries a rule out for who asks, and says what came of it."""
    answer = await bot.incidents.act(number, rule, request.origin, **facts)
    if answer.refused is not None:
        places.in_vain(bot, request, number)
    return await told(bot, answer)


async def told(bot: Parts, answer: Answer) -> Reply:
    """The reply to a change's answer."""
    if answer.refused is not None:
        beside = replies.beside_field(answer.refused, await _names(bot, MENTION.findall(answer.refused)))
        if answer.asks and answer.number:
            return Reply(replies.asks(answer.refused, answer.asks, answer.number), stays=True)
        return Reply(replies.refused(answer.refused, passable=answer.passable), refused=beside, field=answer.field)
    given = [(entry.person, entry.event) for entry in answer.entries if isinstance(entry.event, RoleAssigned)]
    message = replies.done(answer, bot.policy, await _names(bot, [role.person for _, role in given]))
    briefs = any(role.brief and role.person == person for person, role in given)
    return Reply(message, asks=answer.question is not None, undoable=answer.undo is not None, briefs=briefs)


async def _names(bot: Parts, people: Iterable[PersonId]) -> dict[PersonId, str]:
    """The names of people, for where Slack shows none by itself."""
    found = [await bot.person(each) for each in people]
    return {each.id: each.name for each in found if each and each.name}


async def meant(bot: Parts, request: Request, spoken: Spoken) -> Incident | None:
    """The incident that the words are about: the one they name, else that of the place where they were said.

    Raises Refused where they name one that does not exist for this person.
    """
    if spoken.number is not None:
        return await known(bot, request, spoken.number)
    return await bot.incidents.find(request.person, channel=request.channel, thread_ts=request.root)


async def number_meant(bot: Parts, request: Request, spoken: Spoken) -> int | None:
    """As `meant`, where the number is enough: one that is named is not looked up, since the change does that itself."""
    if spoken.number is not None:
        return _possible(bot, spoken.number)
    found = await meant(bot, request, spoken)
    return found.number if found else None


async def known(bot: Parts, request: Request, number: int) -> Incident:
    """The incident of that number. Raises Refused where there is none for this person."""
    found = await bot.incidents.find(request.person, number=_possible(bot, number))
    if found is None:
        raise Refused(unknown(number, bot.policy.command), field="incident")
    return found


def _possible(bot: Parts, number: int) -> int:
    if number > LARGEST:
        raise Refused(unknown(number, bot.policy.command), field="incident")
    return number
