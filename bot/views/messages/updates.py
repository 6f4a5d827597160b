# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Updates in their one form, snoozes, notes and events: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import EventRecorded, Noted, ServiceAdded, ServiceRemoved, Snoozed, StatusChanged, Updated
from bot.rules.updates import SNOOZES_IN_A_ROW
from bot.views.labels import services, status_label
from bot.views.messages.scene import Scene, Wording, by
from bot.views.text import ended, link, one_line, person, time, wrote


def updated(event: Updated, entry: Entry, scene: Scene) -> Wording:
    """The form: time, severity, number; current status, impact, actions, next update."""
    before = [other.before for other in scene.beside if isinstance(other, StatusChanged)]
    was = f" (was {before[0]})" if before else ""
    promise = scene.when(event.next_at) if event.next_at else "none promised"
    form = (
        f"*{time(entry.at)} · {event.severity} · Update #{event.number}*",
        f"*Current status* {status_label(event.status)}{was}",
        f"*Impact* {wrote(event.impact) if event.impact else 'not known yet'}",
        f"*Actions* {wrote(event.text)}",
        *(f"• {one_line(each)}" for each in scene.doing),
        f"*Next update* {promise}",
        f"_Posted by {by(entry)}_",
    )
    spoken = one_line(event.text, 500)
    return Wording(f"Update #{event.number}, {event.status}: {ended(spoken)} Next update: {promise}.", shown=form)


def snoozed(event: Snoozed, entry: Entry, scene: Scene) -> Wording:
    """The promise was moved, for all to see."""
    left = SNOOZES_IN_A_ROW - event.count
    more = "It can be moved once more." if left > 0 else "It cannot be moved again: the next word is an update."
    return Wording(f"{by(entry)} moved the next update to {scene.when(event.until)}.", more)


def noted(event: Noted, entry: Entry, scene: Scene) -> Wording:
    """A note for the timeline."""
    return Wording(f"📝 {by(entry)}: {wrote(event.text)}")


def event_recorded(event: EventRecorded, entry: Entry, scene: Scene) -> Wording:
    """Something that happened earlier."""
    author = f", said by {person(event.author)}" if event.author and event.author != entry.person else ""
    source = f" ({link(event.link, 'message')})" if event.link else ""
    told = f"{wrote(event.text)}{source}"
    return Wording(f"📌 {by(entry)} put into the timeline for {scene.when(event.at)}{author}: {told}")


def service_added(event: ServiceAdded, entry: Entry, scene: Scene) -> Wording:
    """One service more."""
    return Wording(f"{by(entry)} added {services((event.service,), scene.policy)}.", _now(scene))


def service_removed(event: ServiceRemoved, entry: Entry, scene: Scene) -> Wording:
    """One service less."""
    return Wording(f"{by(entry)} took off {services((event.service,), scene.policy)}.", _now(scene))


def _now(scene: Scene) -> str:
    names = services(scene.incident.services, scene.policy)
    return f"Services now: {names}." if names else "No service is named now."
