"""`oncall health`: how on-call weighs on people; the plot goes to who asked, and to a channel where they share it."""

import re

from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.views import health as wording
from bot.views import replies
from bot.weighing import Weighing
from handlers import permitted
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request

WEEKS = 4
MOST_WEEKS = 26
WORD = "health"
_LENGTH = re.compile(r"(\d{1,4})\s*(?:w|weeks?)", re.IGNORECASE)


def asked(text: str, policy: Policy) -> tuple[int, str | None]:
    """`payments 4w`: how many weeks, and which team (None: all). Raises Refused for what cannot be meant."""
    weeks, names = WEEKS, []
    for word in text.split():
        if found := _LENGTH.fullmatch(word):
            weeks = int(found[1])
        else:
            names.append(word)
    if not 1 <= weeks <= MOST_WEEKS:
        raise Refused(f"I look back 1 to {MOST_WEEKS} weeks: `{policy.command} oncall health 4w`.")
    return weeks, policy.team(" ".join(names)).name if names else None


async def health(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`oncall health payments 4w`: only who asks sees it."""
    await permitted.require(bot, request, permitted.LOOK)
    weeks, team = asked(spoken.rest.strip()[len(WORD) :], bot.policy)
    weighing = Weighing(bot.changes)
    found, _people = await weighing.of(bot.now, weeks, team)
    if found.people:
        await weighing.send(request.origin, f"person:{request.person}/health", bot.now, weeks, team)
    return Reply(wording.report(found, bot.policy.command), stays=True)


async def share(bot: Parts, request: Request, _argument: str, value: str) -> Reply:
    """*Share here*: the report and its plot, for all who read that channel."""
    await permitted.require(bot, request, permitted.LOOK)
    weeks, team = asked(value, bot.policy)
    if not request.channel:
        raise Refused(f"Type `{bot.policy.command} oncall health` in the channel where you want to share it.")
    await Weighing(bot.changes).send(request.origin, f"channel:{request.channel}", bot.now, weeks, team)
    return Reply(replies.say("I share it here, with its plot."))
