"""What is wrong with who is on call, before it shows at night: for `tocsin check`, and for the team's channel."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.oncall.coverage import AHEAD, Known, holes, unreached
from bot.rules.oncall.roster import MOMENT
from bot.rules.oncall.rotation import FEWEST, EscalationPolicy, Level, Rotation, Target
from bot.rules.oncall.shifts import Shift, Span, on_call, shifts
from bot.rules.paging.reaching import Reach
from bot.rules.policy import Policy, named
from bot.rules.refused import listed

Kind: TypeAlias = Literal["nobody", "unpaged", "gone", "quiet", "gap", "handoff", "few"]
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Warned:
    """One thing that is wrong: what, and what mends it; both plain text. `teams` are those whom it concerns.

    `refuses`: the configuration must not be used like that.
    """

    kind: Kind
    what: str
    cure: str
    teams: tuple[str, ...] = ()
    refuses: bool = False


def warned(
    policy: Policy,
    now: datetime,
    known: Known | None = None,
    reaches: Mapping[PersonId, Reach] | None = None,
) -> tuple[Warned, ...]:
    """All that is wrong; of ways to reach people only where `reaches` tells of them."""
    known = known or Known()
    return (
        *uncovered(policy, known, now),
        *unpaged(policy),
        *gone(policy, known),
        *(quiet(policy, known, reaches) if reaches is not None else ()),
        *gaps(policy, known, now),
        *handoffs(policy, known, now),
        *few(policy, known, now),
    )


def known_of(people: Mapping[PersonId, Person], known: Known) -> Known:
    """The same, with those gone of whom Slack says so."""
    return replace(known, gone=frozenset(each.id for each in people.values() if not each.active))


def uncovered(policy: Policy, known: Known, now: datetime) -> Iterable[Warned]:
    """Policies that reach nobody at some hour."""
    for each in policy.policies:
        if spans := unreached(policy, each, known, now):
            yield Warned(
                "nobody",
                f"Escalation policy {each.name} reaches nobody {_told(spans, policy)}",
                "put somebody on it who is always there, or a rotation without hours",
                teams_of(policy, each),
                refuses=True,
            )


def unpaged(policy: Policy) -> Iterable[Warned]:
    """Severities that page, and nothing says whom."""
    paging = [level.name for level in policy.severities if level.page]
    if paging and not policy.policies:
        what = f"{listed(paging)} {'pages' if len(paging) == 1 else 'page'}, and no escalation policy says whom"
        cure = "write `policies` and `default_policy` (docs/oncall.md), or `page: no` for those severities"
        yield Warned("unpaged", what, cure)


def gone(policy: Policy, known: Known) -> Iterable[Warned]:
    """People of rotations and policies who have left."""
    turns = ((name, each) for each in policy.rotations for name in each.people if known.is_gone(name))
    for name, rotation in turns:
        what = f"{name} is deactivated in Slack and takes turns in rotation {rotation.name}"
        yield Warned("gone", what, "take them out: each of their turns is passed", (rotation.team,))
    for escalation in policy.policies:
        people = (target.name for level in escalation.levels for target in level.who if target.kind == "person")
        for name in people:
            if known.is_gone(name):
                what = f"{name} is deactivated in Slack and is on escalation policy {escalation.name}"
                yield Warned("gone", what, "put somebody else there", teams_of(policy, escalation))


def quiet(policy: Policy, known: Known, reaches: Mapping[PersonId, Reach]) -> Iterable[Warned]:
    """Levels that page for the most severe incidents, and have nothing louder than Slack or mail."""
    if not any(level.page and policy.is_major(level.name) for level in policy.severities):
        return
    for escalation in policy.policies:
        for number, level in enumerate(escalation.levels, 1):
            who = _unwoken(policy, level, known, reaches)
            if who is not None:
                what = f"Level {number} of {escalation.name} wakes nobody up"
                named = f": {listed(who)} can be reached by Slack or mail alone" if who else ""
                louder = "set a louder way in Home under *How to reach me*" if who else "page somebody there as well"
                cure = f"{louder}, or page a PagerDuty service"
                yield Warned("quiet", what + named, cure, teams_of(policy, escalation))


def _unwoken(policy: Policy, level: Level, known: Known, reaches: Mapping[PersonId, Reach]) -> tuple[str, ...] | None:
    """Who is on the level and is not woken up; None where somebody always is, or nobody on it is known yet."""

    def is_loud(person: str) -> bool:
        reach = reaches.get(known.roster.id_of(person) or "")
        return bool(reach and reach.loud)

    found = {target: _people(policy, target, known) for target in level.who}
    if any(_wakes(target, [is_loud(each) for each in people]) for target, people in found.items()):
        return None
    silent = [each for people in found.values() for each in people if not is_loud(each)]
    asleep = tuple(each for each in silent if known.roster.id_of(each))
    is_lost = not any(found.values()) and any(each.kind in {"group", "rotation"} for each in found)
    is_untold = len(asleep) < len(silent)
    return None if not asleep and (is_lost or is_untold) else asleep


def _wakes(target: Target, loud: Sequence[bool]) -> bool:
    """Whether somebody wakes up, whoever of a rotation it is; `loud`: of each of its people whether they do."""
    if target.kind == "rotation":
        return bool(loud) and all(loud)
    return target.kind == "pagerduty" or any(loud)


def untold(policy: Policy, known: Known) -> tuple[str, ...]:
    """Who may be paged by a level, and of whom Slack has told nothing yet: so nobody knows how they are reached."""
    targets = (target for each in policy.policies for level in each.levels for target in level.who)
    named = dict.fromkeys(name for target in targets for name in _people(policy, target, known))
    return tuple(name for name in named if not known.roster.id_of(name))


def _people(policy: Policy, target: Target, known: Known) -> Sequence[str]:
    """Who may be meant, by the file's name where it has one; without who has left."""
    names = {identity: name for name, identity in known.roster.ids.items()}
    found = (names.get(each, each) for each in _meant(policy, target, known))
    return tuple(dict.fromkeys(each for each in found if not known.is_gone(each)))


