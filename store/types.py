"""How times, structures and people's text are kept in columns."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, Dialect, Text
from sqlalchemy.types import TypeDecorator

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
_NOTHING: Mapping[type, str] = {dict: "{}", list: "[]"}
"""What most structures of most rows are: written without asking the encoder."""

_MADE: Mapping[str, Callable[[], Any]] = {text: made for made, text in _NOTHING.items()}


def to_micros(moment: datetime) -> int:
    """Microseconds since 1970 UTC. Raises ValueError for a naive datetime."""
    if moment.tzinfo is None:
        raise ValueError(f"A time without a zone cannot be kept: {moment!r}")
    return (moment - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """The aware datetime, in UTC, of microseconds since 1970."""
    return EPOCH + timedelta(microseconds=micros)


def to_json(value: object) -> str:
    """Canonical JSON: sorted keys, no spaces, ASCII (so that NUL and lone surrogates pass through any database)."""
    return (not value and _NOTHING.get(type(value))) or _ENCODER.encode(value)


class Moment(TypeDecorator[datetime]):
    """A moment: an aware datetime outside, integer microseconds UTC inside. Naive datetimes are refused."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> int | None:  # noqa: ARG002
        """To microseconds."""
        return None if value is None else to_micros(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From microseconds."""
        return None if value is None else from_micros(value)


class Json(TypeDecorator[Any]):
    """A structure as canonical JSON text; None is SQL's NULL."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To JSON."""
        return None if value is None else to_json(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """From JSON."""
        if value is None:
            return None
        made = _MADE.get(value)
        return made() if made else json.loads(value)


class Prose(TypeDecorator[str]):
    """Text that people wrote. What no database takes (NUL, lone surrogates) becomes U+FFFD."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """To what every database takes."""
        if value is None or (value.isprintable() and value.isascii()):
            return value
        return value.replace("\0", "\ufffd").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
