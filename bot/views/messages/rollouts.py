# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Something was changed while the incident is open: how it is said."""

from collections.abc import Sequence

from bot.rules.bursts import ROLLOUTS
from bot.rules.entries import Entry
from bot.rules.events import RolledOut
from bot.views.messages.scene import Scene, Wording
from bot.views.rollouts import NAME, told, what
from bot.views.text import length, listed, one_line

SHOWN = 3
"""Changes of a storm that its message names, the newest; the list has all of them."""


def rolled_out(event: RolledOut, entry: Entry, scene: Scene) -> Wording:
    """What it was, and that it may matter."""
    return Wording(f"🚚 {told(event)} ({scene.when(event.at)}).", "If that was not meant to help here, look at it.")


def several_rolled_out(entries: Sequence[Entry], scene: Scene) -> Wording:
    """A storm of them: how many, where, the newest, and where the others are."""
    events = (entry.event for entry in entries if isinstance(entry.event, RolledOut))
    told_of = sorted(events, key=lambda event: event.at)
    services = list(dict.fromkeys(one_line(event.service, NAME) for event in told_of if event.service))
    on = f" on {listed(services[:SHOWN])}{' and more' if len(services) > SHOWN else ''}" if services else ""
    happened = f"🚚 {len(told_of)} changes{on} in the last {length(ROLLOUTS.back)}, the newest: {what(told_of[-1])}."
    newest = [f"• {scene.when(event.at)} {what(event)}" for event in reversed(told_of[-SHOWN:])]
    more = len(told_of) - len(newest)
    rest = [f"and {more} more: `{scene.policy.command} changes`"] if more else []
    head = f"🚚 *{len(told_of)} changes*{on} in the last {length(ROLLOUTS.back)}"
    return Wording(happened, "If they were not meant to help here, look at them.", shown=(head, *newest, *rest))
