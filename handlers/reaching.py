"""How somebody is reached: what they press on a page, and in their Home."""

from bot.rules import reaching
from bot.views import replies
from handlers.acting import told
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request


def subject(request: Request) -> str:
    """Who asks, as a subject."""
    return f"person:{request.person}"


async def answer_try(bot: Parts, request: Request, _argument: str, way: str) -> Reply:
    """*It works*, on the try of a pager."""
    answer = await bot.incidents.changes.turn(subject(request), reaching.answer_try, request.origin, way=way)
    if answer.refused is not None:
        return await told(bot, answer)
    return Reply(replies.say("Good: your Home says that it works."))
