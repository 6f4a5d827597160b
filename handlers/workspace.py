"""What Slack tells of people, and the Home that each of them has."""

from bot.outside.people import person_of
from bot.rules import rooms
from bot.rules.change import Origin
from handlers import permitted
from handlers.grammar import clean
from handlers.parts import Parts
from handlers.reply import NOTHING, Reply
from handlers.request import Body, Request, part, text_at


async def changed(bot: Parts, request: Request, event: Body) -> Reply:
    """Somebody is new, has another name or zone, is a guest now, or is deactivated: then what they held is free."""
    told = person_of(clean_of(part(event, "user")))
    if told != (before := await bot.person(told.id)):
        names = [*_names(part(event, "user")), *([before.name] if before else [])]
        await bot.incidents.learned(told, text_at(event, "user", "team_id") or request.team, names)
    for number in () if told.active else await bot.incidents.holding(told.id):
        origin = Origin(actor="event", source="event", key=f"{request.key}:{number}", team=request.team)
        await bot.incidents.act(number, rooms.deactivated, origin, person=told.id)
    return NOTHING


def _names(user: Body) -> list[str]:
    """By what the configuration may name them: handle, name that is shown, mail address."""
    return [text_at(user, "name"), *(text_at(user, "profile", each) for each in ("display_name", "email"))]


def clean_of(user: Body) -> Body:
    """The user with nothing in its texts that no database keeps."""
    profile = part(user, "profile")
    texts = {name: clean(each) for name, each in user.items() if isinstance(each, str)}
    return {**user, **texts, "profile": {"display_name": clean(text_at(profile, "display_name"))}}


async def opened_home(bot: Parts, request: Request, event: Body) -> Reply:
    """Somebody looks at their Home: it is shown to them, and kept current from now on.

    Raises Refused for who may not look: then it stays empty.
    """
    if text_at(event, "tab") == "home":
        await permitted.require(bot, request, permitted.LOOK)
        await bot.incidents.home_opened(request.person)
    return NOTHING
