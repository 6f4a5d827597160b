"""The verb that lists what was changed."""

from bot.rollouts import Rollouts
from bot.rules.rollouts.rollout import KEPT_FOR, concerned
from bot.views import rollouts as wording
from handlers import permitted
from handlers.acting import meant
from handlers.grammar import Spoken
from handlers.lengths import length
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request


async def listed(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`changes`, `changes checkout 1d`; in an incident's channel those on its services."""
    await permitted.require(bot, request, permitted.LOOK)
    back, names = bot.policy.changes_within, []
    for word in spoken.rest.split():
        if found := length(word):
            back = min(found, KEPT_FOR)
        else:
            names.append(bot.policy.service(word).name)
    if not names:
        incident = await meant(bot, request, spoken)
        names = list(concerned(bot.policy, incident.services)) if incident and incident.services else []
    told, total = await Rollouts(bot.changes).lately(names, back, wording.MOST)
    return Reply(wording.changes(told, total, tuple(names), back, bot.policy, bot.now), stays=True)
