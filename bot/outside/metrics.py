"""What is counted and measured, for `/metrics`: one registry a running bot. No rule and no wording asks it."""

import platform
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    GCCollector,
    Histogram,
    Info,
    ProcessCollector,
    disable_created_metrics,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector

DOORS = ("slash", "button", "modal", "shortcut", "mention", "event", "other")
"""The kinds of requests that Slack makes."""

OUTCOMES = ("sent", "withdrawn", "given_up", "retried")
"""What becomes of a row of the outbox at one try."""

FATES = ("taken", "unreadable", "unauthorized", "unkept")
"""What becomes of an alert that some program sends: kept; no alert, or broken; without the token; no database."""

COUNTERS: Mapping[str, tuple[str, ...]] = {
    "acknowledgements": ("Slack's signed requests, by what they got.", "kind", "outcome"),
    "apologies": ("Answers saying that something unforeseen kept it from being done.",),
    "http_responses": ("Answers of Tocsin's own HTTP.", "path", "status"),
    "slack_calls": ("Calls of Slack's Web API.", "method", "outcome"),
    "deliveries": ("Tries to send a row of the outbox.", "kind", "outcome"),
    "alerts": ("Alerts that other programs sent; what is refused whole counts as one.", "source", "outcome"),
}
"""Each counter: what it is, and its labels."""

