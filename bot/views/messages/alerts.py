# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Alerts of other programs, as they are told in an incident: they fire, there are more of them, they are over."""

from bot.rules.entries import Entry
from bot.rules.events import AlertFired, AlertsOver, Resolved
from bot.views.messages.scene import Scene, Wording
from bot.views.text import one_line

TITLE = 120


def alert_fired(event: AlertFired, entry: Entry, scene: Scene) -> Wording:
    """Alerts of a group: the first, the 10th, the 100th; or once more after all was quiet."""
    title = f"*{one_line(event.title, TITLE)}*"
    if event.again:
        return Wording(f"🔔 {title} fires again ({one_line(event.source)}).")
    if event.count == 1:
        return Wording(f"🔔 {title} fires as well ({one_line(event.source)}).")
    return Wording(f"🔔 {event.count:,} alerts by now: {title} ({one_line(event.source)}).")


def alerts_over(event: AlertsOver, entry: Entry, scene: Scene) -> Wording:
    """A group is over; where it was the last one, resolving is offered."""
    happened = f"🔕 *{one_line(event.title, TITLE)}* fires no longer ({one_line(event.source)})."
    if event.offered:
        return Wording(
            happened,
            "No alert of this incident fires now. Is service restored? Then press *Resolve* and say what fixed it.",
            buttons=(scene.button("resolve"),),
        )
    return Wording(happened, "" if scene.is_beside(Resolved) else "Other alerts of this incident still fire.")
