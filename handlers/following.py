"""Who helps, and who only wants to be told."""

from dataclasses import replace

from bot.rules import following as rule
from handlers.acting import act
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request


async def join(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`join`, *I can help*, and *Join INC-9* where somebody was about to declare it once more.

    The answer stays: in a channel only Slack itself says who came.
    """
    return replace(await act(bot, request, number, rule.join), stays=True)


async def follow(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`follow`, and the button; no channel tells of it, so the answer stays."""
    return replace(await act(bot, request, number, rule.follow), stays=True)


async def only_looking(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """*Only looking*: the paging of others goes on, and who asked is sent what comes."""
    return replace(await act(bot, request, number, rule.follow), replaces=True)


async def unfollow(bot: Parts, request: Request, number: int, _spoken: Spoken) -> Reply:
    """`unfollow`, and the button."""
    return replace(await act(bot, request, number, rule.unfollow), stays=True)
