"""How somebody is reached: what they press on the try of a pager, and in their Home."""

from bot.rules.paging import addresses, reaching
from bot.rules.paging.reaching import Reach
from bot.views import replies
from bot.views.reach import WAYS, choose
from handlers.acting import told
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import NOTHING, Reply, View
from handlers.request import Request
from handlers.values import Values

DOOR = WAYS


async def opened(bot: Parts, request: Request, _spoken: Spoken) -> View:
    """The modal *How to reach me*."""
    return choose(await _reach(bot, request), bot.outward.ways.offered)


async def submit(bot: Parts, request: Request, values: Values) -> Reply:
    """Sets the ways; the Home shows them."""
    offered = bot.outward.ways.offered
    kinds = [kind for place in range(1, len(offered) + 1) if (kind := values.text(f"way{place}")) in offered]
    written = {name: values.text(name) for name in values.inputs}
    chosen = addresses.ways_of(kinds, written)
    answer = await bot.changes.turn(_subject(request), reaching.set_ways, request.origin, ways=chosen)
    return NOTHING if answer.refused is None else await told(bot, answer)


async def try_out(bot: Parts, request: Request, _argument: str, _value: str) -> Reply:
    """*Test my pager*: one try by each way; the Home shows how each did."""
    answer = await bot.changes.turn(_subject(request), reaching.try_out, request.origin)
    return NOTHING if answer.refused is None else await told(bot, answer)


async def answer_try(bot: Parts, request: Request, _argument: str, way: str) -> Reply:
    """*It works*, on the try of a pager."""
    answer = await bot.changes.turn(_subject(request), reaching.answer_try, request.origin, way=way)
    if answer.refused is not None:
        return await told(bot, answer)
    return Reply(replies.say("Good: your Home says that it works."))


async def _reach(bot: Parts, request: Request) -> Reach:
    return await bot.changes.standing(_subject(request), Reach(request.person))


def _subject(request: Request) -> str:
    return f"person:{request.person}"
