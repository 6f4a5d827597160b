"""The shape of people, rotations and escalation policies in the configuration file."""

from datetime import date, time, timedelta
from typing import Annotated, TypeAlias
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator

from bot.settings import texts as plain
from bot.settings.oncall import texts
from bot.settings.shape import Day, Handle, Length, Link, Name, Shape, Weekdays

ShiftLength: TypeAlias = Annotated[timedelta, PlainValidator(texts.shift)]
Handoff: TypeAlias = Annotated[tuple[int | None, time], PlainValidator(texts.handoff)]
Somebody: TypeAlias = Annotated[str, PlainValidator(texts.somebody)]
Zone: TypeAlias = Annotated[ZoneInfo, PlainValidator(plain.time_zone)]
Targets: TypeAlias = Annotated[list[str], PlainValidator(texts.targets)]


class PersonShape(Shape):
    """Somebody whom rotations and policies name."""

    name: Name
    slack: Somebody


class HoursShape(Shape):
    """A part of the day on some days of the week."""

    days: Weekdays = frozenset(range(7))
    hours: Annotated[tuple[time, time], PlainValidator(texts.hours)]


class LayerShape(Shape):
    """People who take turns."""

    people: list[Name] = []
    shift: ShiftLength = timedelta(days=7)
    handoff: Handoff = (0, time(9))
    start: Day = date(2024, 1, 1)
    hours: HoursShape | list[HoursShape] = []
    shadow: bool = False


class RotationShape(LayerShape):
    """Who is on call when: layers, or one of them said in place."""

    name: Name
    team: Name | None = None
    timezone: Zone | None = None
    layers: list[LayerShape] = []
    group: Handle | None = None
    ical: Link | None = None


class LevelShape(Shape):
    """Whom one level pages, and how long they have."""

    page: Targets
    wait: Length | None = None


class PolicyShape(Shape):
    """Levels in order."""

    name: Name
    levels: Annotated[list[LevelShape], Field(max_length=20)]
    repeat: Annotated[int, Field(ge=0, le=10)] = 0


KEYS: dict[tuple[str, ...], type[Shape]] = {
    ("people",): PersonShape,
    ("rotations",): RotationShape,
    ("rotations", "layers"): LayerShape,
    ("rotations", "hours"): HoursShape,
    ("rotations", "layers", "hours"): HoursShape,
    ("policies",): PolicyShape,
    ("policies", "levels"): LevelShape,
}
"""Which keys are known where."""
