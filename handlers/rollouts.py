"""The verb that lists what was changed."""

from bot.rollouts import Rollouts
from bot.rules.policy import Policy
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
    words = spoken.rest.split()
    lengths = [found for word in words if (found := length(word))]
    back = min(lengths[-1], KEPT_FOR) if lengths else bot.policy.changes_within
    names = _named([word for word in words if not length(word)], bot.policy)
    if not names:
        incident = await meant(bot, request, spoken)
        names = list(concerned(bot.policy, incident.services)) if incident and incident.services else []
    told, total = await Rollouts(bot.changes).lately(names, back, wording.MOST)
    return Reply(wording.changes(told, total, tuple(names), back, bot.policy, bot.now), stays=True)


def _named(words: list[str], policy: Policy) -> list[str]:
    """The services, of which each may have several words. Raises Refused for a word that begins none."""
    names: list[str] = []
    while words:
        many = next((end for end in range(len(words), 0, -1) if policy.meant([" ".join(words[:end])])), 1)
        names.append(policy.service(" ".join(words[:many])).name)
        words = words[many:]
    return names
