"""The verb that silences alerts for a while."""

from bot.rules.events import Silenced
from bot.rules.refused import Refused
from bot.views import replies
from bot.views.replies import alerts as wording
from handlers import permitted
from handlers.grammar import Spoken
from handlers.lengths import length
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request

DOOR = "incident:silence"


async def silence(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`silence checkout 2h deploy`; `silence` lists them, `silence lift 3` ends one."""
    await permitted.require(bot, request, DOOR)
    words = spoken.rest.split()
    if not words or words == ["list"]:
        return Reply(wording.silences(await bot.alerts.silences(), bot.policy, bot.now), stays=True)
    if words[0].casefold() == "lift":
        return await _lift(bot, request, words[1:])
    found = next(((place, lasting) for place, word in enumerate(words) if place and (lasting := length(word))), None)
    if found is None:
        raise Refused(f"Say what, and for how long: `{bot.policy.command} silence checkout 2h why`.")
    place, lasting = found
    last = place - 1 if place > 1 and words[place - 1].casefold() == "for" else place  # `silence checkout for 2h`
    what, why, until = " ".join(words[:last]), " ".join(words[place + 1 :]), bot.now + lasting
    answer = await bot.alerts.silence(request.origin, what=what, until=until, why=why)
    if answer.refused is not None:
        return Reply(replies.refused(answer.refused, passable=answer.passable))
    number = next(entry.event.number for entry in answer.entries if isinstance(entry.event, Silenced))
    return Reply(wording.silenced(number, what, until, bot.policy, bot.now))


async def _lift(bot: Parts, request: Request, words: list[str]) -> Reply:
    if len(words) != 1 or not words[0].isdecimal() or len(words[0]) > 9:
        raise Refused(f"Say which: `{bot.policy.command} silence lift 3`. `{bot.policy.command} silence` lists them.")
    answer = await bot.alerts.lift(request.origin, int(words[0]))
    if answer.refused is not None:
        return Reply(replies.refused(answer.refused, passable=answer.passable))
    return Reply(wording.lifted(int(words[0])))
