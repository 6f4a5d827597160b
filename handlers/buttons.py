"""Buttons and menus: one table, from the door to what it does."""

from collections.abc import Callable, Coroutine
from typing import Any, TypeAlias

from handlers import (
    declaring,
    following,
    forms,
    glass,
    health,
    lifecycle,
    looking,
    mending,
    oncall,
    paging,
    permitted,
    privacy,
    reaching,
    roles,
    severity,
    slash,
    updates,
)
from handlers.alerts import triage
from handlers.answering import answered
from handlers.grammar import Spoken, clean
from handlers.modals import MODALS
from handlers.parts import Parts
from handlers.picking import DOOR as PICK
from handlers.replies import Ack
from handlers.reply import Form, Reply
from handlers.request import Body, Request, part, text_at
from handlers.vocabulary import Act

MENU = "incident:menu"
Turn: TypeAlias = Callable[[Parts, Request, str, str], Coroutine[Any, Any, Reply]]

ACTS: dict[str, Act] = {
    "incident:acknowledge": lifecycle.acknowledge,
    "incident:unacknowledge": lifecycle.unacknowledge,
    "incident:command": roles.take_command,
    "incident:take_command": roles.take_command,
    "incident:here": roles.here,
    "incident:handoff_accept": roles.accept,
    "incident:handoff_decline": roles.decline,
    "incident:keep_awake": updates.keep_awake,
    "incident:show": looking.show,
    "incident:catchup": looking.catchup,
    "incident:decline_page": paging.decline_page,
    "incident:join": following.join,
    "incident:follow": following.follow,
    "incident:unfollow": following.unfollow,
    "incident:access": privacy.request_access,
    "incident:another": declaring.another,
    "incident:undo": mending.undo,
    "incident:archive": lifecycle.archive,
    "incident:keep_channel": lifecycle.keep_channel,
}
"""Doors that act at once."""

WITH_ARGUMENT: dict[str, Act] = {
    "incident:snooze": updates.snooze,
    "incident:command": roles.make_commander,
    "incident:take_command": roles.take_over,
    "incident:raise": severity.raised,
    "incident:acknowledge": lifecycle.acknowledge_sure,
    "incident:follow": following.only_looking,
    "incident:escalate": paging.escalate,
    "incident:ask": paging.ask,
    "incident:handoff": roles.hand_on,
    "incident:grant": privacy.grant,
    "incident:deny": privacy.deny,
    "incident:undo": mending.undo,
    "incident:merge": mending.merge,
    "incident:archive": lifecycle.archive_former,
    "incident:keep_channel": lifecycle.keep_channel,
}
"""Doors that act at once when the button carries what is to be said (`incident:snooze/15`)."""

HOME = "incident:home"
OF_NONE: dict[str, Turn] = {
    "incident:list": looking.turned,
    HOME: looking.home,
    "incident:health_share": health.share,
    "incident:alert_accept": triage.accept,
    "incident:alert_decline": triage.decline,
    triage.MERGE: triage.merge,
    "incident:override_remove": oncall.remove,
    "incident:cover_take": oncall.take,
    "incident:cover_drop": oncall.drop,
    "incident:page_useless": oncall.useless,
    "incident:page_useful": oncall.useful,
    "person:answer_try": reaching.answer_try,
    "person:try_out": reaching.try_out,
}
"""Doors that are about no incident; given what stands behind the stroke, and the button's value."""

WHILE_FILLING = frozenset({"incident:declare_kind", "incident:declare_services"})
"""Inputs of the modal that declares whose choice changes the rest of it."""

OPENING = frozenset({*MODALS, declaring.DOOR, glass.DOOR, reaching.DOOR, oncall.OVERRIDE, oncall.COVER, oncall.NOTES})
"""Doors that open a modal; an argument presets it (`incident:role/comms`)."""


async def pressed(bot: Parts, request: Request, body: Body) -> Ack:
    """A button, or a choice of the ⋯ menu."""
    door, argument, number = read(body)
    if door == PICK:
        return await slash.typed(bot, request, text_at(_action(body), "value"))
    if door in WHILE_FILLING and request.view and permitted.welcomes(bot, request, door):
        bot.running.start(declaring.turned(bot, request, body))
        return {}
    if turn := OF_NONE.get(door):
        permitted.require_welcome(bot, request, door)
        return await answered(bot, request, turn(bot, request, argument, clean(text_at(_action(body), "value"))))
    if request.in_home and permitted.welcomes(bot, request, HOME):
        bot.running.start(looking.looked_at(bot, request, part(body, "view")))
    spoken = Spoken("", number=number, raw=argument)
    act = WITH_ARGUMENT.get(door) if argument else ACTS.get(door)
    if act is None and door in OPENING and permitted.welcomes(bot, request, door):
        bot.running.start(forms.show(bot, request, Form(door, spoken)))
        return {}
    return await answered(bot, request, _acted(bot, request, door, act, spoken))


def read(body: Body) -> tuple[str, str, int | None]:
    """Door, argument and incident's number of what was pressed."""
    action = _action(body)
    door, number = text_at(action, "action_id"), text_at(action, "value")
    if door == MENU:
        door, _, number = text_at(action, "selected_option", "value").partition(" ")
    door, _, argument = door.partition("/")
    return door, clean(argument), int(number) if number.isdecimal() and len(number) < 10 else None


def _action(body: Body) -> Body:
    found = body.get("actions")
    first = found[0] if isinstance(found, list) and found else {}
    return first if isinstance(first, dict) else {}


async def _acted(bot: Parts, request: Request, door: str, act: Act | None, spoken: Spoken) -> Reply:
    permitted.require_welcome(bot, request, door)
    if act is None or spoken.number is None:
        return Reply(forms.outdated(bot), stays=True)
    return await act(bot, request, spoken.number, spoken)
