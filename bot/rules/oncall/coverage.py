"""Whether somebody is reached at each hour of the weeks to come: all targets of a level, or all levels of a policy."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Rotation, Target
from bot.rules.oncall.shifts import Shift, Span, gaps
from bot.rules.policy import Policy, named

AHEAD = timedelta(weeks=8)
"""How far it is looked ahead: past a change of the clocks, and each turn of most rotations."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of who can be reached: the roster, and `gone`, by name or id, who has left.

    Nobody counts as gone whom Slack has not told us of yet; nor is a calendar empty that was never read.
    """

    roster: Roster = field(default_factory=Roster)
    gone: Collection[str] = frozenset()

    def is_gone(self, person: str) -> bool:
        """Whether somebody, by name or id, has left."""
        return person in self.gone or self.roster.ids.get(person) in self.gone


def holes(policy: Policy, targets: Iterable[Target], known: Known, since: datetime) -> tuple[Span, ...]:
    """When none of the targets comes to anybody, within the next eight weeks."""
    until, found = since + AHEAD, list[Shift]()
    for target in targets:
        rotation = named(policy.rotations, target.name)
        if target.kind != "rotation" or rotation is None or _is_untold(rotation, known):
            if _is_always_there(target, known):
                return ()
        else:
            turns = known.roster.shifts(rotation, since, until)
            found += (each for each in turns if not each.shadow and not known.is_gone(each.person))
    return gaps(sorted(found, key=lambda each: each.start), since, until)


def unreached(policy: Policy, escalation: EscalationPolicy, known: Known, since: datetime) -> tuple[Span, ...]:
    """When an escalation policy reaches nobody at all, on whichever level."""
    return holes(policy, (target for level in escalation.levels for target in level.who), known, since)


def _is_untold(rotation: Rotation, known: Known) -> bool:
    return bool(rotation.ical) and rotation.name not in known.roster.told


def _is_always_there(target: Target, known: Known) -> bool:
    """Whether it comes to somebody whatever the hour, as far as is known."""
    if target.kind == "person":
        return not known.is_gone(target.name)
    members = known.roster.groups.get(target.name, ())
    return target.kind != "group" or not members or not all(known.is_gone(each) for each in members)
