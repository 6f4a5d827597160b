"""PagerDuty: events of its webhooks, version 3."""

from collections.abc import Mapping
from typing import Any

from bot.rules.alerts.alert import Alert, Status
from bot.rules.alerts.sources.reading import TITLE, WORD, Batch, Broken, Source, moment, titled
from bot.rules.foreign import Json, address, inside, text

STATUSES: Mapping[str, Status] = {
    "incident.triggered": "firing",
    "incident.reopened": "firing",
    "incident.unacknowledged": "firing",
    "incident.escalated": "firing",
    "incident.acknowledged": "acknowledged",
    "incident.resolved": "resolved",
}
"""What of its events moves an alert; any other (a note, a ping) moves none."""

URGENCY: Mapping[str, str] = {"high": "page", "low": "warning"}
"""A high urgency is what pages somebody there; the priority is a label, for rules to match."""


def read(payload: Json) -> Batch:
    """The incident of the event, as an alert; none for an event that moves none."""
    event = inside(payload, "event")
    if text(event, "event_type") not in STATUSES:
        return Batch(())
    try:
        return Batch((_one(event, inside(event, "data")),))
    except Broken as broken:
        return Batch((), (f"The event's data: {broken}.",))


def _one(event: Json, data: Json) -> Alert:
    now = STATUSES[text(event, "event_type")]
    fingerprint = text(data, "id", longest=WORD)
    if not fingerprint:
        raise Broken("it has no `id`")
    told = {"urgency": text(data, "urgency"), "priority": text(inside(data, "priority"), "summary", longest=WORD)}
    return Alert(
        source="pagerduty",
        fingerprint=fingerprint,
        title=titled(text(data, "title", "summary", longest=TITLE), "`title`"),
        status=now,
        severity=URGENCY.get(text(data, "urgency"), ""),
        service=text(inside(data, "service"), "summary", longest=WORD),
        labels={name: word for name, word in told.items() if word},
        link=address(data, "html_url"),
        began=moment(data.get("created_at")),
        ended=moment(event.get("occurred_at")) if now == "resolved" else None,
    )


def fits(payload: Any) -> bool:
    """Whether it is one of PagerDuty's."""
    event = payload.get("event") if isinstance(payload, dict) else None
    return isinstance(event, dict) and "event_type" in event


SOURCE = Source("PagerDuty", "it has no `event` with an `event_type`", fits, read)
