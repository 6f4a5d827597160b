"""Breaking the glass: for ten minutes nothing is refused to somebody for who they are."""

from dataclasses import replace

from bot.views import modals
from handlers import permitted
from handlers.acting import told
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Form, Reply, View
from handlers.request import Request
from handlers.values import Values

DOOR = "incident:breakglass"


async def breakglass(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`breakglass the commander is asleep`; without a reason the modal opens."""
    if not spoken.rest:
        return Reply(form=Form(DOOR, spoken))
    return await _broken(bot, request, spoken.rest)


async def submit(bot: Parts, request: Request, values: Values) -> Reply:
    """The modal *Break glass*."""
    return await _broken(bot, request, values.text("why"))


async def opened(bot: Parts, request: Request, _spoken: Spoken) -> View:
    """The modal. Raises Refused."""
    await permitted.require(bot, request, DOOR)
    return modals.break_glass()


async def _broken(bot: Parts, request: Request, why: str) -> Reply:
    return replace(await told(bot, await bot.incidents.break_glass(request.origin, why)), stays=True)
