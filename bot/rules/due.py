"""What falls due: derived from the incident, never scheduled."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules import clocks
from bot.rules.calendar import Duration
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.people import asked
from bot.rules.promises import UPDATE_STEPS
from bot.rules.rooms import VACATED, is_kept

COMMANDER_WITHIN = timedelta(minutes=10)
HANDOFF_WITHIN = Duration(seconds=600)
OTHER_HATS: tuple[str, ...] = ("comms", "lead")
"""What the commander of a most severe incident should leave to others."""

SOONEST_WORD = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: when, what, and for whom; `anchor` and `step` say it once, under `mark` in `said`."""

    when: datetime
    kind: str
    anchor: datetime
    step: int = 1
    asked: PersonId | None = None
    whose: PersonId = ""

    @property
    def mark(self) -> str:
        """Under what it is kept in `said`: by its kind, and where it is said once to each, by whose it is."""
        return f"{self.kind} {self.whose}".strip()


def due(incident: Incident, moment: Moment) -> tuple[Due, ...]:
    """What would happen next and when, the soonest first; the past among it is due now.

    Nothing closed is nagged: only its channel is asked about.
    """
    kinds = (kind for kind in DERIVED if incident.is_open is not (kind in AFTERWARDS))
    found = (DERIVED[kind](incident, moment) for kind in kinds)
    return tuple(sorted((each for each in found if each), key=lambda each: each.when))


def next_look(incident: Incident, moment: Moment) -> datetime | None:
    """When to look at it again: an index of `due`."""
    return min((each.when for each in due(incident, moment)), default=None)


def _acknowledgement(incident: Incident, moment: Moment) -> Due | None:
    if incident.acknowledged_by or incident.last_step("acknowledgement", incident.respond_from):
        return None
    within = moment.policy.level(incident).respond_within
    when = clocks.after(incident, moment.policy, incident.respond_from, within)
    return Due(when, "acknowledgement", incident.respond_from)


def _mitigation(incident: Incident, moment: Moment) -> Due | None:
    if "mitigated" in incident.milestones or incident.last_step("mitigation", incident.anchor):
        return None
    within = moment.policy.level(incident).escalate_after
    when = clocks.after(incident, moment.policy, incident.anchor, within)
    return Due(when, "mitigation", incident.anchor, asked=asked(incident, moment, "commander"))


def _commander(incident: Incident, moment: Moment) -> Due | None:
    acknowledged = incident.at("acknowledged")
    if incident.commander or acknowledged is None or not moment.policy.is_major(incident.severity):
        return None
    vacated = incident.said.get(VACATED)
    anchor = max(acknowledged, incident.anchor, *([vacated.at] if vacated else []))
    if incident.last_step("commander", anchor):
        return None
    return Due(anchor + COMMANDER_WITHIN, "commander", anchor)


def _update(incident: Incident, moment: Moment) -> Due | None:
    """Step 1 at the promise; each further step a quarter of the interval after the last was said."""
    step = incident.last_step("update", incident.promised_at) + 1
    if step > UPDATE_STEPS:
        return None
    when = incident.promise
    if step > 1:
        interval = moment.policy.level(incident).update_every
        when = clocks.quarter_after(incident, moment.policy, incident.said["update"].at, interval)
    role = "comms" if step == 1 else "commander"
    return Due(when, "update", incident.promised_at, step, asked(incident, moment, role))


def _soon(incident: Incident, moment: Moment) -> Due | None:
    """A quiet word before the promise; once its time has come it is neither said nor counted."""
    if moment.now >= incident.promise or incident.last_step("soon", incident.promised_at):
        return None
    interval = incident.promise - incident.promised_at
    when = incident.promise - min(SOONEST_WORD, interval / 5)
    if clocks.in_business_hours(incident, moment.policy) and not moment.policy.calendar.is_open(when):
        return None
    return Due(when, "soon", incident.promised_at, asked=asked(incident, moment, "comms"))


def _handoff(incident: Incident, moment: Moment) -> Due | None:
    offered = incident.handoff
    if offered is None or offered.by != incident.commander or incident.last_step("handoff", offered.at):
        return None
    return Due(clocks.after(incident, moment.policy, offered.at, HANDOFF_WITHIN), "handoff", offered.at)


def _hats(incident: Incident, moment: Moment) -> Due | None:
    """At once, and once to each commander: counted from its declaration."""
    if moment.policy.rank(incident.severity) or not other_hats(incident):
        return None
    found = Due(moment.now, "hats", incident.at("declared") or incident.anchor, whose=incident.commander or "")
    return None if incident.last_step(found.mark, found.anchor) else found


def other_hats(incident: Incident) -> tuple[str, ...]:
    """Which roles the commander holds beside that are better left to others."""
    holder = incident.commander
    return tuple(role for role in OTHER_HATS if holder and incident.roles.get(role) == holder)


def _archive(incident: Incident, moment: Moment) -> Due | None:
    """Within business hours, whatever its severity: it can wait for the morning."""
    closed, after = incident.closed_at, moment.policy.channels.archive_after
    if closed is None or after is None or not may_be_archived(incident) or incident.last_step("archive", closed):
        return None
    return Due(moment.policy.calendar.add(closed, after, business=True), "archive", closed)


def may_be_archived(incident: Incident) -> bool:
    """Whether it has a channel that is neither archived nor to be kept."""
    return incident.channel is not None and not incident.archived and not is_kept(incident, incident.channel)


DERIVED: Mapping[str, Callable[[Incident, Moment], Due | None]] = {
    "acknowledgement": _acknowledgement,
    "mitigation": _mitigation,
    "commander": _commander,
    "update": _update,
    "handoff": _handoff,
    "hats": _hats,
    "soon": _soon,
    "archive": _archive,
}
"""Each kind and how it is derived, the gravest first."""

AFTERWARDS = frozenset({"archive"})
"""The kinds that fall due once it is closed."""

LABELS: Mapping[str, str] = {
    "acknowledgement": "not acknowledged",
    "mitigation": "not mitigated",
    "commander": "no commander",
    "update": "update due",
    "handoff": "hand-over not taken",
    "hats": "commander with two roles",
    "soon": "update due soon",
    "archive": "channel to archive",
}
"""Each kind in two or three words."""
