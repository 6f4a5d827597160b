# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""From declared to resolved, and back: how it is said."""

from bot.rules.declaring import WAS_OVER
from bot.rules.entries import Entry
from bot.rules.events import (
    Acknowledged,
    Cancelled,
    Declared,
    KeptAwake,
    Reopened,
    Resolved,
    StatusChanged,
    Unacknowledged,
)
from bot.rules.incident import Status
from bot.views.labels import STATUS_NEXT, acknowledge_by, command_for, lasted, room_link
from bot.views.messages.scene import Scene, Wording, by, commander_or_promise, next_update
from bot.views.text import ended, length, one_line, person, quote, wrote

AS = {"test": " as a test", "near miss": " as a near miss"}


def declared(event: Declared, entry: Entry, scene: Scene) -> Wording:
    """Somebody said that something is wrong."""
    how = f"{AS.get(event.kind, '')}{' privately' if event.private else ''}"
    happened = f"{by(entry)} declared it{how}."
    shown = (happened, quote(wrote(event.quote))) if event.quote else ()
    if event.over:
        return Wording(happened, shown=shown)
    due = scene.when(acknowledge_by(scene.incident, scene.policy))
    wanted = f"Nobody has it yet: press *Acknowledge* by {due} if you take it."
    return Wording(happened, wanted, shown, buttons=(scene.button("acknowledge", "primary"),))


def acknowledged(event: Acknowledged, entry: Entry, scene: Scene) -> Wording:
    """Somebody has it."""
    after = length(lasted(scene.incident, entry.at))
    wanted, buttons = commander_or_promise(scene)
    return Wording(f"{person(event.by)} has it, {after} after it was declared.", wanted, buttons=buttons)


def unacknowledged(event: Unacknowledged, entry: Entry, scene: Scene) -> Wording:
    """Nobody has it any more."""
    due = acknowledge_by(scene.incident, scene.policy)
    clock = f"it was due by {scene.when(due)}" if due <= entry.at else f"it is due by {scene.when(due)}"
    happened = f"took back the acknowledgement of {person(event.holder)}" if event.holder else "gave it back"
    return Wording(
        f"{person(event.by)} {happened}: nobody has it now, and {clock}.",
        "Press *Acknowledge* if you take it.",
        buttons=(scene.button("acknowledge", "primary"),),
    )


def status_changed(event: StatusChanged, entry: Entry, scene: Scene) -> Wording:
    """It moved forward or back."""
    has_it = " and has it" if scene.is_beside(Acknowledged) else ""
    impact = f" Impact: {wrote(event.impact)}" if event.impact else ""
    happened = f"{by(entry)} moved it from {event.before} to *{event.after}*{has_it}.{impact}"
    if scene.incident.is_open and not scene.incident.acknowledged_by:  # what they did stopped no paging
        wanted, buttons = "Nobody has it yet: press *Acknowledge* if you take it.", (scene.button("acknowledge"),)
        return Wording(happened, wanted, buttons=buttons)
    return Wording(happened, STATUS_NEXT.get(Status(event.after), next_update(scene)))


def resolved(event: Resolved, entry: Entry, scene: Scene) -> Wording:
    """It is over, and how long it took."""
    at = event.at or entry.at
    lasting = length(at - event.declared_at)
    if event.at:
        happened = f"✅ Over already when it was declared, lasted {lasting}"
        fix = "" if event.fix == WAS_OVER else f": {one_line(event.fix)}"
        return Wording(f"{happened}{ended(fix) or '.'}", "Nobody needs to act.")
    shown = [f"✅ *Resolved* by {by(entry)} after {lasting}.", f"*Fix* {wrote(event.fix)}"]
    if event.impact:
        shown.append(f"*Impact* {wrote(event.impact)}")
    shown.append(f"*Cause* {wrote(event.cause)}" if event.cause else "*Cause* not known yet")
    again = command_for(scene.incident, scene.policy, "reopen", "why")
    return Wording(
        f"✅ Resolved by {by(entry)} after {lasting}: {one_line(event.fix)}",
        f"Nobody needs to act. Should it come back: {again}.",
        tuple(shown),
    )


def reopened(event: Reopened, entry: Entry, scene: Scene) -> Wording:
    """It came back."""
    commander = scene.incident.commander
    wanted, buttons = commander_or_promise(scene)
    lead = f"{person(commander)} still commands. " if commander else ""
    room = room_link(scene.incident)
    join = f" Help is wanted in {room}." if room and not scene.is_room else ""
    happened = f"🔔 {by(entry)} reopened it: {ended(wrote(event.why))}"
    if scene.incident.is_open and not scene.incident.acknowledged_by:  # an alert did, which investigates nothing
        took = "Nobody has it: press *Acknowledge* if you take it."
        return Wording(happened, f"{lead}{took}{join}", buttons=(scene.button("acknowledge", "primary"),))
    return Wording(happened, f"It is being investigated again. {lead}{wanted}{join}", buttons=buttons)


def cancelled(event: Cancelled, entry: Entry, scene: Scene) -> Wording:
    """It was no incident."""
    why = f": {wrote(event.why)}" if event.why else "."
    again = command_for(scene.incident, scene.policy, "reopen", "why")
    return Wording(
        f"{by(entry)} cancelled it ({one_line(event.reason)}){why}",
        f"Nobody needs to act. If it was one after all: {again}.",
    )


def kept_awake(event: KeptAwake, entry: Entry, scene: Scene) -> Wording:
    """Its clocks run day and night."""
    return Wording(f"{by(entry)} keeps it awake: its clocks run day and night from now on.", next_update(scene))
