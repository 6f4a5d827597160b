"""How the texts about alerts are read; each raises ValueError with what it expected."""

from datetime import datetime

from bot.rules.alerts import heartbeat
from bot.rules.alerts import sources as sources_
from bot.rules.alerts.alert import REPORT
from bot.rules.watching import alerting as watching
from bot.settings import texts

SOURCES = (*sources_.SOURCES, heartbeat.SOURCE, REPORT, watching.SOURCE)


def pattern(value: object) -> str:
    """What a label or a title has to look like: `prod`, `prod-*`."""
    return texts.text(value, longest=200, what="a text or a pattern such as “prod-*”,")


def patterns(value: object) -> tuple[str, ...]:
    """One pattern, or several of which one has to fit."""
    given = value if isinstance(value, list) else [value]
    if not given:
        raise ValueError("at least one text or pattern such as “prod-*”")
    return tuple(pattern(each) for each in given)


def labels(value: object) -> dict[str, tuple[str, ...]]:
    """Labels and what each has to look like."""
    if not isinstance(value, dict) or not all(isinstance(name, str) and name for name in value):
        raise ValueError("labels with what each has to be, such as `severity: critical`")
    return {name: patterns(each) for name, each in value.items()}


def label_names(value: object) -> tuple[str, ...]:
    """The labels that make a group."""
    if isinstance(value, list) and value and all(isinstance(each, str) and each.strip() for each in value):
        return tuple(each.strip() for each in value)
    raise ValueError("names of labels, such as [alertname, service]")


def sources(value: object) -> tuple[str, ...]:
    """One source, or several."""
    given = value if isinstance(value, list) else [value]
    if given and all(each in SOURCES for each in given):
        return tuple(given)
    raise ValueError(f"one or several of {', '.join(SOURCES)}")


def beating(value: object) -> str:
    """A heartbeat's name, as it stands in its address."""
    try:
        return texts.word(value)
    except ValueError:
        raise ValueError("one word of letters, digits, . - _, at most 24 characters, such as nightly-backup") from None


def wall_time(value: object) -> datetime:
    """A day and a time on the wall's clock, `2026-03-02 22:00`."""
    try:
        found = (
            value if isinstance(value, datetime) else datetime.fromisoformat(value if isinstance(value, str) else "")
        )
    except ValueError:
        raise ValueError("a day and a time such as “2026-03-02 22:00”") from None
    return found
