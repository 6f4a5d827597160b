"""Alerts outside of messages about incidents: the card that waits to be judged, and the lines that list them."""

from collections.abc import Iterable, Sequence

from bot.rules.alerts import heartbeat
from bot.rules.alerts.alert import LACKING, REPORT, Alert
from bot.rules.alerts.deciding import usual
from bot.rules.alerts.group import Group
from bot.rules.alerts.newest import Newest
from bot.rules.policy import Policy
from bot.rules.watching.alerting import BLIND
from bot.rules.watching.alerting import SOURCE as WATCH
from bot.views.blocks import LABEL, Block, actions, plain, section
from bot.views.labels import services
from bot.views.message import Message, message
from bot.views.text import clip, ended, length, link, listed, one_line, person, program, quote, wrote

LINE = 160
NAME = 60
QUOTED = 600
MOST = 8
"""Groups of alerts that one message tells of."""

DOORS = {
    "incident:alert_accept": "Accept",
    "incident:alert_decline": "Decline",
    "incident:alert_merge": "Merge into…",
}
"""What may become of what waits to be judged: the buttons of its card."""


def told(group: Group, policy: Policy, *, secret: bool = False) -> Message:
    """The card of what waits to be judged, or the note that something fires; edited once it is judged or over.

    `secret`: its incident is private, and is not named where others read.
    """
    head = _head(group)
    lines = [head, *_about(group, policy)]
    if group.triage != "waiting":
        end = _end(group, secret=secret)
        return message(f"{_plainly(group)} {end}".strip(), section("\n".join([*lines, *([end] if end else [])])))
    is_it = "It fires no longer. Was it" if _is_over(group) else "Is it"
    asked = f"{is_it} an incident? *Accept* declares {group.severity or usual(policy, 'triage')}."
    body = "\n".join([*lines, *_quoted(group), asked])
    return message(f"{_plainly(group)} Accept, decline or merge it.", section(body), actions(*_buttons(group)))


def _head(group: Group) -> str:
    many = f" · {_many(group)}" if group.count > 1 else ""
    return f"{'🔕' if _is_over(group) else '🔔'} *{one_line(group.title, LINE)}* · {program(group.source)}{many}"


def _many(group: Group) -> str:
    """Where fewer fire than ever did, the same one may have fired more than once."""
    return f"{group.count:,} alerts" if group.firing >= group.count else f"fired {group.count:,} times"


def _is_over(group: Group) -> bool:
    """Whether none of it fires any more; what somebody reported is never over by itself."""
    return group.source != REPORT and not group.firing and group.over_at is not None


def _plainly(group: Group) -> str:
    return f"{one_line(group.title, LINE)} ({program(group.source)})."


def _about(group: Group, policy: Policy) -> Iterable[str]:
    if group.services:
        yield f"*Services* {services(group.services, policy)}"
    if group.reporter:
        yield f"*Reported by* {one_line(group.reporter, LINE)}"
    if group.latest:
        yield from facts(group.latest)
        yield from _lacking(group.latest)


def _quoted(group: Group) -> Iterable[str]:
    """What somebody reported, in their words."""
    summary = group.latest.summary if group.latest and group.source == REPORT else ""
    if summary:
        yield quote(wrote(summary, QUOTED))


def facts(alert: Alert, *, is_over: bool = False) -> Iterable[str]:
    """What an alert tells of itself, with its links; once it is over, as what it told then."""
    if alert.summary and alert.source != REPORT and alert.summary != alert.title:
        then = "When it fired: " if is_over else ""
        yield clip(f"{then}{wrote(alert.summary, QUOTED)}", QUOTED)
    if alert.value and alert.source not in {WATCH, heartbeat.SOURCE}:  # their summaries tell both
        against = f" against {one_line(alert.threshold, 60)}" if alert.threshold else ""
        yield f"*Value* {one_line(alert.value, 60)}{against}"
    known = {"runbook": alert.runbook, "dashboard": alert.dashboard, "source": alert.link}
    if links := [link(address, name) for name, address in known.items() if address]:
        yield " · ".join(links)


