"""Datadog: what its webhook sends, by its own template or by the fuller one of our documentation."""

import re
from collections.abc import Mapping
from typing import Any

from bot.rules.alerts.alert import Alert, Status
from bot.rules.alerts.sources.reading import TITLE, WORD, Batch, Broken, Source, moment, titled
from bot.rules.foreign import Json, address, text
from bot.rules.marks import mark_of

STATUSES: Mapping[str, Status] = {"recovered": "resolved", "no data recovered": "resolved", "ok": "resolved"}
"""Transitions after which it fires no longer."""

SEVERITIES: Mapping[str, str] = {"error": "critical", "warn": "warning", "warning": "warning", "triggered": "critical"}
_STATE = re.compile(r"^\s*\[([^\]]{1,40})\]\s*")
_TAG = re.compile(r"\s*([^:,\s]{1,60}):([^,]{1,200})")
OWN = frozenset({"event_type", "alert_transition", "alert_id", "alert_cycle_key", "last_updated"})


def read(payload: Json) -> Batch:
    """The event, as an alert."""
    try:
        return Batch((_one(payload),))
    except Broken as broken:
        return Batch((), (f"The event: {broken}.",))


def _one(payload: Json) -> Alert:
    title = text(payload, "title", longest=TITLE)
    marked = _STATE.match(title)
    state = (text(payload, "alert_transition") or (marked[1] if marked else "")).casefold()
    plain = titled(title[marked.end() :] if marked else title, "`title`")
    labels = tags(text(payload, "tags", longest=10_000))
    scope = text(payload, "alert_scope", longest=WORD)
    now: Status = next((STATUSES[each] for each in STATUSES if state.startswith(each)), "firing")
    at = moment(payload.get("date") or payload.get("last_updated"))
    return Alert(
        source="datadog",
        fingerprint=mark_of(text(payload, "alert_id") or text(payload, "aggreg_key") or plain, scope),
        title=plain,
        status=now,
        summary=text(payload, "summary", "body"),
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


def tags(said: str) -> dict[str, str]:
    """`env:prod, service:checkout` as labels."""
    return {found[1]: found[2].strip() for found in _TAG.finditer(said)}


def fits(payload: Any) -> bool:
    """Whether it is one of Datadog's."""
    return isinstance(payload, dict) and "title" in payload and bool(OWN & payload.keys()) and "event" not in payload


SOURCE = Source("Datadog", "it has no `title` with an `event_type`, `alert_id` or `alert_transition`", fits, read)
