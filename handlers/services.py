"""Which services an incident concerns."""

from bot.rules import services as rule
from handlers.acting import act, known
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request
from handlers.values import Values


async def service(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`service checkout` (or `service add checkout`) puts it on, `service remove checkout` takes it off."""
    first, _, name = spoken.rest.partition(" ")
    match first.casefold():
        case "remove" | "rm" if name:
            return await act(bot, request, number, rule.remove_service, service=name.strip())
        case "add" if name:
            return await act(bot, request, number, rule.add_service, service=name.strip())
    return await act(bot, request, number, rule.add_service, service=spoken.rest)


async def submit(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Change services*: what is on it is taken off, what is not is put on."""
    name = values.text("service")
    incident = await known(bot, request, number)
    turned = rule.remove_service if name in incident.services else rule.add_service
    return await act(bot, request, number, turned, service=name)
