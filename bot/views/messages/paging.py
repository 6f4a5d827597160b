# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Who is paged, and who did not answer: how it is said."""

from collections.abc import Iterable, Mapping

from bot.rules.automation.automatic import NOTE
from bot.rules.entries import Entry
from bot.rules.events import (
    DeputyWanted,
    MitigationSoon,
    NobodyAnswered,
    NotMitigated,
    Paged,
    PageDeclined,
    StillThere,
)
from bot.rules.paging.asking import TO_COMMAND
from bot.rules.paging.attendance import DEPUTY_AFTER, SILENT_FOR
from bot.rules.paging.escalation import FIRST
from bot.rules.people import first_seeing
from bot.views.blocks import packed
from bot.views.brief import brief
from bot.views.labels import command_for
from bot.views.messages.scene import Scene, Wording, by
from bot.views.oncall import who as who_is
from bot.views.suggesting import asking, suggested
from bot.views.text import ended, length, listed, one_line, person, sentence

BECAUSE: Mapping[str, str] = {
    "service": "A service was added: ",
    "silence": "No answer: ",
    "declined": "Who was paged cannot take it: ",
    "unacknowledged": "It was given back: ",
    "mitigation": "Still not mitigated: ",
    "commander": "Nobody commands it: ",
    "update": "Nobody answers for its update: ",
}
"""Why a level is paged, as the beginning of a sentence; keys of `escalation.WHY`."""
STILL_MISSING: Mapping[str, tuple[str, str, str]] = {
    "commander": ("Still no commander", "command", "press *Take command*"),
    "update": ("Still no update", "update", "press *Post update*"),
}
"""What is missing where nobody is left to be paged for it, and the button that ends it."""
TOLD = frozenset({"declined", "unacknowledged"})
"""What the line before it says already, where the incident's people work."""


def paged(event: Paged, entry: Entry, scene: Scene) -> Wording:
    """A level was paged, or somebody by hand; of a test what would have been."""
    who, late = named(called(event)), scene.late(event.due_at)
    level = f" ({one_line(event.policy)}, level {event.level})" if event.policy else ""
    passed = _missing(event)
    if event.would:
        return Wording(f"This is a test. I would page {who} now{level}.{passed}", _then(event, scene))
    if event.why in TO_COMMAND and entry.person:
        return Wording(f"📟 {by(entry)} asks {who} to take command.", buttons=(scene.button("command"),))
    if event.why == "asked":
        is_by_rule = event.note == NOTE
        why = f": {one_line(event.note)}" if event.note and not is_by_rule else ""
        happened = f"📟 {sentence(NOTE) if is_by_rule else by(entry)} pages {who}{level}{ended(why) or '.'}{passed}"
    else:
        happened = f"📟 {_because(event, scene)}paging {who}{level}{late}.{passed}"
        happened = happened.replace("📟 paging", "📟 Paging", 1)
    if scene.incident.acknowledged_by:
        return Wording(happened)
    is_there = bool(event.channels) and scene.place == "thread"  # who reads it in a channel that is paged was asked
    button = scene.door("Acknowledge", "acknowledge/sure", "primary") if is_there else None
    return Wording(happened, _then(event, scene), buttons=(button or scene.button("acknowledge", "primary"),))


def _because(event: Paged, scene: Scene) -> str:
    is_told = scene.is_room and event.why in TOLD
    is_beside = event.why == "mitigation" and scene.is_beside(NotMitigated)
    return "" if is_told or is_beside else BECAUSE.get(event.why, "")


def _then(event: Paged, scene: Scene) -> str:
    if event.until is None:
        return ""
    if event.following:
        verb = "is" if len(event.following) == 1 else "are"
        is_again = set(event.following) == {*event.people, *event.channels, *event.services}
        then = f"{verb} {'paged again' if is_again else 'next'} at {scene.when(event.until)}"
        return f"If nobody answers, {named(event.following)} {then}."
    return f"Nobody is left after that: if nobody answers by {scene.when(event.until)}, everybody is told."


def called(event: Paged) -> tuple[str, ...]:
    """Whom it pages: people by id, channels and services by name."""
    return (*event.people, *event.channels, *(f"PagerDuty ({name})" for name in event.services))


def named(names: Iterable[str]) -> str:
    """People by id as mentions; what else can be paged by its name."""
    return listed(map(who_is, names))


