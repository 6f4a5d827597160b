"""`simulate`: who would be told, without telling anybody."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.foreseeing import Foreseen, foreseen
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.views.replies.simulated import simulated
from handlers import ahead, permitted
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request

_AT = re.compile(r"(?:^|\s)(?:at|@)\s+(?P<time>.+)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be simulated: a severity, services or teams, and when it is declared."""

    severity: str
    names: tuple[str, ...]
    at: datetime


def asked(text: str, policy: Policy, now: datetime, where: ZoneInfo) -> Asked:
    """`sev1 payments at "Sun 02:30"`. Raises Refused for what cannot be meant."""
    found = _AT.search(text)
    words = (text[: found.start()] if found else text).replace(",", " ").split()
    if not words:
        names = ", ".join(level.name for level in policy.severities)
        example = f'`{policy.command} simulate sev1 payments at "Sun 02:30"`'
        raise Refused(f"Say how severe it would be ({names}), and for what: {example}.", field="severity")
    at = ahead.read(found["time"], now, where) if found else now
    return Asked(policy.severity(words[0]).name, _names(words[1:], policy), at)


def _names(words: Sequence[str], policy: Policy) -> tuple[str, ...]:
    """Services and teams, some of which have blanks in their names."""
    known = [*(team.name for team in policy.teams)]
    known += [name for service in policy.services for name in (service.name, *service.aliases)]
    whole = " ".join(words).casefold()
    if any(whole == name.casefold() for name in known):
        return (" ".join(words),)
    return tuple(words)


async def simulate(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`simulate sev1 payments at "Sun 02:30"`: only who asks sees it."""
    await permitted.require(bot, request, permitted.LOOK)
    zone = await bot.zone_of(request.person)
    wanted = asked(spoken.rest, bot.policy, bot.now, zone)
    facts: dict[str, Any] = {"severity": wanted.severity, "names": wanted.names, "set_up": bot.outward.ways.set_up}
    async with bot.changes.store.read() as connection:
        found: Foreseen = await connection.run_sync(foreseen, bot.policy, wanted.at, **facts)
    return Reply(simulated(found.simulation, found.people, zone, command=bot.policy.command), stays=True)
