# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""What time brings: how it is said. Each names who acts and carries the buttons to do so."""

from bot.rules.clocks import in_business_hours
from bot.rules.entries import Entry
from bot.rules.events import (
    CommanderWanted,
    NotAcknowledged,
    NotMitigated,
    TextsRemoved,
    UpdateDue,
    UpdateSoon,
    WasAway,
)
from bot.rules.paging import calling
from bot.rules.people import first_seeing
from bot.rules.promises import UPDATE_STEPS
from bot.rules.updates import SNOOZES_IN_A_ROW
from bot.views.blocks import Block, button
from bot.views.messages.scene import Scene, Wording
from bot.views.suggesting import asking, suggested
from bot.views.text import group, length, listed, one_line, person

SNOOZES = (15, 30, 60)
"""Minutes."""


def not_acknowledged(event: NotAcknowledged, entry: Entry, scene: Scene) -> Wording:
    """Nobody has it in time."""
    within = scene.policy.level(scene.incident).respond_within
    return Wording(
        f"⏰ Nobody has acknowledged it within {within}{scene.late(event.due_at)}.",
        f"{_owners(scene)}: press *Acknowledge* if you take it.",
        buttons=(scene.button("acknowledge", "primary"),),
    )


def _owners(scene: Scene) -> str:
    """The owning team, mentioned in the room alone; the declarer where no team is known, and of a test."""
    team = None if scene.incident.is_test else scene.policy.team_of(scene.incident)
    if team is None or (scene.is_room and not (team.group and team.group in scene.groups)):
        asked = first_seeing(scene.incident, scene.incident.declarer) if scene.is_room else None
        return person(asked) if asked else "Anybody who can help"
    if scene.is_room and team.group:
        return group(scene.groups[team.group])
    return f"Team {one_line(team.name)}"


def commander_wanted(event: CommanderWanted, entry: Entry, scene: Scene) -> Wording:
    """Acknowledged, and nobody leads."""
    asked = first_seeing(scene.incident, scene.incident.acknowledged_by)
    who = f"{person(asked)}, or whoever leads" if asked else "Whoever leads"
    return Wording(
        f"⏰ {scene.incident.severity} and still no commander{scene.late(event.due_at)}.",
        f"{who}: press *Take command*.",
        details=suggested(scene.suggested),
        buttons=(scene.button("command", "primary"), *asking(scene.suggested, scene.incident.number)),
    )


def update_soon(event: UpdateSoon, entry: Entry, scene: Scene) -> Wording:
    """A quiet word before the promise."""
    ahead = event.due_at - scene.now
    left = f", in {length(ahead)}" if ahead.total_seconds() >= 60 else ""
    return Wording(
        f"The next update is promised for {scene.when(event.due_at)}{left}.",
        "You are asked for it: press *Post update*.",
        buttons=(scene.button("update", "primary"),),
    )


def update_due(event: UpdateDue, entry: Entry, scene: Scene) -> Wording:
    """The promised update is not there: the channel, then the commander, then the announcement channel."""
    asked = scene.asked or event.asked
    promised = scene.when(event.promise)
    late = "" if scene.is_beside(WasAway) else scene.late(event.due_at)  # of two times one would be taken for the other
    if scene.place == "person":
        happened = f"⏰ The update promised for {promised} has not been posted{late}."
        last = " This is the last reminder until somebody moves." if event.step == UPDATE_STEPS else ""
        wanted = f"You are asked for it: press *Post update*, or *Snooze* to promise a later time.{last}"
    elif event.step == 1:
        happened = f"⏰ Update due: it was promised for {promised}{late}."
        who = person(asked) if asked else "Whoever knows most"
        wanted = f"{who}: press *Post update*, or *Snooze* to promise a later time."
    else:
        happened = f"⏰ No update since one was promised for {promised}{late}."
        who = f"{person(asked)} is asked for it" if asked else "Nobody is there to be asked"
        wanted = f"{who}. This is the last reminder until somebody moves."
    return Wording(happened, wanted, buttons=(scene.button("update", "primary"), *_snoozes(scene)))


def _snoozes(scene: Scene) -> tuple[Block, ...]:
    if scene.incident.snoozes >= SNOOZES_IN_A_ROW or scene.place in {"thread", "announce"}:
        return ()
    number = scene.incident.number
    return tuple(button(f"Snooze {minutes} min", f"incident:snooze/{minutes}", number) for minutes in SNOOZES)


def not_mitigated(event: NotMitigated, entry: Entry, scene: Scene) -> Wording:
    """It lasts: raise it, or say that it is in hand."""
    incident, level = scene.incident, scene.policy.level(scene.incident)
    counts_days = level.escalate_after.business_days or not in_business_hours(incident, scene.policy)
    after = f"{level.escalate_after}{'' if counts_days else ' of working time'}"
    happened = f"⏰ Not mitigated after {after}{scene.late(event.due_at)}."
    lead = incident.commander or incident.roles.get("lead")
    asked = first_seeing(incident, lead, incident.acknowledged_by, incident.declarer)
    who = person(asked) if asked else "Whoever leads"
    above = scene.policy.above(incident.severity)
    in_hand = button("In hand", "incident:in_hand", incident.number)
    further = (scene.door("Page further", "escalate/further"),) if calling.above(incident, scene.policy) else ()
    if above is None:
        wanted = f"{who}: get more people in, or press *In hand* and say why."
        return Wording(happened, wanted, buttons=(in_hand, *further))
    raise_it = button("Raise", f"incident:raise/{above.name}", incident.number, "danger")
    wanted = f"{who}: press *Raise* to make it {above.name}, or *In hand* and say why."
    return Wording(happened, wanted, buttons=(raise_it, in_hand, *further))


DUE_MEANWHILE = {
    "acknowledgement": "its acknowledgement",
    "page": "a page",
    "rule": "a page by a rule of the configuration",
    "leaderless": "a page for want of a commander",
    "unanswered": "a page for want of an update",
    "mitigation": "its mitigation",
    "mitigation soon": "a word before the next page",
    "commander": "a commander",
    "update": "an update",
    "absence": "a sign of its commander",
    "handoff": "an answer to the hand-over",
    "hats": "a word on holding two roles",
    "soon": "a word before the next update",
}
"""What fell due while nobody looked, by its kind."""


def was_away(event: WasAway, entry: Entry, scene: Scene) -> Wording:
    """Why what is said beside it comes late."""
    meanwhile = listed(DUE_MEANWHILE.get(kind, one_line(kind)) for kind in event.due)
    return Wording(f"I was away {scene.when(event.since)}–{scene.when(event.until)}; meanwhile due: {meanwhile}.")


def texts_removed(event: TextsRemoved, entry: Entry, scene: Scene) -> Wording:
    """What was written in it is kept no longer."""
    return Wording(f"What was written in it until {scene.when(event.closed_at)} was removed, as its time was up.")
