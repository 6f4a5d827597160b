# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Alerts of other programs, as they are told in an incident: they fire, there are more of them, they are over."""

from collections.abc import Sequence
from dataclasses import replace

from bot.rules.alerts.alert import REPORT
from bot.rules.entries import Entry
from bot.rules.events import AlertFired, AlertGathered, AlertsOver, Resolved
from bot.views.messages.scene import Scene, Wording
from bot.views.text import one_line, program

TITLE = 120
SHOWN = 3
"""Alerts of a storm that its message names, the newest."""


def alert_fired(event: AlertFired, entry: Entry, scene: Scene) -> Wording:
    """Alerts of a group: the first, the 10th, the 100th; or once more after all was quiet."""
    title = f"*{one_line(event.title, TITLE)}*"
    if event.source == REPORT:
        return Wording(f"🔔 Reported as well: {title}.")
    if event.again:
        return Wording(f"🔔 {title} fires again ({program(event.source)}).")
    if event.count == 1:
        return Wording(f"🔔 {title} fires as well ({program(event.source)}).")
    return Wording(f"🔔 {event.count:,} alerts by now: {title} ({program(event.source)}).")


def alert_gathered(event: AlertGathered, entry: Entry, scene: Scene) -> Wording:
    """One of many."""
    return several_gathered([entry], scene)


def several_gathered(entries: Sequence[Entry], scene: Scene) -> Wording:
    """A storm: how many by now, the newest of them, and where the others are."""
    told = [entry.event for entry in entries if isinstance(entry.event, AlertGathered)]
    newest = f"*{one_line(told[-1].title, TITLE)}* ({program(told[-1].source)})"
    head = f"🔔 {told[-1].many:,} different alerts by now"
    names = [f"• {one_line(event.title, TITLE)} ({program(event.source)})" for event in reversed(told[-SHOWN:])]
    rest = [f"and {len(told) - SHOWN:,} more within this minute"] if len(told) > SHOWN else []
    wanted = f"They are told together here: no incident is opened for each. `{scene.policy.command} show` lists them."
    lines = (f"*{head}*", *names, *rest) if len(told) > 1 else ()
    return Wording(f"{head}, the newest: {newest}.", wanted, shown=lines)


def alerts_over(event: AlertsOver, entry: Entry, scene: Scene) -> Wording:
    """A group is over; where it was the last one, resolving is offered."""
    happened = f"🔕 *{one_line(event.title, TITLE)}* fires no longer ({program(event.source)})."
    if event.offered:
        return Wording(
            happened,
            "No alert of this incident fires now. Is service restored? Then press *Resolve* and say what fixed it.",
            buttons=(scene.button("resolve"),),
        )
    return Wording(happened, "" if scene.is_beside(Resolved) else "Other alerts of this incident still fire.")


def flapping(entries: Sequence[Entry], scene: Scene) -> Wording:
    """What comes and goes: how each group stands now, and how often they fired within this line's minute."""
    latest: dict[str, Wording] = {}
    last = Wording("")
    for entry in entries:
        match entry.event:
            case AlertFired() as told:
                last = latest[told.group] = alert_fired(told, entry, scene)
            case AlertsOver() as told:
                last = latest[told.group] = alerts_over(told, entry, scene)
    many = sum(isinstance(each.event, AlertFired) for each in entries)
    times = [f"It comes and goes: fired {many} times within a minute."] if many > len(latest) else []
    return replace(last, happened=" ".join([*(each.happened for each in latest.values()), *times]))