def _end(group: Group, *, secret: bool) -> str:
    if group.triage == "declined":
        return f"{person(group.decided_by)} declined it. Nobody needs to act."
    if group.incident:
        judged = group.triage in {"accepted", "merged"}
        who = f"{person(group.decided_by)} {group.triage} it: work" if judged else "Work"
        return f"{who} goes on{'' if secret else f' in *INC-{group.incident}*'}."
    if group.since and not group.firing and group.over_at:
        return f"Over after {length(group.over_at - group.since)}. Nobody needs to act."
    return "Told here only: nobody is paged, and no incident was opened."


def _buttons(group: Group) -> Iterable[Block]:
    for door, label in DOORS.items():
        made: Block = {"type": "button", "text": plain(label, LABEL), "action_id": door, "value": group.subject}
        yield {**made, "style": "primary"} if label == "Accept" else made


def listed_in(groups: Sequence[Group]) -> Iterable[str]:
    """The alerts of an incident, a line a group, each with its links and what it lacks; a report with its words."""
    for group in groups[:MOST]:
        yield _line(group)
        yield from _quoted(group)
        if group.latest:
            yield from facts(group.latest, is_over=not group.firing)
            yield from _lacking(group.latest)
    if len(groups) > MOST:
        yield f"and {len(groups) - MOST} more groups of alerts"


def _line(group: Group) -> str:
    title = f"*{one_line(group.title, LINE)}*"
    if group.source == REPORT:
        return f"🔔 {title}: {one_line(group.reporter, NAME) if group.reporter else 'somebody'} reported it"
    if group.count <= 1:
        many = "fires" if group.firing else "fires no longer"
    elif group.firing >= group.count:
        many = f"{_many(group)}, all firing"
    else:
        many = f"{_many(group)}, {f'{group.firing:,} still firing' if group.firing else 'none fires now'}"
    return f"{'🔔' if group.firing else '🔕'} {title} ({program(group.source)}): {many}{_elsewhere(group)}"


def _elsewhere(group: Group) -> str:
    """That somebody acknowledged it where it comes from, which says nothing about its incident here."""
    is_acknowledged = group.firing == 1 and group.latest is not None and group.latest.status == "acknowledged"
    return ", acknowledged there" if is_acknowledged else ""


def newest_line(newest: Newest) -> str:
    """`🔔 5 % of checkouts fail`; where there are more alerts, which of them says so."""
    title, says = f", *{one_line(newest.title, NAME)}*" if newest.title else "", one_line(newest.says)
    if newest.reported:
        return f"🔔 Reported: {says}"
    if newest.over:
        return f"🔕 {'Fires' if newest.alone else f'Newest alert{title} fires'} no longer: {says}"
    return f"🔔 {says}" if newest.alone else f"🔔 Newest alert{title}: {says}"


def newest_said(newest: Newest) -> str:
    """The same as a sentence."""
    title, says = f", {one_line(newest.title, NAME)}," if newest.title else "", ended(one_line(newest.says))
    if newest.reported:
        return f"Somebody reported: {says}"
    who = "The alert" if newest.alone else f"The newest alert{title}"
    return f"{who} fires no longer. It said: {says}" if newest.over else f"{who} says: {says}"


def _lacking(alert: Alert) -> Iterable[str]:
    if told := lacks(alert):
        yield f"_{told}_"


def lacks(alert: Alert) -> str:
    """`This alert comes without a runbook.`; and that its clock is wrong."""
    if alert.source in {REPORT, heartbeat.SOURCE} or alert.labels.get("blind") == BLIND[True]:
        return ""
    without = [LACKING[name] for name in alert.lacks]
    said = [f"This alert comes without {listed(without, 'or')}."] if without else []
    return " ".join([*said, *(["The clock of its sender is wrong."] if alert.off else [])])
