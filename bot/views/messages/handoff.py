# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Command, offered from one person to another: how it is said."""

from datetime import datetime

from bot.rules.entries import Entry
from bot.rules.events import HandoffDeclined, HandoffOffered, HandoffWaiting
from bot.rules.incident import Incident
from bot.views.blocks import Block, packed
from bot.views.brief import brief
from bot.views.labels import where
from bot.views.messages.scene import Scene, Wording
from bot.views.text import ended, length, one_line, person, quote, wrote

SOMEBODY_ELSE = "Hand over to somebody else"
SPOKEN = 300


def handoff_offered(event: HandoffOffered, entry: Entry, scene: Scene) -> Wording:
    """Command is offered; who offers it has it until the other takes it."""
    giver, taker = person(event.by), person(event.to)
    if not scene.is_to_person:
        note = ended(f": {one_line(event.note, SPOKEN)}") if event.note else "."
        return Wording(f"{giver} offers command to {taker}{note}", f"{giver} commands until {taker} takes it.")
    happened = f"{giver} wants to hand command over to you"
    lines = brief(scene.incident, scene.history, scene.policy, scene.now)
    wanted = f"{giver} commands until you press *I have command*. *Not me* leaves it with {giver}."
    return Wording(
        f"{happened}: {ended(one_line(event.note, SPOKEN))}" if event.note else f"{happened}.",
        wanted,
        (f"{happened}:", quote(wrote(event.note))) if event.note else (f"{happened}.",),
        tuple(packed(lines)),
        (scene.button("handoff_accept", "primary"), scene.button("handoff_decline")),
    )


def handoff_declined(event: HandoffDeclined, entry: Entry, scene: Scene) -> Wording:
    """The other does not take it."""
    taker = person(event.to)
    if not scene.is_to_person:
        return Wording(f"{taker} does not take command.", f"{person(event.by)} still commands.")
    return Wording(f"{taker} does not take command: you still have it.", _on(scene), buttons=_again(scene))


def handoff_waiting(event: HandoffWaiting, entry: Entry, scene: Scene) -> Wording:
    """The other has not answered."""
    offered = _offered_at(scene.incident, event)
    since = f" for {length(scene.now - offered)}" if offered else ""
    happened = f"⏰ {person(event.to)} has not answered{since}{scene.late(event.due_at)}"
    if not scene.is_to_person:
        return Wording(f"{happened}.", f"{person(event.by)} still commands.")
    return Wording(f"{happened}: you still have command.", _on(scene), buttons=_again(scene))


def _offered_at(incident: Incident, event: HandoffWaiting) -> datetime | None:
    handoff = incident.handoff
    return handoff.at if handoff and handoff.to == event.to else None


def _on(scene: Scene) -> str:
    return f"Go on in {where(scene.incident)}, or ask somebody else."


def _again(scene: Scene) -> tuple[Block, ...]:
    return (scene.door(SOMEBODY_ELSE, "handoff"),)
