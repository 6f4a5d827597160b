"""Whom a level of an escalation policy comes to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import EscalationPolicy, Level, Target
from bot.rules.policy import named


@dataclass(frozen=True, slots=True)
class Reached:
    """Whom a level comes to at a moment; `missing` are on it and cannot be reached."""

    people: tuple[PersonId, ...] = ()
    shadows: tuple[PersonId, ...] = ()
    channels: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_anybody(self) -> bool:
        """Whether there is anybody, or any place, to page."""
        return bool(self.people or self.channels or self.services)


def number_of(policy: EscalationPolicy, step: int) -> int:
    """Which level a step pages, counted from 1."""
    return (step - 1) % len(policy.levels) + 1


def level_of(policy: EscalationPolicy, step: int) -> Level:
    """The level that a step pages."""
    return policy.levels[number_of(policy, step) - 1]


def steps(policy: EscalationPolicy) -> int:
    """How many times somebody is paged in all: each level, and again as often as it repeats."""
    return len(policy.levels) * (policy.repeat + 1)


def first_reached(policy: EscalationPolicy, step: int, moment: Moment, *, private: bool = False) -> tuple[int, Reached]:
    """The first step from that one on at which anybody can be reached, and whom; `missing` are all that were passed."""
    missing: list[str] = []
    reached = Reached()
    while step <= steps(policy) and not reached.is_anybody:
        reached = reach(level_of(policy, step), moment, private=private)
        missing += reached.missing
        step += 1
    return step - 1, replace(reached, missing=tuple(dict.fromkeys(missing)))


def following(policy: EscalationPolicy, step: int, moment: Moment, *, private: bool) -> tuple[str, ...]:
    """Who is paged at that moment if nobody answers that step: people, channels and services; none after the last."""
    found = first_reached(policy, step + 1, moment, private=private)[1]
    return (*found.people, *found.channels, *found.services)


def untold(policy: EscalationPolicy, step: int, moment: Moment) -> tuple[str, ...]:
    """Who is on the level of that step while Slack has not told yet who they are; nobody once it has told."""
    if moment.roster.is_told or step > steps(policy):
        return ()
    return reach(level_of(policy, step), moment).missing


def places(level: Level, *, private: bool) -> tuple[str, ...]:
    """The channels and services of a level by name; of a private incident no channel is told."""
    channels = (each.name for each in level.who if each.kind == "channel" and not private)
    return (*channels, *(f"PagerDuty ({each.name})" for each in level.who if each.kind == "pagerduty"))


def reach(level: Level, moment: Moment, *, private: bool = False) -> Reached:
    """Whom a level comes to now; of a private incident no channel is told."""
    found = Reached()
    for target in level.who:
        each = _targets(target, moment)
        found = Reached(*(_both(getattr(found, name), getattr(each, name)) for name in Reached.__slots__))
    return replace(found, channels=(), missing=_both(found.missing, found.channels)) if private else found


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))


def _targets(target: Target, moment: Moment) -> Reached:
    match target.kind:
        case "channel":
            return Reached(channels=(target.name,))
        case "pagerduty":
            return Reached(services=(target.name,))
        case "person":
            return _named([target.name], moment)
        case "group":
            members = moment.roster.groups.get(target.name, ())
            return _named(members, moment) if members else _lost(target)
    return _on_call(target, moment)


def _lost(target: Target) -> Reached:
    return Reached(missing=(target.name,))


def _on_call(target: Target, moment: Moment) -> Reached:
    rotation = named(moment.policy.rotations, target.name)
    if rotation is None:
        return _lost(target)
    shift = moment.roster.on_call(rotation, moment.now)
    beside = _named([each.person for each in moment.roster.shadows(rotation, moment.now)], moment)
    now = _named([shift.person], moment) if shift else _lost(target)
    return replace(now, shadows=beside.people)


def _named(names: Iterable[str], moment: Moment) -> Reached:
    """Each person, as far as Slack knows them and they still work here."""
    people, missing = list[PersonId](), list[str]()
    for name in names:
        person = moment.roster.id_of(name)
        if person and moment.is_active(person):
            people.append(person)
        else:
            missing.append(person or name)
    return Reached(people=tuple(people), missing=tuple(missing))
