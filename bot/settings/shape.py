"""What every shape of the configuration file is made of."""

from datetime import date, timedelta
from typing import Annotated, Any, TypeAlias

from pydantic import BaseModel, ConfigDict, PlainValidator

from bot.rules.calendar import Duration
from bot.settings import texts


def _named(value: Any) -> str:
    return texts.text(value, longest=60, what="a name")


def _titled(value: Any) -> str:
    return texts.text(value, longest=50, what="a title")


def _criterion(value: Any) -> str:
    return texts.text(value, longest=200, what="a criterion")


Word: TypeAlias = Annotated[str, PlainValidator(texts.word)]
Name: TypeAlias = Annotated[str, PlainValidator(_named)]
Title: TypeAlias = Annotated[str, PlainValidator(_titled)]
Criterion: TypeAlias = Annotated[str, PlainValidator(_criterion)]
Channel: TypeAlias = Annotated[str, PlainValidator(texts.channel)]
Handle: TypeAlias = Annotated[str, PlainValidator(texts.handle)]
Mail: TypeAlias = Annotated[str, PlainValidator(texts.mail)]
Link: TypeAlias = Annotated[str, PlainValidator(texts.link)]
Length: TypeAlias = Annotated[Duration, PlainValidator(texts.duration)]
Span: TypeAlias = Annotated[timedelta, PlainValidator(texts.span)]
Folder: TypeAlias = Annotated[str, PlainValidator(texts.folder)]
Day: TypeAlias = Annotated[date, PlainValidator(texts.day)]
Weekdays: TypeAlias = Annotated[frozenset[int], PlainValidator(texts.days)]


class Shape(BaseModel):
    """Every mapping of the file: unknown keys are refused, nothing is guessed from another type."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, arbitrary_types_allowed=True)
