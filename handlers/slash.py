"""The slash command."""

from handlers import forms, permitted, verbs
from handlers.answering import answered
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.replies import Ack
from handlers.reply import Form, Reply
from handlers.request import Body, Request, text_at
from handlers.vocabulary import Verb


async def command(bot: Parts, request: Request, body: Body) -> Ack:
    """`/incident …`."""
    return await typed(bot, request, text_at(body, "text"))


async def typed(bot: Parts, request: Request, text: str) -> Ack:
    """A line that came with a trigger: what is missing is asked in a modal, beside the acknowledgement."""
    verb, spoken = verbs.line(text)
    if form := _at_once(bot, request, verb, spoken):
        bot.running.start(forms.show(bot, request, form))
        return {}
    return await answered(bot, request, _obeyed(bot, request, verb, spoken))


def _at_once(bot: Parts, request: Request, verb: Verb | None, spoken: Spoken) -> Form | None:
    """The form that is needed whatever the store says."""
    form = verbs.lacks(verb, spoken) if verb else None
    return form if form and permitted.welcomes(bot, request, form.door) else None


async def _obeyed(bot: Parts, request: Request, verb: Verb | None, spoken: Spoken) -> Reply:
    permitted.require_welcome(bot, request, verb.door if verb else None)
    return await verbs.obey(bot, request, verb, spoken)
