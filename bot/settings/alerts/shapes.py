"""The shape of alerts in the configuration file."""

from datetime import datetime
from typing import Annotated, TypeAlias

from pydantic import Field, PlainValidator

from bot.rules.alerts.configured import GROUP_BY, REOPEN_WITHIN, Do, Resolve
from bot.settings.alerts import texts
from bot.settings.shape import Name, Shape, Span, Title, Word

Patterns: TypeAlias = Annotated[tuple[str, ...], PlainValidator(texts.patterns)]
LabelNames: TypeAlias = Annotated[tuple[str, ...], PlainValidator(texts.label_names)]
WallTime: TypeAlias = Annotated[datetime, PlainValidator(texts.wall_time)]


class AlertRuleShape(Shape):
    """What is done with alerts that match; all that it names has to fit."""

    do: Do = "declare"
    source: Annotated[tuple[str, ...], PlainValidator(texts.sources)] = ()
    title: Patterns = ()
    labels: Annotated[dict[str, tuple[str, ...]], PlainValidator(texts.labels)] = {}
    severity: Word | None = None
    services: list[Name] = []
    policy: Name | None = None
    group_by: LabelNames | None = None
    resolve: Resolve | None = None


class HeartbeatShape(Shape):
    """What calls in, how often at least, and what its silence comes to."""

    name: Annotated[str, PlainValidator(texts.beating)]
    every: Span
    severity: Word | None = None
    services: list[Name] = []


class AlertsShape(Shape):
    """What is done with alerts of other programs."""

    rules: Annotated[list[AlertRuleShape], Field(max_length=200)] = []
    group_by: LabelNames = GROUP_BY
    reopen_within: Span = REOPEN_WITHIN
    resolve: Resolve = "offer"
    heartbeats: list[HeartbeatShape] = []


class MaintenanceShape(Shape):
    """A time in which alerts that match do nothing."""

    what: Annotated[str, PlainValidator(texts.pattern)]
    since: WallTime
    until: WallTime
    why: Title = ""


KEYS: dict[tuple[str, ...], type[Shape]] = {
    ("alerts",): AlertsShape,
    ("alerts", "rules"): AlertRuleShape,
    ("alerts", "heartbeats"): HeartbeatShape,
    ("maintenance",): MaintenanceShape,
}
"""Which keys are known where."""
