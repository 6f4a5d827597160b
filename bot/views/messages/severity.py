"""Raised, lowered, in hand: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import InHand, SeverityChanged, Updated
from bot.rules.policy import Policy
from bot.views.labels import acknowledge_by, every, level_named, where
from bot.views.messages.scene import Scene, Wording, by, commander_or_promise
from bot.views.text import wrote


def severity_changed(event: SeverityChanged, entry: Entry, scene: Scene) -> Wording:
    """It became more or less severe, and what that promises from now on."""
    direction = "🔺 {} raised it" if event.raised else "{} lowered it"
    # With a reason it is an update as well, and the update's form gives the reason.
    why = f": {wrote(event.why)}" if event.why and not scene.is_beside(Updated) else "."
    happened = f"{direction.format(by(entry))} from {event.before} to *{event.after}*{why}"
    promises = f"Updates {every(level_named(event.after, scene.policy).update_every)} from now on."
    join = f" Help is wanted in {where(scene.incident)}." if event.raised and not scene.is_room else ""
    if scene.incident.is_open and scene.incident.acknowledged_by is None:
        due = scene.when(acknowledge_by(scene.incident, scene.policy))
        stopped = ", and nobody is paged any more" if stops_paging(event, scene.policy) else ""
        wanted = f"{promises} Nobody has it yet{stopped}: press *Acknowledge* by {due} if you take it.{join}"
        return Wording(happened, wanted, buttons=(scene.button("acknowledge", "primary"),))
    wanted, buttons = commander_or_promise(scene)
    if scene.is_beside(Updated) and not buttons:
        wanted = ""  # the update's form gives the promise
    return Wording(happened, f"{promises} {wanted}{join}".strip(), buttons=buttons)


def stops_paging(event: SeverityChanged, policy: Policy) -> bool:
    """Whether it paged before, and does not from now on."""
    is_paging = bool(policy.policies) and level_named(event.before, policy).page
    return is_paging and not level_named(event.after, policy).page


def in_hand(event: InHand, entry: Entry, scene: Scene) -> Wording:
    """Asked whether to raise it, somebody said no."""
    why = f": {wrote(event.why)}" if event.why else "."
    return Wording(f"{by(entry)} has it in hand{why}", f"It stays {scene.incident.severity}.")