HISTOGRAMS: Mapping[str, tuple[Sequence[float], str, Sequence[str]]] = {
    "acknowledgement_seconds": (
        (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3),  # Slack waits for three
        "From a request of Slack's to its acknowledgement.",
        ["kind"],
    ),
    "slack_call_seconds": (
        (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
        "How long a call of Slack's Web API lasted.",
        ["method"],
    ),
    "delivery_wait_seconds": (
        (0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800),
        "From the change that wanted something said until Slack had it.",
        (),
    ),
    "due_lateness_seconds": (
        (1, 5, 15, 60, 300, 900, 3600, 14400),
        "From when a reminder fell due until it was put on its way.",
        (),
    ),
}
"""Each histogram: its buckets in seconds, what it is, and its labels."""

ERRORS: Mapping[str, str] = {
    "ratelimited": "ratelimited",
    "rate_limited": "ratelimited",
    "no_answer": "no_answer",
    **dict.fromkeys(("TimeoutError", "ClientConnectorError", "ServerDisconnectedError"), "no_answer"),
    **dict.fromkeys(("internal_error", "fatal_error", "service_unavailable", "request_timeout"), "unavailable"),
    **dict.fromkeys(("invalid_auth", "not_authed", "token_revoked", "token_expired"), "unauthorized"),
    **dict.fromkeys(("account_inactive", "missing_scope", "org_login_required"), "unauthorized"),
}
"""Slack's error codes by class; `http_5xx` are unavailable as well, and all others refused."""

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, which nobody reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What is so when a scrape asks; None where it is not known. Times are seconds."""

    ready: bool
    open_incidents: Mapping[str, int] | None = None
    outbox: Mapping[str, int] | None = None
    oldest: float | None = None
    findings: Mapping[str, int] = field(default_factory=dict)
    heard: float | None = None
    processes: int | None = None
    backup: float | None = None


class Metrics:
    """Counts what happens. Each method is a plain call that neither waits nor fails."""

    def __init__(self, **about: str) -> None:
        """`about` is told beside the versions."""
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        GCCollector(registry=self._registry)
        built = {"version": version("tocsin"), "python": platform.python_version(), **about}
        Info("tocsin_build", "Which Tocsin runs, on which Python.", registry=self._registry).info(built)
        self._acks = self._counter("acknowledgements")
        self._ack_seconds = self._histogram("acknowledgement_seconds")
        self._apologies = self._counter("apologies")
        self._http = self._counter("http_responses")
        self._calls = self._counter("slack_calls")
        self._call_seconds = self._histogram("slack_call_seconds")
        self._deliveries = self._counter("deliveries")
        self._alerts = self._counter("alerts")
        self._said_seconds = self._histogram("delivery_wait_seconds")
        self._lateness = self._histogram("due_lateness_seconds")
        for kind in DOORS:
            self._ack_seconds.labels(kind)
            self._acks.labels(kind, "answered")
            self._acks.labels(kind, "refused")

    def _counter(self, name: str) -> Counter:
        text, *labels = COUNTERS[name]
        return Counter(f"tocsin_{name}", text, labels, registry=self._registry)

    def _histogram(self, name: str) -> Histogram:
        buckets, text, labels = HISTOGRAMS[name]
        return Histogram(f"tocsin_{name}", text, labels, buckets=buckets, registry=self._registry)

    def acknowledged(self, kind: str, status: int, seconds: float) -> None:
        """A signed request was answered with that status."""
        known = kind if kind in DOORS else "other"
        self._acks.labels(known, "answered" if status == 200 else "refused").inc()
        self._ack_seconds.labels(known).observe(seconds)

    def apologised(self) -> None:
        """Somebody was told that what they asked for could not be done, for a reason that is not theirs."""
        self._apologies.inc()

    def answered(self, path: str, status: int) -> None:
        """The bot's own HTTP gave that answer; `path` is one of its own or a word for all others."""
        self._http.labels(path, str(status)).inc()

    def called(self, method: str, error: str | None, seconds: float) -> None:
        """Slack's Web API was called; `error` is the code that a Problem carries."""
        self._calls.labels(method, outcome_of(error)).inc()
        self._call_seconds.labels(method).observe(seconds)

    def will_deliver(self, kinds: Iterable[str]) -> None:
        """Which kinds of rows there are: counted from 0, so that the first that is given up shows as a rise."""
        for kind in kinds:
            for outcome in OUTCOMES:
                self._deliveries.labels(kind, outcome)

    def will_take(self, sources: Iterable[str]) -> None:
        """Where alerts may come from: counted from 0, as what is delivered is."""
        for source in sources:
            for fate in FATES:
                self._alerts.labels(source, fate)

    def alerted(self, source: str, fate: str, many: int = 1) -> None:
        """So many alerts came from there; `source` is one that `will_take` named."""
        self._alerts.labels(source, fate).inc(many)

    def delivered(self, kind: str, outcome: str, waited: float | None = None) -> None:
        """A try to send a row has ended; `waited` seconds since the change, where it was sent."""
        self._deliveries.labels(kind, outcome).inc()
        if waited is not None:
            self._said_seconds.observe(max(0.0, waited))

    def reminded(self, late: float) -> None:
        """Something that was due has been said, so many seconds after it fell due."""
        self._lateness.observe(late)

    def page(self, accept: str, glance: Glance) -> tuple[bytes, str]:
        """The page and its content type: OpenMetrics for who accepts it, else Prometheus's plain text."""
        encode, kind = choose_encoder(accept)
        return encode(_Scrape(self._registry, glance)), kind


@dataclass(frozen=True, slots=True)
class _Scrape(Collector):
    """What was counted, then what is so right now."""

    counted: CollectorRegistry
    glance: Glance

    def collect(self) -> Iterator[Metric]:
        yield from self.counted.collect()
        yield from _gauges(self.glance)


def outcome_of(error: str | None) -> str:
    """The class of an error code of Slack's, so that a label has few values; `ok` for none."""
    if error is None:
        return "ok"
    return "unavailable" if error.startswith("http_5") else ERRORS.get(error, "refused")


def _gauges(seen: Glance) -> Iterator[Metric]:
    for name, text, value in (
        ("tocsin_ready", "Whether it can do its work: 1, or 0 when /readyz says why not.", int(seen.ready)),
        ("tocsin_outbox_oldest_seconds", "Age of the oldest message that could go out now.", seen.oldest),
        ("tocsin_slack_last_heard_seconds", "Since anything came from Slack.", seen.heard),
        ("tocsin_processes", "Running Tocsins on this database.", seen.processes),
        (
            "tocsin_backup_age_seconds",
            "Since the last backup that was verified, or since there should be a first one.",
            seen.backup,
        ),
    ):
        if value is not None:
            yield GaugeMetricFamily(name, text, value)
    for name, text, label, values in (
        ("tocsin_open_incidents", "Open incidents, tests apart.", "severity", seen.open_incidents),
        ("tocsin_outbox_rows", "Messages and edits that are not settled.", "state", seen.outbox),
        ("tocsin_audit_findings", "What the audit of each minute finds amiss.", "kind", seen.findings),
    ):
        if values is not None:
            yield _by_label(name, text, label, values)


def _by_label(name: str, text: str, label: str, values: Mapping[str, Any]) -> Metric:
    family = GaugeMetricFamily(name, text, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family
