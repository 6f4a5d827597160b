"""The incident's card: at most 12 lines, 3 buttons and a menu; always true."""

from collections.abc import Iterable
from datetime import datetime

from bot.rules.alerts.newest import Newest
from bot.rules.declaring import WAS_OVER
from bot.rules.incident import ROLES, Incident, Status
from bot.rules.paging.by_hand import Ahead
from bot.rules.paging.escalation import is_unpaged
from bot.rules.policy import Policy
from bot.views import acts
from bot.views.alerts import newest_line
from bot.views.blocks import context, section
from bot.views.labels import (
    NOTICED,
    ROLE_NAMES,
    headline,
    impact,
    is_unanswered,
    is_update_due,
    lasted,
    respond_by,
    services,
    sleeps,
    spoken,
    status_label,
    wants_commander,
    was_over,
)
from bot.views.message import Message, message
from bot.views.messages.paging import named
from bot.views.text import clip, date, length, listed, one_line, people, person, when

FACT = 110
"""Characters of a text on the card: one line on a screen, two on a phone."""
MOST_NAMED = 6
AS = {"test": " as a test: it pages nobody, and is out of lists and figures", "near miss": " as a near miss"}
"""What it was declared as, where it is no ordinary incident."""


def card(
    incident: Incident, policy: Policy, now: datetime, ahead: Ahead | None = None, newest: Newest | None = None
) -> Message:
    """What is going on, who has it or is paged for it, what is promised, and what can be done.

    `newest` is what its newest alert says, where no message beside it tells of its alerts.
    """
    small = tuple(_small(incident, policy))
    return message(
        _text(incident, policy, now),
        section("\n".join([headline(incident, policy), *_lines(incident, policy, now, ahead, newest)])),
        context("\n".join(small)),
        acts.row(incident, policy),
    )


def _lines(
    incident: Incident, policy: Policy, now: datetime, ahead: Ahead | None, newest: Newest | None
) -> Iterable[str]:
    yield from [newest_line(newest)] if newest else []
    yield _state(incident, policy, now)
    if ahead:
        yield f"📟 {paging(ahead, now)}"
    elif is_unanswered(incident, policy):
        yield "🚨 *Nobody answered*, and nobody is left to be paged"
    yield from _roles(incident, policy)
    if incident.services:
        yield clip(f"*Services* {services(incident.services, policy)}", 2 * FACT)
    if incident.affected:
        yield f"*Affected* {one_line(incident.affected, FACT)}"
    if told := impact(incident, FACT):
        yield f"*Impact* {told}"
    if incident.status is Status.RESOLVED:
        how = "Averted by" if incident.kind == "near miss" else "Fixed by"
        yield from [] if incident.fix == WAS_OVER else [f"*{how}* {one_line(incident.fix, FACT)}"]
        yield from [f"*Cause* {one_line(incident.cause, FACT)}"] if incident.cause else []
    if incident.is_open:
        yield _promise(incident, now)


def _state(incident: Incident, policy: Policy, now: datetime) -> str:
    if incident.is_merged:
        return f"*Merged into INC-{incident.merged_into}* · work goes on there, nobody needs to act here"
    if incident.status is Status.RESOLVED:
        return _resolved(incident, now)
    if incident.status is Status.CANCELLED:
        return f"*Cancelled* · {incident.cancelled_because} · nobody needs to act"
    if incident.acknowledged_by is None:
        return f"*{status_label(incident.status)}* · *not acknowledged yet*, {respond_by(incident, policy, now, 'due')}"
    return f"*{status_label(incident.status)}* · {person(incident.acknowledged_by)} has it"


def paging(ahead: Ahead, now: datetime) -> str:
    """Who is paged, and who is next."""
    at, paged = when(ahead.at, now), f"Paging {named(ahead.called[:MOST_NAMED])}"
    if ahead.following and set(ahead.following) == set(ahead.called):
        return f"{paged}, again at {at}"
    if ahead.following:
        return f"{paged}, next {named(ahead.following[:MOST_NAMED])} at {at}"
    return f"{paged}; nobody is left after that, everybody is told at {at}"


