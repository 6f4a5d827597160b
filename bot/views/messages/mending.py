# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""What is set right afterwards: how it is said."""

from collections.abc import Mapping, Sequence

from bot.rules.entries import Entry
from bot.rules.events import Edited, MilestoneEdited, Undone
from bot.views.labels import FIGURES, role_title, where
from bot.views.messages.scene import Scene, Wording, by, commander_or_promise
from bot.views.text import ended, one_line, person, wrote

FIELDS = {
    "title": "the title",
    "affected": "who is affected",
    "services": "the services",
    "users": "users",
    "revenue": "revenue",
    "tickets": "tickets",
}
MILESTONES = {
    "began": "when it began",
    "detected": "when it was detected",
    "declared": "when it was declared",
    "acknowledged": "when it was acknowledged",
    "mitigated": "when it was mitigated",
    "resolved": "when it was resolved",
}
"""A milestone's time, within a sentence."""


def edited(event: Edited, entry: Entry, scene: Scene) -> Wording:
    """A fact was changed."""
    return all_edited([event], entry, scene)


def all_edited(changes: Sequence[Edited], entry: Entry, scene: Scene) -> Wording:
    """Several facts changed at once, as one line."""
    return Wording(f"{by(entry)} changed {'; '.join(map(_to, changes))}.")


def _to(event: Edited) -> str:
    name = FIELDS.get(event.field, one_line(event.field))
    return f"{name} to {told(event.field, event.after) if event.after else 'nothing'}"


def told(field: str, value: str) -> str:
    """A value as people read it: a title in quotation marks, numbers with their thousands apart."""
    if field in FIGURES and value.isdecimal():
        return FIGURES[field](value).removeprefix("revenue ").split(" ")[0]
    return f"“{one_line(value)}”" if field in {"title", "affected"} else one_line(value)


def milestone_edited(event: MilestoneEdited, entry: Entry, scene: Scene) -> Wording:
    """A time was set right."""
    return all_milestones_edited([event], entry, scene)


def all_milestones_edited(changes: Sequence[MilestoneEdited], entry: Entry, scene: Scene) -> Wording:
    """Several times set right for one reason, as one line."""
    times = [f"{MILESTONES.get(each.milestone, each.milestone)}: {_times(each, scene)}" for each in changes]
    return Wording(f"{by(entry)} set right {'; '.join(times)}. {wrote(changes[0].why)}".rstrip())


def _times(event: MilestoneEdited, scene: Scene) -> str:
    before = f" instead of {scene.when(event.before)}" if event.before else ", not known before"
    return f"{scene.when(event.after)}{before}"


def undone(event: Undone, entry: Entry, scene: Scene) -> Wording:
    """An act was taken back: a correction of what others have read."""
    if event.kind == "RoleAssigned" and scene.is_to_person:
        return Wording(_to_holder(event, entry, scene), f"Work goes on in {where(scene.incident)}.")
    happened = f"Correction: {by(entry)} {ended(_taken_back(event, entry, scene))}"
    incident = scene.incident
    if incident.is_open and incident.acknowledged_by is None:
        told = "Press" if event.kind == "Acknowledged" else "Nobody has it: press"
        wanted = f"{told} *Acknowledge* if you take it."
        return Wording(happened, wanted, buttons=(scene.button("acknowledge", "primary"),))
    wanted, buttons = commander_or_promise(scene)
    return Wording(happened, wanted, buttons=buttons)


def _to_holder(event: Undone, entry: Entry, scene: Scene) -> str:
    """Who holds the role again, or no longer, is told in so many words."""
    title = role_title(event.role)
    if scene.reader == event.now:
        return f"Correction: {by(entry)} {_un_named(event, entry)}: you are its {title} again."
    now = f"{person(event.now)} is again" if event.now else "nobody is now"
    return f"Correction: {by(entry)} took back that you are its {title}: {now}."


def _taken_back(event: Undone, entry: Entry, scene: Scene) -> str:
    match event.kind:
        case "SeverityChanged":
            was, now = (scene.policy.rank(name) for name in (event.was, event.now))
            return f"took back the {'raise' if was < now else 'lowering'}, it is {event.now} again"
        case "RoleAssigned":
            title = role_title(event.role)
            again = f"{person(event.now)} is {title} again" if event.now else f"nobody is {title} now"
            return f"{_un_named(event, entry)}: {again}"
    again = f", it is {one_line(event.now)} again" if event.now else ""
    return "took back " + UNDONE.get(event.kind, "the last change{again}").format(was=one_line(event.was), again=again)


def _un_named(event: Undone, entry: Entry) -> str:
    """What became of who was named; one may have named oneself."""
    if event.was == entry.person:
        return f"is not {role_title(event.role)} after all"
    return f"took back the naming of {person(event.was)}"


UNDONE: Mapping[str, str] = {
    "StatusChanged": "the move to {was}{again}",
    "Acknowledged": "the acknowledgement: nobody has it now",
    "Resolved": "the resolution{again}",
    "Cancelled": "the cancellation{again}",
    "Merged": "the merge into {was}: it goes on by itself{again}",
}
"""What was taken back and what holds again, by the kind of the event."""
