"""An alert as any program tells of it: one record, whatever its payload looked like."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["firing", "acknowledged", "resolved"]

LACKING: Mapping[str, str] = {
    "summary": "a summary",
    "value": "its value against the threshold",
    "runbook": "a runbook",
    "dashboard": "a dashboard",
}
"""What makes an alert actionable: the field → what it is called."""

REPORT = "report"
"""The source of what somebody noticed: to be judged by a person, and never over by itself."""

OLDEST = timedelta(days=7)
"""What began longer ago is not believed: a clock that stands, or a date that was never set."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of a batch. `fingerprint` is the same for the same alert, however often it is sent.

    `severity` and `service` are the sender's words. `link` leads to it at its source. `began` and `ended` are times of
    the sender's clock, and no due moment is ever counted from them. `off`: that clock is wrong.
    """

    source: str
    fingerprint: str
    title: str
    status: Status = "firing"
    summary: str = ""
    value: str = ""
    threshold: str = ""
    severity: str = ""
    service: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    runbook: str = ""
    dashboard: str = ""
    link: str = ""
    began: datetime | None = None
    ended: datetime | None = None
    off: bool = False

    @property
    def is_on(self) -> bool:
        """Whether it still fires; that somebody acknowledged it elsewhere ends nothing."""
        return self.status != "resolved"

    @property
    def lacks(self) -> tuple[str, ...]:
        """What would make it actionable and is not there."""
        return tuple(name for name in LACKING if not self._has(name))

    def _has(self, name: str) -> bool:
        return bool(self.value and self.threshold) if name == "value" else bool(getattr(self, name))

    def called(self, name: str) -> str:
        """What it has under a label; a few names stand for what the alert itself tells."""
        own = {"alertname": self.title, "title": self.title, "service": self.service, "severity": self.severity}
        return self.labels.get(name) or own.get(name, "")


def believed(alert: Alert, now: datetime) -> Alert:
    """The alert with the sender's times as far as they can be true: nothing began or ended in the future."""
    began = alert.began if alert.began and now - OLDEST <= alert.began <= now else None
    ended = alert.ended if alert.ended and alert.ended <= now else None
    ahead = any(at is not None and at > now for at in (alert.began, None if alert.is_on else alert.ended))
    return replace(alert, began=began, ended=ended, off=ahead)
