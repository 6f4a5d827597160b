"""Any other program: an object with a title, or several in `alerts`."""

from typing import Any

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.sources.reading import TITLE, WORD, Batch, Source, each, moment, status, titled, words
from bot.rules.foreign import Json, address, inside, text
from bot.rules.marks import mark_of


def read(payload: Json) -> Batch:
    """One alert, or each of several."""
    many = payload.get("alerts")
    return each(many if isinstance(many, list) else [payload], _one)


def _one(raw: Json) -> Alert:
    title = titled(text(raw, "title", "name", longest=TITLE), "`title`")
    labels = words(inside(raw, "labels"))
    service = text(raw, "service", longest=WORD) or labels.get("service", "")
    return Alert(
        source="generic",
        fingerprint=text(raw, "fingerprint", "id", longest=WORD) or mark_of(title, service),
        title=title,
        status=status(text(raw, "status")),
        summary=text(raw, "summary", "text", "description"),
        value=text(raw, "value", longest=WORD),
        threshold=text(raw, "threshold", longest=WORD),
        severity=text(raw, "severity", longest=WORD) or labels.get("severity", ""),
        service=service,
        labels=labels,
        runbook=address(raw, "runbook"),
        dashboard=address(raw, "dashboard"),
        link=address(raw, "link"),
        began=moment(raw.get("began")),
        ended=moment(raw.get("ended")),
    )


def fits(payload: Any) -> bool:
    """Whether it has what an alert needs."""
    has_title = isinstance(payload, dict) and ("title" in payload or "name" in payload)
    return has_title or (isinstance(payload, dict) and isinstance(payload.get("alerts"), list))


SOURCE = Source("an alert of your own", "it has neither a `title` nor a list `alerts`", fits, read)
