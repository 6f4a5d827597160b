# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""The app's Home: what needs you first, then what is open, and how to declare."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.rules import private
from bot.rules.incident import Incident
from bot.rules.needs import Need
from bot.rules.paging.reaching import Reach
from bot.rules.policy import Policy
from bot.views import acts
from bot.views.acts import ACTS, ASIDE, Act
from bot.views.blocks import (
    MENU_OPTIONS,
    Block,
    Style,
    actions,
    button,
    context,
    divider,
    header,
    option,
    overflow,
    section,
)
from bot.views.labels import (
    headline,
    is_update_due,
    respond_by,
    role_title,
    room_link,
    status_label,
    wants_commander,
)
from bot.views.reach import reach
from bot.views.text import listed, one_line, person, sentence, when

View: TypeAlias = dict[str, Any]
"""A view as JSON."""
PAGE = 15
"""Incidents on one page: two blocks each, so that 100 are never reached."""
MOST_NEEDS = 12
NOTE = 200


@dataclass(frozen=True, slots=True)
class Home:
    """What somebody's Home shows: what needs them, and page `page` (from 0) of `total` open incidents they may see."""

    needs: tuple[Need, ...] = ()
    incidents: tuple[Incident, ...] = ()
    total: int = 0
    page: int = 0
    reach: Reach | None = None
    """How they are reached, where anybody may be paged; by which ways they could be is in `offered`."""
    offered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is needed for, and the buttons that do it."""

    text: str
    buttons: tuple[Block, ...]


def home(viewer: str, shown: Home, policy: Policy, now: datetime) -> View:
    """The whole Home, as Slack is given it."""
    reached = reach(shown.reach, shown.offered, now) if shown.reach else ()
    blocks = [*_top(policy), *_needs(shown, policy, now), *_open(viewer, shown, policy, now), *reached]
    return {
        "type": "home",
        "callback_id": "home",
        "private_metadata": json.dumps({"page": shown.page}),
        "blocks": blocks,
    }


def _top(policy: Policy) -> Iterator[Block]:
    yield actions(button("Declare incident", "incident:declare", 0, "primary"))
    typed = f"`{policy.command} declare sev1 what is wrong`"
    yield context(f"Or type {typed} in any channel; `{policy.command} help` shows all there is.")


def _needs(shown: Home, policy: Policy, now: datetime) -> Iterator[Block]:
    if not shown.needs:
        quiet = "Nothing needs you." if shown.total else "Nothing needs you. All is quiet."
        yield section(quiet)
        return
    yield header("What needs you")
    wanted = [each for need in shown.needs for each in _wanted(need, policy, now)]
    for each in wanted[:MOST_NEEDS]:
        yield section(each.text)
        yield actions(*each.buttons)
    if left := len(wanted) - MOST_NEEDS:
        yield from [context(f"{left} more show once these are done.")] if left > 0 else []


def _wanted(need: Need, policy: Policy, now: datetime) -> Iterator[Wanted]:
    say = NEEDS.get(need.what, _look)
    for text, buttons in say(need.incident, policy, now):
        yield Wanted(f"{headline(need.incident, policy)}\n{text}", buttons)


Said: TypeAlias = Iterator[tuple[str, tuple[Block, ...]]]


def _update(incident: Incident, policy: Policy, now: datetime) -> Said:
    due = f"due since {when(incident.promise, now)}" if now >= incident.promise else f"by {when(incident.promise, now)}"
    yield f"⏰ You are asked for its next update, {due}.", (_act("update", incident, "primary"),)


def _acknowledge(incident: Incident, policy: Policy, now: datetime) -> Said:
    yield f"Nobody has it yet, {respond_by(incident, policy, now)}.", (_act("acknowledge", incident, "primary"),)


def _handoff(incident: Incident, policy: Policy, now: datetime) -> Said:
    offered = incident.handoff
    giver = person(offered.by) if offered else "Its commander"
    note = f"\n> {one_line(offered.note, NOTE)}" if offered and offered.note else ""
    buttons = (_act("handoff_accept", incident, "primary"), _act("handoff_decline", incident))
    yield f"{giver} offers you command, and commands until you take it.{note}", buttons


def _access(incident: Incident, policy: Policy, now: datetime) -> Said:
    for who in private.waiting(incident):
        let_in = button("Let in", f"incident:grant/{who}", incident.number, "primary")
        not_now = button("Not now", f"incident:deny/{who}", incident.number)
        yield f"{person(who)} asks to see it. You decide.", (let_in, not_now)


def _look(incident: Incident, policy: Policy, now: datetime) -> Said:
    yield "It waits for you.", (_act("show", incident, "primary"),)


NEEDS: Mapping[str, Callable[[Incident, Policy, datetime], Said]] = {
    "update": _update,
    "acknowledge": _acknowledge,
    "handoff": _handoff,
    "access": _access,
}
"""By what waits: what is said, with its buttons; once for each person who asks for access."""


def _act(name: str, incident: Incident, style: Style | None = None) -> Block:
    act = ACTS.get(name) or ASIDE[name]
    return button(act.label, act.door, incident.number, style)


def _open(viewer: str, shown: Home, policy: Policy, now: datetime) -> Iterator[Block]:
    yield divider()
    if not shown.total:
        yield section("No incident is open.")
        return
    yield header("Open incidents")
    wanted = {need.incident.number for need in shown.needs}
    for incident in shown.incidents[:PAGE]:
        yield section(f"{headline(incident, policy)}\n{_facts(viewer, incident, policy, now)}")
        yield _row(incident, policy, is_wanted=incident.number in wanted)
    yield from _pages(shown)


def _facts(viewer: str, incident: Incident, policy: Policy, now: datetime) -> str:
    """`*Investigating* since 14:00 · @bob commands, you are scribe · next update by 14:30 · #inc-12-checkout`."""
    declared = incident.at("declared") or incident.anchor
    parts = [
        f"*{status_label(incident.status)}*, declared {when(declared, now)}",
        _holder(viewer, incident, policy),
        _promise(incident, now),
        room_link(incident),
    ]
    return " · ".join(filter(None, parts))


def _holder(viewer: str, incident: Incident, policy: Policy) -> str:
    own = [role_title(role) for role, holder in incident.roles.items() if holder == viewer]
    if own:
        return f"you are {listed(own)}"
    if incident.acknowledged_by is None:
        return "*nobody has it*"
    if incident.commander:
        return f"{person(incident.commander)} commands"
    lacks = ", no commander" if wants_commander(incident, policy) else ""
    return f"{person(incident.acknowledged_by)} has it{lacks}"


def _promise(incident: Incident, now: datetime) -> str:
    promised = when(incident.promise, now)
    return f"⏰ update due since {promised}" if is_update_due(incident, now) else f"next update by {promised}"


def _row(incident: Incident, policy: Policy, *, is_wanted: bool) -> Block:
    """What is wanted most, all there is, and a menu of what else fits; *Show all* leads to the rest.

    What the person is wanted for stands out above, and need not do so again.
    """
    is_urgent = incident.acknowledged_by is None
    first = ACTS["acknowledge" if is_urgent else "update"]
    on_top = (first, ACTS["show"])
    fitting = (*acts.on_buttons(incident, policy), *acts.on_menu(incident, policy))
    rest: list[Act] = [act for act in fitting if act not in on_top]
    options = [option(act.label, f"{act.door} {incident.number}") for act in rest[:MENU_OPTIONS]]
    buttons = [button(act.label, act.door, incident.number) for act in on_top]
    if is_urgent and not is_wanted:
        buttons[0]["style"] = "primary"
    return actions(*buttons, *([overflow(acts.MENU, options)] if len(options) > 1 else []))


def _pages(shown: Home) -> Iterator[Block]:
    """Where one is, and the way back and on; nothing where all fits."""
    before = shown.page * PAGE
    last = before + len(shown.incidents[:PAGE])
    if before == 0 and last >= shown.total:
        return
    span = f"{before + 1}–{last} of {shown.total}" if last > before else f"{shown.total} in all"
    yield context(sentence(span))
    back = [("Previous", shown.page - 1)] if shown.page else []
    on = [("Next", shown.page + 1)] if last < shown.total and last > before else []
    yield actions(*(button(label, f"incident:home/{page}", page) for label, page in (*back, *on)))