def _missing(event: Paged | NobodyAnswered) -> str:
    """Who was passed, and why, each in one more sentence; channels are where the incident is private."""
    hidden = [name for name in event.passed if name.startswith("#")]
    lost = [name for name in event.passed if name not in hidden]
    why = ": Slack has not told yet who that is" if event.untold else ""
    said = f" {named(lost)} could not be reached{why}." if lost else ""
    return f"{said} {named(hidden)} {'is' if len(hidden) == 1 else 'are'} not told: it is private." if hidden else said


def nobody_answered(event: NobodyAnswered, entry: Entry, scene: Scene) -> Wording:
    """Every level was paged, and nobody has it; or nobody on any could be reached."""
    name, missing = one_line(event.policy), _missing(event)
    is_unpaged = event.why in FIRST
    if event.would:
        unanswered = "nobody could be paged" if is_unpaged else "nobody answered"
        happened = "nobody is left to be paged" if scene.incident.acknowledged_by else unanswered
        return Wording(f"This is a test. I would say now that {happened} ({name}).{missing}")
    escalate = command_for(scene.incident, scene.policy, "escalate", "@somebody")
    if event.untold:
        return Wording(
            f"🚨 Nobody can be paged yet ({name}).{missing} It goes on as soon as Slack tells.",
            f"Whoever reads this: press *Acknowledge* if you take it, or page somebody: {escalate}.",
            buttons=() if scene.incident.acknowledged_by else (scene.button("acknowledge", "primary"),),
        )
    if scene.incident.acknowledged_by:
        return _nobody_left(event, scene, f"obody is left to be paged ({name}).{missing}", escalate)
    all_paged = f"Nobody answered: all levels of {name} were paged"
    return Wording(
        f"🚨 {f'Nobody could be paged ({name})' if is_unpaged else all_paged}{scene.late(event.due_at)}.{missing}",
        f"Whoever reads this: press *Acknowledge* if you take it, or page somebody: {escalate}.",
        buttons=(scene.button("acknowledge", "primary"),),
    )


def _nobody_left(event: NobodyAnswered, scene: Scene, happened: str, escalate: str) -> Wording:
    """Somebody has it, and there is nobody more to page for what is missing: who is there does it."""
    if event.why not in STILL_MISSING:
        return Wording(f"N{happened}", f"To get somebody in: {escalate}.")
    missing, door, wanted = STILL_MISSING[event.why]
    commander = first_seeing(scene.incident, scene.incident.commander)
    asked = commander or first_seeing(scene.incident, scene.incident.acknowledged_by)
    who = person(commander) if commander else f"{person(asked)}, or whoever leads" if asked else "Whoever leads"
    return Wording(
        f"🚨 {missing}{scene.late(event.due_at)}, and n{happened}",
        f"{who}: {wanted}, or get somebody in: {escalate}. I do not ask again until somebody moves.",
        buttons=(scene.button(door, "primary"),),
    )


def page_declined(event: PageDeclined, entry: Entry, scene: Scene) -> Wording:
    """Who was paged cannot take it; who is paged instead, or that nobody is left, is the next word."""
    return Wording(f"{person(event.person)} was paged and cannot take it.")


def still_there(event: StillThere, entry: Entry, scene: Scene) -> Wording:
    """A quiet question to the commander."""
    return Wording(
        f"Still with us? You command it, and nothing was heard of you for {length(SILENT_FOR)}.",
        f"Press *I'm here*, or hand over. Without an answer within {length(DEPUTY_AFTER)} somebody else is asked.",
        buttons=(scene.door("I'm here", "here", "primary"), scene.button("handoff")),
    )


def deputy_wanted(event: DeputyWanted, entry: Entry, scene: Scene) -> Wording:
    """The commander is silent: somebody else may command."""
    happened = f"{person(event.commander)} commands it and does not answer{scene.late(event.due_at)}."
    if scene.is_to_person:
        lines = packed(brief(scene.incident, scene.history, scene.policy, scene.now))
        wanted = "You are asked to take command: press *Take command*."
        return Wording(happened, wanted, details=tuple(lines), buttons=(scene.button("command", "primary"),))
    who = f"{person(event.asked)} is asked to take command" if event.asked else "Whoever leads"
    buttons = (scene.button("command", "primary"), *asking(scene.suggested, scene.incident.number))
    return Wording(happened, f"{who}: press *Take command*.", details=suggested(scene.suggested), buttons=buttons)


def mitigation_soon(event: MitigationSoon, entry: Entry, scene: Scene) -> Wording:
    """A quiet word to the commander before more people are paged."""
    return Wording(
        f"Not mitigated yet: at {scene.when(event.due_at)} the next level is paged.",
        "You command it. If it is in hand, press *In hand* and say why: then nobody more is paged.",
        buttons=(scene.door("In hand", "in_hand", "primary"),),
    )
