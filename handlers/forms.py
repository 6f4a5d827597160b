"""Modals open beside the acknowledgement, before any other work, and are filled afterwards.

Where no modal can open (an event brings no trigger) a button opens it.
"""

import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from bot.outside.slack import Problem
from bot.rules.guards import require_open, require_remembered
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from bot.suggesting import Suggesting
from bot.views import blocks, modals, replies
from bot.views.fields import MOST_CHOICES
from bot.views.message import Message
from handlers import declaring, errors, glass, oncall, permitted, places, reaching
from handlers.acting import meant
from handlers.alerts import triage
from handlers.grammar import Spoken
from handlers.modals import MODALS, Words
from handlers.parts import Parts
from handlers.picking import DOOR as PICK
from handlers.replies import send
from handlers.reply import Form, Reply, View
from handlers.request import Request, carried
from handlers.values import shown

MOST_OFFERED = MOST_CHOICES + 1
"""Incidents for a menu to choose from; one more than it shows, so that it says that there are more."""
REMEMBERED = 3_000
"""Characters that a modal carries at most; Slack's own limit."""
OF_ANY = frozenset({"incident:archive", "incident:undo", "incident:catchup", "incident:show"})
"""Doors without a modal that are for what is closed as well."""

OF_NONE: dict[str, Callable[[Parts, Request, Spoken], Awaitable[View]]] = {
    declaring.DOOR: declaring.opened,
    glass.DOOR: glass.opened,
    reaching.DOOR: reaching.opened,
    triage.MERGE: triage.opened,
    oncall.OVERRIDE: oncall.override_opened,
    oncall.COVER: oncall.cover_opened,
    oncall.NOTES: oncall.notes_opened,
}
"""Modals that are about no incident yet."""
TITLES = {
    declaring.DOOR: "Declare an incident",
    glass.DOOR: "Break the glass",
    reaching.DOOR: "How to reach me",
    triage.MERGE: "Merge",
    oncall.OVERRIDE: "Take a shift",
    oncall.COVER: "Ask for cover",
    oncall.NOTES: "Notes for who comes",
}

log = logging.getLogger("tocsin.handlers")


async def show(bot: Parts, request: Request, form: Form) -> None:
    """Opens the form; in the modal where it was asked for, if that was one; without a trigger, offers it."""
    if request.trigger is None:
        await send(bot, request, Reply(_offer(form)))
    elif request.view:
        await _fill(bot, request, request.view, await _filled_or_said(bot, request, form))
    elif form.door == declaring.DOOR:
        await open_view(bot, request, await _filled_or_said(bot, request, form))
    else:
        await _open_and_fill(bot, request, form)


async def _open_and_fill(bot: Parts, request: Request, form: Form) -> None:
    opening = bot.running.start(open_view(bot, request, modals.waiting(_title(form.door))))
    filling = bot.running.start(_filled_or_said(bot, request, form))
    if opened := await opening:
        await _fill(bot, request, opened, await filling)


async def _fill(bot: Parts, request: Request, opened: str, view: View) -> None:
    try:
        await bot.slack.call("views.update", view_id=opened, view=view)
    except Problem as problem:
        log.warning("A form was not filled: %s", problem.code)
        await send(bot, replace(request, view=None), Reply(_not_opened(bot)))


async def open_view(bot: Parts, request: Request, view: View) -> str | None:
    """Opens a modal; the answer is its id. Where Slack does not open it, the person is told what to type instead."""
    try:
        answer = await bot.slack.call("views.open", trigger_id=request.trigger, view=view)
    except Problem as problem:
        if problem.code != "exchanged_trigger_id":  # that is a repeat: the modal is open already
            log.warning("A form did not open: %s", problem.code)
            await send(bot, replace(request, view=None), Reply(_not_opened(bot)))
        return None
    return str(answer["view"]["id"])


async def _filled_or_said(bot: Parts, request: Request, form: Form) -> View:
    try:
        return await filled(bot, request, form)
    except Exception as error:
        said = errors.reply_to(error, bot.metrics).message
        return modals.answer(_title(form.door), said.blocks if said else ())


async def filled(bot: Parts, request: Request, form: Form) -> View:
    """The form with what is known; a choice of incidents where none is meant. Raises Refused."""
    if form.door in OF_NONE:
        return await OF_NONE[form.door](bot, request, form.spoken)
    if form.carried:
        return {**await _choice(bot, request, form), "private_metadata": json.dumps(form.carried)}
    incident = await meant(bot, request, form.spoken)
    if incident is None:
        return _carrying(request, await _choice(bot, request, form))
    places.at_work(bot, request, incident)
    modal = MODALS.get(form.door)
    await permitted.require(bot, request, form.door, incident)
    if modal is None:
        raise Refused("Type it once more: I know the incident now.")
    moment = Moment(bot.now, bot.policy)
    if not (modal.for_merged if incident.is_merged else modal.for_closed):
        require_open(incident, moment)
    require_remembered(incident, moment)
    offers = modal.offers_others and await permitted.may_look(bot, request)
    others = (await bot.incidents.listed(request.person, {}, MOST_OFFERED))[0] if offers else ()
    might = await Suggesting(bot.changes).of(incident) if modal.suggests else ()
    words = Words(incident=incident, policy=bot.policy, now=bot.now, spoken=form.spoken, others=others, suggested=might)
    view = modal.make(words)
    return _carrying(request, view, shown=shown(view) if modal.is_shared else None)


def _carrying(request: Request, view: View, **facts: Any) -> View:
    """The view with what the handlers want back with it, as far as Slack lets it carry that much."""
    facts |= {"thread": request.thread, "aside": request.response_url or request.aside}
    written = json.dumps({**carried(view), **{name: fact for name, fact in facts.items() if fact}}, ensure_ascii=False)
    return {**view, "private_metadata": written} if len(written) <= REMEMBERED else view


async def _choice(bot: Parts, request: Request, form: Form) -> View:
    """The incidents to choose from; what was typed is done with the one that is chosen."""
    await permitted.require(bot, request, permitted.LOOK)
    modal = MODALS.get(form.door)
    filters = {"everything": True} if form.door in OF_ANY or (modal and modal.for_closed) else {}
    found, _ = await bot.incidents.listed(request.person, filters, MOST_OFFERED)
    return modals.picker(form.door, found, bot.policy, words=form.spoken.text, channel=request.channel)


def _title(door: str) -> str:
    modal = MODALS.get(door)
    return modal.title if modal else TITLES.get(door, "Which incident?")


def _offer(form: Form) -> Message:
    """The button that opens the form: a mention brings no trigger."""
    label = "Declare" if form.door == declaring.DOOR else _title(form.door)
    if form.door not in {*OF_NONE, *MODALS}:
        label, text = "Choose the incident", "Which incident? Say `INC-12` behind the word, or choose it here."
    else:
        text = f"*{label}*: there is more to say. Press the button and say it there."
    button = {**blocks.button(label, PICK, 0, "primary"), "value": form.spoken.text[:2_000]}
    return Message(text, (blocks.section(text), blocks.actions(button)))


def outdated(bot: Parts) -> Message:
    """What is said to a door that no longer exists."""
    return replies.refused(f"This is from another time. `{bot.policy.command} help` shows what there is now.")


def _not_opened(bot: Parts) -> Message:
    command = bot.policy.command
    return replies.refused(
        f"Slack did not open the form. Say it in one line instead: `{command} help` shows how, "
        f"for example `{command} declare sev1 Checkout is down`."
    )
