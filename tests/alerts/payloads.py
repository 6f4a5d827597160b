"""Payloads as the programs send them: the fields of their documentation, with values of our own."""

from typing import Any


def alertmanager(*alerts: dict[str, Any], status: str = "firing") -> dict[str, Any]:
    """Alertmanager's webhook, version 4."""
    return {
        "version": "4",
        "groupKey": '{}:{alertname="CheckoutErrors"}',
        "truncatedAlerts": 0,
        "status": status,
        "receiver": "tocsin",
        "groupLabels": {"alertname": "CheckoutErrors"},
        "commonLabels": {"alertname": "CheckoutErrors", "severity": "critical"},
        "commonAnnotations": {},
        "externalURL": "http://alertmanager.example:9093",
        "alerts": list(alerts),
    }


def firing(instance: str = "web-1", status: str = "firing", **labels: str) -> dict[str, Any]:
    """One of its alerts."""
    return {
        "status": status,
        "labels": {
            "alertname": "CheckoutErrors",
            "severity": "critical",
            "service": "checkout",
            "instance": instance,
            **labels,
        },
        "annotations": {
            "summary": "Checkout fails for 12 % of requests",
            "value": "12.4 %",
            "threshold": "5 %",
            "runbook_url": "https://runbooks.example/checkout",
            "dashboard_url": "https://grafana.example/d/checkout",
        },
        "startsAt": "2026-03-02T08:58:26.739266876Z",
        "endsAt": "0001-01-01T00:00:00Z" if status == "firing" else "2026-03-02T08:59:59Z",
        "generatorURL": "http://prometheus.example:9090/graph?g0.expr=errors",
        "fingerprint": f"c6eadffa{instance}",
    }


GRAFANA: dict[str, Any] = {
    "receiver": "tocsin",
    "status": "firing",
    "orgId": 1,
    "alerts": [
        {
            "status": "firing",
            "labels": {"alertname": "High memory usage", "team": "blue", "zone": "us-1", "severity": "warning"},
            "annotations": {"description": "Memory is short", "runbook_url": "https://runbooks.example/memory"},
            "startsAt": "2026-03-02T09:51:03.157076+02:00",
            "endsAt": "0001-01-01T00:00:00Z",
            "generatorURL": "https://grafana.example/alerting/1afz29v7z/edit",
            "fingerprint": "bc97ff14869b13e3",
            "silenceURL": "https://grafana.example/alerting/silence/new",
            "dashboardURL": "https://grafana.example/d/memory",
            "panelURL": "https://grafana.example/d/memory?viewPanel=2",
            "values": {"B": 44.23943737541908, "C": 1},
        }
    ],
    "groupLabels": {},
    "commonLabels": {"team": "blue"},
    "externalURL": "https://grafana.example/",
    "version": "1",
    "groupKey": "{}:{}",
    "truncatedAlerts": 0,
    "title": "[FIRING:1] High memory usage",
    "state": "alerting",
    "message": "**Firing**",
}


def pagerduty(kind: str = "incident.triggered", **data: Any) -> dict[str, Any]:
    """An event of PagerDuty's webhooks, version 3."""
    return {
        "event": {
            "id": "01CHNJ5T5GE2BAR5BJ1BEQ4XSK",
            "event_type": kind,
            "resource_type": "incident",
            "occurred_at": "2026-03-02T08:59:00.000Z",
            "agent": None,
            "client": None,
            "data": {
                "id": "PT4KHLK",
                "type": "incident",
                "html_url": "https://acme.pagerduty.com/incidents/PT4KHLK",
                "number": 1234,
                "status": "triggered",
                "incident_key": "baf7cf21b1da41b4b0221008339ff357",
                "created_at": "2026-03-02T08:58:00Z",
                "title": "Mail does not go out",
                "service": {"id": "PIJ90N7", "summary": "mail", "type": "service_reference"},
                "priority": None,
                "urgency": "high",
                **data,
            },
        }
    }


DATADOG: dict[str, Any] = {
    "id": "7203712836712",
    "event_type": "metric_alert_monitor",
    "title": "[Triggered] Latency of search is high",
    "body": "p99 is over its limit",
    "date": "1772441940000",
    "last_updated": "1772441940000",
    "alert_id": "1234",
    "alert_transition": "Triggered",
    "alert_type": "error",
    "alert_scope": "service:search,env:prod",
    "tags": "env:prod, service:search, monitor",
    "value": "6.2 s",
    "threshold": "5 s",
    "link": "https://app.datadoghq.example/monitors/1234",
    "org": {"id": "11023", "name": "Acme"},
}
DATADOG_PLAIN: dict[str, Any] = {
    "id": "7203712836713",
    "event_type": "metric_alert_monitor",
    "title": "[Recovered] Latency of search is high",
    "body": "p99 is over its limit",
    "date": "1772442000000",
    "last_updated": "1772442000000",
    "org": {"id": "11023", "name": "Acme"},
}
"""By Datadog's own template, which nobody has changed."""

GENERIC: dict[str, Any] = {
    "title": "Backup failed",
    "status": "firing",
    "severity": "critical",
    "service": "database",
    "summary": "The nightly backup ended with exit status 1",
    "began": "2026-03-02T08:50:00Z",
    "labels": {"host": "db-1"},
}

DATADOG_GROUP: dict[str, Any] = {
    "id": "7203712836714",
    "event_type": "query_alert_monitor",
    "title": "[P2] [Triggered on {host:web-1,service:checkout}] Memory is short",
    "body": "%%%\nRestart the worker: https://wiki.example/restart\n@slack-ops @webhook-tocsin\n\n"
    "[![Metric Graph](https://p.datadoghq.example/snapshot/1.png)](https://app.datadoghq.example/monitors/1?to_ts=1)\n\n"
    "**system.mem.usable** over **host:web-1** was **<= 0.5** on average during the **last 30m**.\n\n- - -\n\n"
    "[[Monitor Status](https://app.datadoghq.example/monitors/1)] · [[Edit Monitor](https://app.datadoghq.example/edit)]\n%%%",
    "date": "1772441940000",
    "last_updated": "1772441940000",
    "org": {"id": "11023", "name": "Acme"},
}
"""By the same, of a monitor with a priority that watches each host."""
