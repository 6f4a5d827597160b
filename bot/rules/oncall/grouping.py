"""The user group of a rotation, kept to who is on call: who belongs in it, and what is said where Slack refuses."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from bot.rules.events import GroupRefused
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.duty import Duty
from bot.rules.subjects import Result

AGAIN = timedelta(hours=1)
"""How long after a refusal it is tried again: somebody may have mended it."""


def members(moment: Moment, group: str) -> tuple[PersonId, ...]:
    """Who is on call now in any rotation that shares the group, as far as they can be in one."""
    sharing = (each for each in moment.policy.rotations if each.group == group)
    current = (moment.roster.on_call(each, moment.now) for each in sharing)
    people = {moment.roster.id_of(shift.person) for shift in current if shift}
    return tuple(sorted(each for each in people if each and moment.is_active(each)))


def refused(duty: Duty, moment: Moment, *, group: str, code: str) -> Result[Duty]:
    """Slack does not let us change the group: told once for each reason, and tried again."""
    events = () if duty.refused.get(group) == code else (GroupRefused(group, code),)
    again = {**duty.again, group: moment.now + AGAIN}
    return Result(replace(duty, refused={**duty.refused, group: code}, again=again), events)


def kept(duty: Duty, _moment: Moment, *, group: str) -> Result[Duty]:
    """The group is who is on call: a refusal to come would be news."""
    others: Mapping[str, str] = {name: code for name, code in duty.refused.items() if name != group}
    again = {name: at for name, at in duty.again.items() if name != group}
    return Result(replace(duty, refused=others, again=again))
