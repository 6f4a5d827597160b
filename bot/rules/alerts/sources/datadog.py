"""Datadog: what its webhook sends, by its own template or by the fuller one of our documentation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.rules.alerts.alert import Alert, Status
from bot.rules.alerts.sources.reading import WORD, Batch, Broken, Source, moment, titled
from bot.rules.foreign import TEXT, Json, address, text
from bot.rules.marks import mark_of

STATUSES: Mapping[str, Status] = {"recovered": "resolved", "no data recovered": "resolved", "ok": "resolved"}
"""Transitions after which it fires no longer."""

SEVERITIES: Mapping[str, str] = {
    "error": "critical",
    "triggered": "critical",
    "warn": "warning",
    "warning": "warning",
    "no data": "warning",
}
LONGEST = 10_000
"""How many characters are looked at of what may be long: a title with its scope, a message, tags."""

_PRIORITY = re.compile(r"\s*\[(P[1-5])\]\s*")
_STATE = re.compile(
    r"\s*\[((?:re-)?(?:triggered|warn|no data recovered|no data|recovered|renotify|ok))\b[^\[\]{}]{0,20}?"
    r"(?: on \{(.{0,2000}?)\})?\]\s*",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"%%%|\*\*|\[?!\[[^\]\n]{0,100}\]\([^)\s]{0,500}\)(?:\]\([^)\s]{0,500}\))?"
    r"|(?<!\S)@(?:webhook|slack|pagerduty|opsgenie|teams|victorops|oncall)(?:-\S*)?(?!\S)"
)
"""In a message: Datadog's own marks, its picture of the graph, and whom it tells besides."""
_FOOTER = "\n- - -"
"""Behind it stand links of Datadog's own."""
_TAG = re.compile(r"\s*([^:,\s]{1,60}):([^,]{1,200})")
OWN = frozenset({"event_type", "alert_transition", "alert_id", "alert_cycle_key", "last_updated"})


@dataclass(frozen=True, slots=True)
class Headed:
    """A title, `[P2] [Triggered on {host:web-1}] CPU is high`, and what stands before the monitor's own name."""

    name: str
    priority: str = ""
    state: str = ""
    scope: str = ""


def read(payload: Json) -> Batch:
    """The event, as an alert."""
    try:
        return Batch((_one(payload),))
    except Broken as broken:
        return Batch((), (f"The event: {broken}.",))


def _one(payload: Json) -> Alert:
    head = headed(text(payload, "title", longest=LONGEST))
    state = (head.state or text(payload, "alert_transition")).casefold().removeprefix("re-")
    plain = titled(head.name, "`title`")
    scope = text(payload, "alert_scope", longest=LONGEST) or head.scope
    labels = {**tags(head.scope), **tags(text(payload, "tags", longest=LONGEST))}
    if head.priority:
        labels.setdefault("priority", head.priority)
    now: Status = next((STATUSES[each] for each in STATUSES if state.startswith(each)), "firing")
    at = moment(payload.get("date") or payload.get("last_updated"))
    return Alert(
        source="datadog",
        fingerprint=mark_of(text(payload, "alert_id") or text(payload, "aggreg_key") or plain, scope),
        title=plain,
        status=now,
        summary=text(payload, "summary") or said(text(payload, "body", longest=LONGEST)),
        value=text(payload, "value", longest=WORD),
        threshold=text(payload, "threshold", longest=WORD),
        severity=labels.get("severity", "") or _severity(payload, state),
        service=labels.get("service", ""),
        labels=labels,
        runbook=address(payload, "runbook"),
        dashboard=address(payload, "dashboard", "snapshot"),
        link=address(payload, "link"),
        began=at if now == "firing" else None,
        ended=at if now == "resolved" else None,
    )


def _severity(payload: Json, state: str) -> str:
    kind = text(payload, "alert_type").casefold()
    return SEVERITIES.get(state) or SEVERITIES.get(kind, "")


def headed(title: str) -> Headed:
    """A title taken apart: the name is the same whatever the state, so that what recovers is what fired."""
    priority = _PRIORITY.match(title)
    rest = title[priority.end() :] if priority else title
    state = _STATE.match(rest)
    level = priority[1] if priority else ""
    return Headed(rest[state.end() :], level, state[1], state[2] or "") if state else Headed(rest, level)


def said(body: str) -> str:
    """A message as plain text: what people wrote into it, and what was measured."""
    before, _, behind = body.rpartition(_FOOTER)
    lines = (line.strip() for line in _NOISE.sub("", before or behind).splitlines())
    return "\n".join(line for line in lines if line)[:TEXT]


def tags(written: str) -> dict[str, str]:
    """`env:prod, service:checkout` as labels."""
    return {found[1]: found[2].strip() for found in _TAG.finditer(written)}


def fits(payload: Any) -> bool:
    """Whether it is one of Datadog's."""
    return isinstance(payload, dict) and "title" in payload and bool(OWN & payload.keys()) and "event" not in payload


SOURCE = Source("Datadog", "it has no `title` with an `event_type`, `alert_id` or `alert_transition`", fits, read)
