"""From the shapes of on-call to the records that the rules are given."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.oncall.rotation import WAITS, EscalationPolicy, Hours, Layer, Level, Rotation, Target
from bot.rules.policy import Known
from bot.settings.oncall.shapes import HoursShape, LayerShape, PersonShape, PolicyShape, RotationShape
from bot.settings.spelling import Spellings, one

PAGERDUTY = "pagerduty:"


def people(said: Sequence[PersonShape]) -> tuple[Known, ...]:
    """Those whom rotations and policies name."""
    return tuple(Known(each.name, each.slack) for each in said)


def rotations(said: Sequence[RotationShape], zone: ZoneInfo, known: Spellings) -> tuple[Rotation, ...]:
    """Rotations; one that names no team belongs to the team of its own name."""
    return tuple(_rotation(each, zone, known) for each in said)


def _rotation(said: RotationShape, zone: ZoneInfo, known: Spellings) -> Rotation:
    own = [said] if said.people else []
    layers = tuple(_layer(each) for each in (*own, *said.layers))
    team = one(known.teams, said.team or said.name) or said.name
    return Rotation(said.name, said.timezone or zone, team, layers, said.group, said.ical)


def _layer(said: LayerShape) -> Layer:
    day, at = said.handoff
    is_said = "handoff" in said.model_fields_set or said.shift >= timedelta(days=7)
    hours = said.hours if isinstance(said.hours, list) else [said.hours]
    return Layer(
        people=tuple(said.people),
        shift=said.shift,
        start=_first(said.start, day if is_said else None, at),
        hours=tuple(_hours(each) for each in hours),
        shadow=said.shadow,
    )


def _first(start: date, weekday: int | None, at: time) -> datetime:
    """The first hand-off on or after the day from which the layer runs; on the wall's clock."""
    ahead = 0 if weekday is None else (weekday - start.weekday()) % 7
    return datetime.combine(start + timedelta(days=ahead), at)


def _hours(said: HoursShape) -> Hours:
    return Hours(said.days, *said.hours)


def policies(
    said: Sequence[PolicyShape], rotations_: Sequence[Rotation], known: Sequence[Known]
) -> tuple[EscalationPolicy, ...]:
    """Escalation policies, each level with whom it pages and how long it has."""
    named = targets(known, rotations_)
    return tuple(_policy(each, named) for each in said)


def targets(people_: Sequence[Known], rotations_: Sequence[Rotation]) -> Mapping[str, Target]:
    """Whom the file's own names mean where somebody is paged, by the name in small letters."""
    named = {each.name.casefold(): Target("person", each.name) for each in people_}
    return named | {each.name.casefold(): Target("rotation", each.name) for each in rotations_}


def _policy(said: PolicyShape, named: Mapping[str, Target]) -> EscalationPolicy:
    levels = (
        Level(tuple(target(text, named) for text in each.page), each.wait or WAITS[min(place, len(WAITS) - 1)])
        for place, each in enumerate(said.levels)
    )
    return EscalationPolicy(said.name, tuple(levels), said.repeat)


def target(text: str, named: Mapping[str, Target]) -> Target:
    """Whom the text names: `#a-channel`, `@a-user-group`, `pagerduty:service`, or a rotation or person of the file."""
    if text.startswith("#"):
        return Target("channel", text)
    if text.startswith(PAGERDUTY):
        return Target("pagerduty", text.removeprefix(PAGERDUTY).strip())
    found = named.get(text.removeprefix("@").casefold())
    return found or Target("group", text)
