# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Something was changed while the incident is open: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import RolledOut
from bot.views.messages.scene import Scene, Wording
from bot.views.rollouts import told


def rolled_out(event: RolledOut, entry: Entry, scene: Scene) -> Wording:
    """What it was, and that it may matter."""
    return Wording(f"🚚 {told(event)} ({scene.when(event.at)}).", "If that was not meant to help here, look at it.")
