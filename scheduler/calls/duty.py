"""On call: what people are told of their shifts, the hand-off, the call for cover, the user group kept in step."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outside.slack import Problem
from bot.rules.events import GroupRefused, PersonPaged, ShiftEnded
from bot.rules.incident import Incident, PersonId
from bot.rules.oncall import grouping
from bot.rules.oncall.concern import concerns
from bot.rules.oncall.coverage import Known
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.warnings import known_of, warned
from bot.rules.people import sees
from bot.rules.policy import named
from bot.views import shifts
from scheduler.calls.done import DELIVERY, WITHDRAWN, Done
from scheduler.calls.posting import in_place, post
from scheduler.desk import Desk
from store import queries, subjects, usergroups
from store.outbox import Row

OPEN = 200
"""Open incidents that are looked through, the most severe first."""
LATEST = 200
"""Entries of somebody's timeline in which it is looked up for what they were paged."""


async def say_duty(desk: Desk, row: Row) -> Done:
    """What somebody is told of their shifts."""
    entries = await desk.entries(row)
    if refusals := [entry.event for entry in entries if isinstance(entry.event, GroupRefused)]:
        sharing = [each.name for each in desk.policy.rotations if each.group == refusals[0].group]
        await post(desk, row, shifts.group_refused(refusals[0].group, refusals[0].code, sharing))
        return Done()
    reader, team, now = str(row.facts["person"]), _team(row), desk.changes.clock.now()
    known = await desk.workspace.person(reader)
    if known and not known.active:
        return WITHDRAWN
    ended = next((entry.event for entry in entries if isinstance(entry.event, ShiftEnded)), None)
    led, successor, pages = await _left(desk, reader, ended) if ended else ((), None, ())
    message = shifts.told(shifts.Told(entries, reader, team, now, desk.policy, led, successor, pages))
    if message is None:
        return WITHDRAWN
    await post(desk, row, message)
    return Done()


async def say_handover(desk: Desk, row: Row) -> Done:
    """The hand-off as it stands now: posted once, edited when notes come."""
    async with desk.changes.store.read() as connection:
        duty = await connection.run_sync(subjects.find, row.subject, Duty(_team(row)))
        moment = await connection.run_sync(desk.moment)
        found = await _listed(desk, connection)
    if duty.handover is None or not str(row.slot).endswith(duty.handover.at.isoformat()):
        return WITHDRAWN
    ours = [each for each in found if not each.private and concerns(duty.team, each, desk.policy)]
    known = known_of(moment.people, Known(moment.roster))
    mend = [each for each in warned(desk.policy, moment.now, known) if duty.team in each.teams]
    return await in_place(desk, row, shifts.handover(duty.handover, ours, mend, desk.policy, known.gone))


async def say_cover(desk: Desk, row: Row) -> Done:
    """The call for cover as it stands now."""
    async with desk.changes.store.read() as connection:
        duty = await connection.run_sync(subjects.find, row.subject, Duty(_team(row)))
    wanted = duty.cover(int(row.facts["number"]))
    if wanted is None:
        return WITHDRAWN
    return await in_place(desk, row, shifts.cover(wanted, duty.team, desk.changes.clock.now()))


async def keep_usergroup(desk: Desk, row: Row) -> Done:
    """Who is on call is in the group, and nobody else; where nobody is on call it stays as it is."""
    name = str(row.facts["group"])
    async with desk.changes.store.read() as connection:
        moment = await connection.run_sync(desk.moment)
        duty = await connection.run_sync(subjects.find, row.subject, Duty(_team(row)))
    group, people = name if name.startswith("S") else await desk.group(name), grouping.members(moment, name)
    if not people:
        return WITHDRAWN
    if group is None:
        if desk.workspace.ready.is_set():
            return _refused(desk, row, duty, name, "no_such_subteam")
        raise Problem("the workspace is not known yet", retry_after=1)
    try:
        await desk.slack.call("usergroups.users.update", usergroup=group, users=",".join(people))
    except Problem as problem:
        if not problem.permanent:
            raise
        return _refused(desk, row, duty, name, problem.code)

    def keep(connection: Connection) -> None:
        usergroups.keep(connection, group, people)
        desk.changes.turned(connection, row.subject, grouping.kept, DELIVERY, group=name)

    return Done(keep)


def _refused(desk: Desk, row: Row, duty: Duty, group: str, code: str) -> Done:
    def keep(connection: Connection) -> None:
        desk.changes.turned(connection, row.subject, grouping.refused, DELIVERY, group=group, code=code)

    return Done(keep, "withdrawn" if duty.refused.get(group) == code else "given_up")


async def _left(
    desk: Desk, person: PersonId, ended: ShiftEnded
) -> tuple[Sequence[Incident], PersonId | None, Sequence[Incident]]:
    """What somebody leaves: the open incidents they command, who can be reached on call now, what they were paged
    for."""
    async with desk.changes.store.read() as connection:
        moment = await connection.run_sync(desk.moment)
        entries = await queries.timeline(connection, f"person:{person}", limit=LATEST)
        paged = [each.event for each in entries if isinstance(each.event, PersonPaged) and each.at >= ended.start]
        numbers = sorted({number for event in paged for number in event.numbers})
        pages = [await queries.incident(connection, number) for number in numbers]
        led = [each for each in await _listed(desk, connection, commander=person) if each.is_open]
    rotation = named(desk.policy.rotations, ended.rotation)
    shift = moment.roster.on_call(rotation, moment.now) if rotation else None
    successor = moment.roster.id_of(shift.person) if shift else None
    is_there = successor is not None and moment.is_active(successor)
    return led, successor if is_there else None, [each for each in pages if each and sees(each, person)]


async def _listed(desk: Desk, connection: AsyncConnection, **filters: Any) -> Sequence[Incident]:
    ranked = [level.name for level in desk.policy.severities]
    return await queries.listed(connection, None, ranked, limit=OPEN, **filters)


def _team(row: Row) -> str:
    return row.subject.partition(":")[2]
