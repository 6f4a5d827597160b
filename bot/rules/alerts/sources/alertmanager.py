"""Prometheus Alertmanager: the webhook's JSON, version 4. Grafana sends nearly the same."""

from typing import Any

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.sources.reading import WORD, Batch, Source, each, moment, status, titled, words
from bot.rules.foreign import Json, address, inside, text
from bot.rules.marks import mark_of


def read(payload: Json) -> Batch:
    """Each alert of the group that it tells of."""
    return each(payload["alerts"], lambda raw: one(raw, "alertmanager"))


def one(raw: Json, source: str) -> Alert:
    """An alert with labels and annotations. Raises Broken for one without a name."""
    labels, told = words(inside(raw, "labels")), inside(raw, "annotations")
    return Alert(
        source=source,
        fingerprint=text(raw, "fingerprint", longest=WORD) or mark_of(*(f"{k}={labels[k]}" for k in sorted(labels))),
        title=titled(labels.get("alertname", ""), "label `alertname`"),
        status=status(text(raw, "status")),
        summary=text(told, "summary", "message", "description"),
        value=text(told, "value", "current_value", longest=WORD),
        threshold=text(told, "threshold", longest=WORD) or labels.get("threshold", ""),
        severity=labels.get("severity", "") or labels.get("priority", ""),
        service=labels.get("service", "") or labels.get("app", ""),
        labels=labels,
        runbook=address(told, "runbook_url", "runbook"),
        dashboard=address(told, "dashboard_url", "dashboard", "grafana_url"),
        link=address(raw, "generatorURL"),
        began=moment(raw.get("startsAt")),
        ended=moment(raw.get("endsAt")),
    )


def fits(payload: Any) -> bool:
    """Whether it is one of Alertmanager's."""
    return has_alerts(payload) and "orgId" not in payload and ("groupKey" in payload or "receiver" in payload)


def has_alerts(payload: Any) -> bool:
    """Whether it holds a list of alerts."""
    return isinstance(payload, dict) and isinstance(payload.get("alerts"), list)


SOURCE = Source("Prometheus Alertmanager", "it has no `alerts`, `groupKey` and `receiver`", fits, read)
