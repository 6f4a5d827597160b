"""How an incident begins: now, as a test, or when it is over already."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from bot.rules import announcing, clocks
from bot.rules.change import Change
from bot.rules.events import Declared, Event, Resolved, Words
from bot.rules.guards import require_text
from bot.rules.incident import KINDS, MILESTONES, Incident, Milestone, PersonId, Status
from bot.rules.moment import Moment
from bot.rules.paging import escalation
from bot.rules.refused import Refused, known
from bot.rules.rollouts.finding import found

TITLE_LENGTH = 140
"""Longer titles are cut for channel names and phones; the whole text stays in the timeline."""

NOTICED_BY: tuple[str, ...] = ("alert", "customer", "colleague")

WAS_OVER = "It was over when it was declared."
"""What is kept as its fix where nobody said one."""


@dataclass(frozen=True, slots=True)
class Over:
    """When it was what, for an incident that has ended before it is declared; `resolved` is needed.

    A near miss needs `detected` alone, and was resolved at that time unless another one is given.
    """

    began: datetime | None = None
    detected: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None
    fix: str = ""


def declare(
    moment: Moment,
    *,
    number: int,
    by: PersonId,
    title: str,
    severity: str,
    team: str = "",
    services: tuple[str, ...] = (),
    affected: str = "",
    private: bool = False,
    noticed_by: str = "colleague",
    began: datetime | None = None,
    quote: str = "",
    link: str | None = None,
    kind: str = "incident",
    over: Over | None = None,
) -> Change:
    """Opens incident `number`, or only records it where it is over or a near miss.

    Raises Refused for an empty title, an unknown severity, service or kind, and times to come or out of order.
    """
    whole = _whole_title(moment, title)
    incident = Incident(
        number=number,
        title=_short(whole),
        severity=moment.policy.severity(severity).name,
        status=Status.DETECTED,
        declared_by=by,
        anchor=moment.now,
        respond_from=moment.now,
        promise=moment.now,
        promised_at=moment.now,
        team=team,
        kind=_kind(kind),
        private=private,
        services=tuple(dict.fromkeys(moment.policy.service(word).name for word in services)),
        affected=affected.strip(),
        noticed_by=_way_to_notice(noticed_by),
        members=() if ":" in by else (by,),
    )
    ended = Over() if over is None and kind == "near miss" else over
    dated = _ended(incident, moment, ended, began) if ended else _begun(incident, moment, began)
    housed = announcing.housed(escalation.begun(clocks.promised(dated, moment), moment), moment.policy)
    return Change(housed, (*_events(housed, _kept(whole, housed.title, quote), link), *found(housed, moment)))


def _whole_title(moment: Moment, title: str) -> str:
    example = f"{moment.policy.command} declare sev1 Checkout is down"
    return require_text(" ".join(title.split()), f"Say in a few words what is wrong: `{example}`.", "title")


def _short(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rstrip() + "…"


def _kept(whole: str, short: str, quote: str) -> str:
    """What the timeline keeps beside the title: the message it was declared from, and a title that was cut."""
    return quote if short == whole or whole in quote else "\n\n".join(part for part in (whole, quote) if part)


def _kind(kind: str) -> str:
    if kind not in KINDS:
        raise Refused(known("kind of incident", kind, KINDS), field="kind")
    return kind


def _way_to_notice(noticed_by: str) -> str:
    if noticed_by not in NOTICED_BY:
        raise Refused(known("way to notice", noticed_by, NOTICED_BY), field="noticed_by")
    return noticed_by


def _begun(incident: Incident, moment: Moment, began: datetime | None) -> Incident:
    """It goes on: detected and declared at this moment."""
    by = incident.declared_by
    if began and began > moment.now:
        raise Refused("It cannot have begun in the future. Leave it empty if it began just now.", field="began")
    milestones = {"detected": Milestone(moment.now, incident.noticed_by), "declared": Milestone(moment.now, by)}
    return replace(incident, milestones={"began": Milestone(began, by), **milestones} if began else milestones)


def _ended(incident: Incident, moment: Moment, over: Over, began: datetime | None) -> Incident:
    """It is over: closed from the start, what was not told of its times marked implied."""
    told = _told(incident, moment, replace(over, began=over.began or began))
    by, resolved = incident.declared_by, told["resolved"]
    detected = told.get("detected") or told.get("began") or resolved
    implied = {"detected": detected, "acknowledged": detected, "mitigated": resolved}
    reached = {name: Milestone(at, by, implied=True) for name, at in implied.items()}
    reached |= {name: Milestone(at, by) for name, at in told.items()}
    reached["detected"] = replace(reached["detected"], source=incident.noticed_by)
    reached["declared"] = Milestone(moment.now, by)
    return replace(
        incident,
        status=Status.RESOLVED,
        milestones={name: reached[name] for name in MILESTONES if name in reached},
        fix=over.fix.strip() or WAS_OVER,
        closed_at=moment.now,
    )


def _told(incident: Incident, moment: Moment, over: Over) -> Mapping[str, datetime]:
    """The times that were told, in their order. Raises Refused beside the one at fault."""
    resolved = over.resolved
    if incident.kind == "near miss":
        if over.detected is None:
            raise Refused("Say when it was noticed.", field="detected")
        resolved = resolved or over.mitigated or over.detected
    elif resolved is None:
        raise Refused("Say when it was over. If it still goes on, declare it as happening now.", field="resolved")
    times = {"began": over.began, "detected": over.detected, "mitigated": over.mitigated, "resolved": resolved}
    told = {name: at for name, at in times.items() if at}
    for name, at in told.items():
        if at > moment.now:
            raise Refused("That time is still to come. Give the time at which it happened.", field=name)
    for (earlier, before), (name, at) in pairwise(told.items()):
        if at < before:
            raise Refused(f"{CANNOT[name]} before {WAS[earlier]}. Change one of the two times.", field=name)
    return told


CANNOT = {
    "detected": "It cannot be noticed",
    "mitigated": "Service cannot be restored",
    "resolved": "It cannot be over",
}
WAS = {"began": "it began", "detected": "it was noticed", "mitigated": "service was restored"}
"""Milestones as people are asked for them."""


def _events(incident: Incident, quote: str, link: str | None) -> list[Event]:
    declared = Declared(
        title=Words(incident.title),
        severity=incident.severity,
        services=incident.services,
        affected=Words(incident.affected),
        private=incident.private,
        noticed_by=incident.noticed_by,
        began=incident.at("began"),
        kind=incident.kind,
        over=not incident.is_open,
        quote=Words(quote),
        link=link,
    )
    since, resolved = incident.at("detected"), incident.at("resolved")
    if since is None or resolved is None:
        return [declared]
    return [declared, Resolved(fix=Words(incident.fix), declared_at=since, at=resolved)]