def _meant(policy: Policy, target: Target, known: Known) -> Iterable[str]:
    if target.kind == "person":
        return (target.name,)
    if target.kind == "group":
        return known.roster.groups.get(target.name, ())
    rotation = named(policy.rotations, target.name)
    told = (shift.person for shift in known.roster.told.get(target.name, ()))  # by a calendar
    return (*(rotation.people if rotation else ()), *told)


def gaps(policy: Policy, known: Known, now: datetime) -> Iterable[Warned]:
    """Levels that come to nobody at some hour, so that the next one is paged at once; rotations that no level pages."""
    paged = {target.name for each in policy.policies for level in each.levels for target in level.who}
    for escalation in policy.policies:
        for number, level in enumerate(escalation.levels, 1):
            if spans := holes(policy, level.who, known, now):
                what = f"Level {number} of {escalation.name} has nobody {_told(spans, policy)}"
                cure = "it is passed at once then; cover it if it should not be"
                yield Warned("gap", what, cure, teams_of(policy, escalation))
    for rotation in policy.rotations:
        spans = () if rotation.name in paged else holes(policy, (Target("rotation", rotation.name),), known, now)
        if spans:
            what = f"Rotation {rotation.name} has nobody {_told(spans, policy)}"
            yield Warned("gap", what, "cover it if it should be covered", (rotation.team,))


def handoffs(policy: Policy, known: Known, now: datetime) -> Iterable[Warned]:
    """Rotations that change hands while nobody is at work."""
    for rotation in policy.rotations:
        changes = [at for turns in _turns(rotation, known, now) for at in _changes(turns, now)]
        if late := [at for at in changes if not _is_at_work(policy, at)]:
            first, zone = min(late).astimezone(rotation.timezone), policy.calendar.timezone
            what = f"Rotation {rotation.name} changes hands outside business hours, next on {first:%a %Y-%m-%d %H:%M}"
            if str(zone) != str(rotation.timezone):
                what += f" ({rotation.timezone}); business hours are those of {zone}"
            cure = "move it within them in its calendar" if rotation.ical else "choose a `handoff` within them"
            yield Warned("handoff", what, f"{cure}: it wants a talk", (rotation.team,))


def _turns(rotation: Rotation, known: Known, now: datetime) -> Iterable[tuple[Shift, ...]]:
    """The coming turns of each of its layers, or of its calendar."""
    if rotation.ical:
        yield shifts(rotation, now, now + AHEAD, told=known.roster.told.get(rotation.name, ()))
    for layer in rotation.layers:
        if not layer.shadow:
            yield shifts(replace(rotation, layers=(layer,)), now, now + AHEAD)


def _changes(turns: tuple[Shift, ...], now: datetime) -> Iterable[datetime]:
    """When it goes from one person straight to another."""
    for turn in turns:
        before = on_call(turns, turn.start - MOMENT)
        if before and before.person != turn.person and turn.start > now:
            yield turn.start


def _is_at_work(policy: Policy, at: datetime) -> bool:
    """Whether that is within business hours, their end too; a holiday is like any other day, for it is there once."""
    always = replace(policy.calendar, holidays=frozenset())
    return always.is_open(at) or always.is_open(at - MOMENT)


def few(policy: Policy, known: Known, now: datetime) -> Iterable[Warned]:
    """Rotations with too few people to last; of a calendar, those who come in it, once it has told of anybody."""
    for rotation in policy.rotations:
        told = {turn.person for turns in _turns(rotation, known, now) for turn in turns if not turn.shadow}
        many = len(told if rotation.ical else rotation.people)
        if (told or rotation.layers) and many < FEWEST:
            people = "1 person" if many == 1 else f"{many} people"
            when = f" in its calendar for {AHEAD.days // 7} weeks" if rotation.ical else ""
            what = f"Rotation {rotation.name} has {people}{when}"
            yield Warned("few", what, f"with fewer than {FEWEST} it does not last; add somebody", (rotation.team,))


def teams_of(policy: Policy, escalation: EscalationPolicy) -> tuple[str, ...]:
    """The teams for whose incidents it pages."""
    return tuple(each.name for each in policy.teams if (each.policy or policy.default_policy) == escalation.name)


def _told(spans: Sequence[Span], policy: Policy) -> str:
    """`from Sat 2026-11-21 18:00 to Mon 2026-11-23 09:00 (Europe/Madrid), and 7 more times within 8 weeks`."""
    zone = policy.calendar.timezone
    since, until = (at.astimezone(zone) for at in spans[0])
    times = "time" if len(spans) == 2 else "times"
    more = f", and {len(spans) - 1} more {times} within {AHEAD.days // 7} weeks" if len(spans) > 1 else ""
    return f"from {since:%a %Y-%m-%d %H:%M} to {until:%a %Y-%m-%d %H:%M} ({zone}){more}"