def _resolved(incident: Incident, now: datetime) -> str:
    resolved = incident.milestones.get("resolved")
    at = resolved.at if resolved else now
    if incident.kind == "near miss":
        return f"*Noticed* {when(incident.at('detected') or at, now)}"
    if was_over(incident):
        return f"*Resolved* {when(at, now)}, over already when it was declared{lasting(incident, at)}"
    by = f" by {person(resolved.source)}" if resolved else ""
    return f"*Resolved* {when(at, now)}{by}, after {length(lasted(incident, at))}"


def lasting(incident: Incident, until: datetime) -> str:
    """`, lasted 40 min`, where that is known."""
    duration = lasted(incident, until)
    return f", lasted {length(duration)}" if duration else ""


def _roles(incident: Incident, policy: Policy) -> Iterable[str]:
    held = [f"*{ROLE_NAMES[role]}* {person(incident.roles[role])}" for role in ROLES if role in incident.roles]
    if wants_commander(incident, policy):
        held = ["*Commander* nobody, press *Take command*", *held]
    if incident.handoff:
        held.insert(1, f"Command offered to {person(incident.handoff.to)}")
    if held:
        yield " · ".join(held)
    others = [each for each in incident.responders if each not in incident.roles.values()]
    if others:
        more = f" and {len(others) - MOST_NAMED} more" if len(others) > MOST_NAMED else ""
        yield f"*Responders* {people(others[:MOST_NAMED])}{more}"


def _promise(incident: Incident, now: datetime) -> str:
    promised = when(incident.promise, now)
    if is_update_due(incident, now):
        return f"⏰ *Update due* since {promised}"
    return f"*Next update* by {promised}{_snoozed(incident)}"


def _snoozed(incident: Incident) -> str:
    if not incident.snoozes:
        return ""
    return f" (snoozed {'once' if incident.snoozes == 1 else 'twice'})"


def _small(incident: Incident, policy: Policy) -> Iterable[str]:
    declared = incident.at("declared") or incident.anchor
    began = incident.at("began")
    parts = [
        f"Declared {date(declared)} by {person(incident.declared_by)}{AS.get(incident.kind, '')}",
        *([f"began {when(began, declared)}"] if began else []),
        f"noticed by {NOTICED.get(incident.noticed_by, one_line(incident.noticed_by))}",
    ]
    if incident.absorbed:
        parts.append(f"with {_absorbed(incident)}")
    yield " · ".join(parts)
    if incident.private:
        yield "🔒 Private: only the people in this channel know of it."
    if incident.is_open and not incident.acknowledged_by and is_unpaged(incident, policy):
        yield "Nobody is paged: no escalation policy is configured."
    if sleeps(incident, policy):
        yield "Its clocks stand still outside business hours. *Keep awake* lets them run."


def _absorbed(incident: Incident) -> str:
    names = [f"INC-{number}" for number in incident.absorbed[:MOST_NAMED]]
    more = len(incident.absorbed) - len(names)
    return f"{', '.join(names)} and {more} more" if more else listed(names)


def _text(incident: Incident, policy: Policy, now: datetime) -> str:
    """What a locked phone shows."""
    start = spoken(incident)
    if incident.is_merged:
        return f"{start}: merged into INC-{incident.merged_into}. Nobody needs to act here."
    if incident.status is Status.RESOLVED:
        return f"{start}: resolved. {one_line(incident.fix, FACT)}"
    if incident.status is Status.CANCELLED:
        return f"{start}: cancelled, {incident.cancelled_because}. Nobody needs to act."
    if incident.acknowledged_by is None:
        late = respond_by(incident, policy, now)
        return f"{start}: nobody has it yet, {late}. Press Acknowledge if you take it."
    holder = person(incident.commander or incident.acknowledged_by)
    if is_update_due(incident, now):
        asked = person(incident.roles.get("comms") or incident.commander or incident.acknowledged_by)
        return f"{start}: {incident.status}, an update is due. {asked}, post one."
    return f"{start}: {incident.status}, {holder} has it. Next update by {when(incident.promise, now)}."
