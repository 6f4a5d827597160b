"""The top message in the announcement channel: edited while the incident lives, one line once it is closed."""

from collections.abc import Iterable
from datetime import datetime

from bot.rules.alerts.newest import Newest
from bot.rules.declaring import WAS_OVER
from bot.rules.incident import Incident, Status
from bot.rules.paging.by_hand import Ahead
from bot.rules.policy import Policy
from bot.views import acts
from bot.views.blocks import Block, actions, button, section
from bot.views.card import AS, card, lasting
from bot.views.labels import (
    LOCK,
    figures,
    headline,
    impact,
    lasted,
    respond_by,
    room_link,
    services,
    spoken,
    state_word,
    status_label,
    wants_commander,
    was_over,
)
from bot.views.message import Message, message
from bot.views.text import clip, date, length, one_line, person

FACT = 110


def announcement(
    incident: Incident,
    policy: Policy,
    now: datetime | None = None,
    ahead: Ahead | None = None,
    newest: Newest | None = None,
) -> Message:
    """What everybody may know at a glance. Where its thread is the room, it is the card as well.

    `ahead` and `newest` are told on the card only: whom it pages, and what its newest alert says.
    Without `now` the moment of the last promise serves: enough to say what time of day is near.
    """
    if incident.private:
        return _private(incident)
    if not incident.is_open:
        line = _closed(incident, policy)
        return message(_closed_text(incident), section(line))
    moment = now or incident.promised_at
    if incident.room == "thread":
        shown = card(incident, policy, moment, ahead, newest)
        return message(_text(incident, policy, moment), *shown.blocks, actions(*_others(incident)))
    lines = [headline(incident, policy), *_lines(incident, policy, moment)]
    buttons = [*_wanted(incident), *(_others(incident) if incident.channel else [])]
    row = [actions(*buttons)] if buttons else []
    return message(_text(incident, policy, moment), section("\n".join(lines)), *row)


def _private(incident: Incident) -> Message:
    """Once announced, then made private: nothing of it but its number, and how to ask."""
    text = f"{LOCK} {incident.name} is private."
    ask = acts.ASIDE["access"]
    return message(text, section(text), actions(button(ask.label, ask.door, incident.number)))


def _wanted(incident: Incident) -> Iterable[Block]:
    act = acts.ACTS["acknowledge"]
    return [] if incident.acknowledged_by else [button(act.label, act.door, incident.number, "primary")]


def _others(incident: Incident) -> Iterable[Block]:
    """For those who are not in it."""
    return [button(act.label, act.door, incident.number) for act in (acts.ASIDE["join"], acts.ASIDE["follow"])]


def _lines(incident: Incident, policy: Policy, now: datetime) -> Iterable[str]:
    yield _state(incident, policy, now)
    if incident.services:
        yield clip(f"*Services* {services(incident.services, policy)}", 2 * FACT)
    if incident.affected and not incident.impact:
        told = (one_line(incident.affected, FACT), figures(incident))
        yield f"*Affected* {' · '.join(filter(None, told))}"
    elif told_of := impact(incident, FACT):
        yield f"*Impact* {told_of}"
    declared = incident.at("declared") or incident.anchor
    room = room_link(incident)
    follow = f"work goes on in {room}" if room else "its channel is being made"
    yield f"Declared {date(declared)} by {person(incident.declared_by)}{AS.get(incident.kind, '')} · {follow}"


def _state(incident: Incident, policy: Policy, now: datetime) -> str:
    status = f"*{status_label(incident.status)}*"
    if incident.acknowledged_by is None:
        return f"{status} · *nobody has it yet*, {respond_by(incident, policy, now)}"
    if incident.commander:
        return f"{status} · commander {person(incident.commander)}"
    missing = " · no commander yet" if wants_commander(incident, policy) else ""
    return f"{status} · {person(incident.acknowledged_by)} has it{missing}"


def _text(incident: Incident, policy: Policy, now: datetime) -> str:
    if incident.acknowledged_by is None:
        told = f"declared by {person(incident.declared_by)}, nobody has it yet"
        return f"{spoken(incident)}: {told}, {respond_by(incident, policy, now)}. Press Acknowledge if you take it."
    holder = person(incident.commander or incident.acknowledged_by)
    room = room_link(incident)
    return f"{spoken(incident)}: {incident.status}, {holder} has it.{f' Follow it in {room}.' if room else ''}"


def _closed(incident: Incident, policy: Policy) -> str:
    room = room_link(incident)
    return f"{headline(incident, policy)} — {_end(incident)}{f' · {room}' if room else ''}"


def _closed_text(incident: Incident) -> str:
    return f"{spoken(incident)}: {_end(incident)}. Nobody needs to act."


def _end(incident: Incident) -> str:
    if incident.is_merged:
        return state_word(incident)
    if incident.status is Status.CANCELLED:
        return f"cancelled: {incident.cancelled_because}"
    at = incident.at("resolved")
    if at and was_over(incident):
        fix = "" if incident.fix == WAS_OVER else f": {one_line(incident.fix, FACT)}"
        if incident.kind == "near miss":
            return f"averted{fix}"
        return f"resolved, over already when it was declared{lasting(incident, at)}{fix}"
    after = f" after {length(lasted(incident, at))}" if at else ""
    return f"resolved{after}: {one_line(incident.fix, FACT)}"
