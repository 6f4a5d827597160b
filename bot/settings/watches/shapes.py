"""The shape of watches in the configuration file."""

from datetime import timedelta
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, PlainValidator

from bot.rules.watching.watch import EVERY
from bot.settings.shape import Link, Name, Shape, Word
from bot.settings.watches import texts

Limit: TypeAlias = Annotated[float, PlainValidator(texts.limit)]


class WatchShape(Shape):
    """One thing that is watched; limits that it does not say are those of its kind."""

    name: Name
    kind: Literal["error_rate", "latency", "traffic", "saturation", "deviation", "http"]
    service: Name | None = None
    severity: Word | None = None
    query: Annotated[str, PlainValidator(texts.query)] = ""
    expected: Annotated[str, PlainValidator(texts.expected)] = ""
    url: Link | None = None
    status: Annotated[int, Field(ge=100, le=599)] = 200
    words: Annotated[str, PlainValidator(texts.words)] = ""
    slower: Limit | None = None
    fire: Limit | None = None
    recover: Limit | None = None
    lasting: Annotated[timedelta | None, PlainValidator(texts.lasting), Field(alias="for")] = None
    every: Annotated[timedelta, PlainValidator(texts.every)] = EVERY
    runbook: Link | None = None
    dashboard: Link | None = None


KEYS: dict[tuple[str, ...], type[Shape]] = {("watches",): WatchShape}
"""Which keys are known where."""
