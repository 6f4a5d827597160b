"""The top message in the announcement channel: edited while the incident lives, one line once it is closed."""

from collections.abc import Iterable
from datetime import datetime

from bot.rules.incident import Incident, Status
from bot.rules.policy import Policy
from bot.views import acts
from bot.views.blocks import actions, button, section
from bot.views.card import card
from bot.views.labels import (
    acknowledge_by,
    headline,
    lasted,
    room_link,
    services,
    spoken,
    status_label,
    wants_commander,
)
from bot.views.message import Message, message
from bot.views.text import clip, date, length, one_line, person, time

FACT = 110


def announcement(incident: Incident, policy: Policy, now: datetime | None = None) -> Message:
    """What everybody may know at a glance. Where its thread is the room, it is the card as well.

    Without `now` the moment of the last promise serves: enough to say what time of day is near.
    """
    if not incident.is_open:
        line = _closed(incident, policy)
        return message(_closed_text(incident), section(line))
    if incident.room == "thread":
        shown = card(incident, policy, now or incident.promised_at)
        return message(_text(incident, policy), *shown.blocks)
    lines = [headline(incident, policy), *_lines(incident, policy)]
    wanted = [acts.ACTS["acknowledge"]] if incident.acknowledged_by is None else []
    buttons = [button(act.label, act.door, incident.number, "primary") for act in wanted]
    return message(_text(incident, policy), section("\n".join(lines)), *([actions(*buttons)] if buttons else []))


def _lines(incident: Incident, policy: Policy) -> Iterable[str]:
    yield _state(incident, policy)
    if incident.services:
        yield clip(f"*Services* {services(incident.services, policy)}", 2 * FACT)
    if incident.impact or incident.affected:
        label, told = ("Impact", incident.impact) if incident.impact else ("Affected", incident.affected)
        yield f"*{label}* {one_line(told, FACT)}"
    declared = incident.at("declared") or incident.anchor
    room = room_link(incident)
    follow = f"follow or help in {room}" if room else "its channel is being made"
    yield f"Declared {date(declared)} by {person(incident.declared_by)} · {follow}"


def _state(incident: Incident, policy: Policy) -> str:
    status = f"*{status_label(incident.status)}*"
    if incident.acknowledged_by is None:
        return f"{status} · *nobody has it yet*, due by {time(acknowledge_by(incident, policy))}"
    if incident.commander:
        return f"{status} · commander {person(incident.commander)}"
    missing = " · no commander yet" if wants_commander(incident, policy) else ""
    return f"{status} · {person(incident.acknowledged_by)} has it{missing}"


def _text(incident: Incident, policy: Policy) -> str:
    if incident.acknowledged_by is None:
        due = time(acknowledge_by(incident, policy))
        told = f"declared by {person(incident.declared_by)}, nobody has it yet"
        return f"{spoken(incident)}: {told}. Press Acknowledge by {due} if you take it."
    holder = person(incident.commander or incident.acknowledged_by)
    room = room_link(incident)
    return f"{spoken(incident)}: {incident.status}, {holder} has it.{f' Follow it in {room}.' if room else ''}"


def _closed(incident: Incident, policy: Policy) -> str:
    room = room_link(incident)
    return f"{headline(incident, policy)} — {_end(incident)}{f' · {room}' if room else ''}"


def _closed_text(incident: Incident) -> str:
    return f"{spoken(incident)}: {_end(incident)}. Nobody needs to act."


def _end(incident: Incident) -> str:
    if incident.status is Status.CANCELLED:
        return f"cancelled: {incident.cancelled_because}"
    at = incident.at("resolved")
    after = f" after {length(lasted(incident, at))}" if at else ""
    return f"resolved{after}: {one_line(incident.fix, FACT)}"
