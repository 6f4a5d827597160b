"""What the log looks like: a line for people, or JSON for machines (`LOG_FORMAT`)."""

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime

from bot.cli.blanking import Secrets
from bot.outside.about import About, current

QUIET = ("slack_bolt", "slack_sdk", "apscheduler", "aiosqlite", "asyncio", "alembic", "sqlalchemy", "asyncpg")
"""Talkative libraries, heard from warnings on: at DEBUG they tell whole requests."""


class Told(logging.Filter):
    """Puts what the work at hand is about beside each line: `about` on the record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Lets every line pass."""
        record.about = current()
        return True


class Lines(logging.Formatter):
    """A line for people: when, how grave, who says it, which incident and who acts, what."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)-19s %(subject)s%(message)s", "%Y-%m-%d %H:%M:%S")
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line, and a stack trace below it."""
        about = getattr(record, "about", About())
        words = " ".join(word for word in (about.incident, about.actor) if word)
        record.subject = f"{words}: " if words else ""
        return self._secrets.blanked(super().format(record))


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, secrets: Secrets) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON; a stack trace is one of its strings, and what there is nothing of is left out."""
        about = asdict(getattr(record, "about", About()))
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **{name: value for name, value in about.items() if value},
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        told = {name: self._secrets.blanked(value) for name, value in line.items()}
        return json.dumps(told, ensure_ascii=False)


def set_up(level: str, style: str, secrets: Iterable[str] = ()) -> None:
    """Logs to stderr from `level` on, and never one of the secrets."""
    handler = logging.StreamHandler()
    kind = JsonLines if style == "json" else Lines
    handler.setFormatter(kind(Secrets(secrets)))
    handler.addFilter(Told())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(max(logging.WARNING, logging.getLevelName(level)))
