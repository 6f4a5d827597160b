"""What falls due in a team's on-call duty: shifts that are near, begin and end, hand-offs, what nobody took."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import (
    CoverClosed,
    CoverFound,
    CoverWanted,
    Event,
    GroupRefused,
    HandedOff,
    NotesLeft,
    ShiftBegan,
    ShiftEnded,
    ShiftGivenBack,
    ShiftSoon,
    ShiftTaken,
)
from bot.rules.moment import Moment
from bot.rules.oncall.duty import KEPT, Cover, Duty, Handover, Held, Line, asked, roster_of, rotations_of
from bot.rules.oncall.roster import is_id
from bot.rules.oncall.turns import LAST_CALL, LOOK, Turns
from bot.rules.policy import Policy
from bot.rules.subjects import Kind, Result

Told = ShiftSoon | ShiftBegan | ShiftEnded
"""What one person is told of their own shifts: all of a moment in one message."""


def next_look(duty: Duty, moment: Moment) -> datetime | None:
    """When to look at it again; a team without rotations needs none."""
    turns = _turns(duty, moment)
    if not turns:
        return None
    looks = [moment.now + LOOK, *(at for each in turns for at in each.looks())]
    looks += [at for each in turns if (at := _soon_at(duty, each)) and at > moment.now]
    looks += [_last_call(each) for each in duty.covers if not each.closed]
    looks += duty.again.values()
    return min(looks)


def remind(duty: Duty, moment: Moment) -> Result[Duty]:
    """Says all that is due now."""
    before = duty = _pruned(duty, moment)
    events: list[Event] = []
    for turns in _turns(duty, moment):
        duty, soon = _nearing(duty, turns)
        duty, turned = _turned(duty, turns)
        events += [*soon, *turned]
    gone = {each.person: "" for each in events if isinstance(each, ShiftEnded) and not each.short}
    duty = replace(duty, left={**gone, **duty.left})
    for cover in duty.covers:
        is_moot = _is_moot(cover, duty, moment)
        if not cover.closed and (is_moot or _last_call(cover) <= moment.now):
            duty = asked(duty, replace(cover, closed=True))
            events.append(_closed(cover, cover.person if is_moot else ""))
    return _handed_off(before, duty, moment, events)


def _turns(duty: Duty, moment: Moment) -> tuple[Turns, ...]:
    roster = roster_of(duty, moment)
    return tuple(Turns(each, roster, moment) for each in rotations_of(moment.policy, duty.team))


def _last_call(cover: Cover) -> datetime:
    """When who asked is told that nobody took it: an hour before, or once it begins where it was asked later."""
    early = cover.start - LAST_CALL
    return early if early > cover.at else max(cover.start, cover.at + timedelta(minutes=15))


def _closed(cover: Cover, by: str) -> CoverClosed:
    return CoverClosed(cover.number, cover.rotation, cover.person, cover.start, cover.end, by, cover.to if by else "")


def _is_moot(cover: Cover, duty: Duty, moment: Moment) -> bool:
    """Whether who asked, or is to give something back, is not on call then any more."""
    turns = next((each for each in _turns(duty, moment) if each.rotation.name == cover.rotation), None)
    if turns is None or not moment.roster.is_told or cover.end <= moment.now:
        return False
    theirs = [(cover.person, cover.start, cover.end), *([(cover.to, *cover.back)] if cover.back else [])]
    return any(
        all(turns.named(each) != person for each in turns.between(max(start, moment.now), end))
        for person, start, end in theirs
    )


def _soon_at(duty: Duty, turns: Turns) -> datetime | None:
    """When somebody is told that their shift is near; None where all is said."""
    held, name = duty.held.get(turns.rotation.name), turns.rotation.name
    coming = turns.coming(held.shift if held else None)
    if coming is None or (name in duty.soon and duty.soon[name] >= coming.start):
        return None
    return turns.told_at(coming)


def _nearing(duty: Duty, turns: Turns) -> tuple[Duty, tuple[Event, ...]]:
    name, now = turns.rotation.name, turns.moment.now
    held, at = duty.held.get(name), _soon_at(duty, turns)
    coming = turns.coming(held.shift if held else None)
    if at is None or coming is None or at > now:
        return duty, ()
    said = replace(duty, soon={**duty.soon, name: coming.start})
    if coming.start - now < LAST_CALL:
        return said, ()
    end, hours = turns.lasts(coming), turns.has_hours(coming)
    return said, (ShiftSoon(name, turns.named(coming), coming.start, end, hours),)


def _turned(duty: Duty, turns: Turns) -> tuple[Duty, tuple[Event, ...]]:
    """Who ended and who began since it was last looked at; the first look says nothing."""
    name, current, held = turns.rotation.name, turns.current, duty.held.get(turns.rotation.name)
    person = turns.named(current) if current else ""
    on_call = (person,) if is_id(person) and turns.moment.is_active(person) else ()
    duty = replace(duty, now={**duty.now, name: on_call})
    if held is None:
        return (replace(duty, held={**duty.held, name: Held(current)}), ()) if current else (duty, ())
    events: list[Event] = []
    if not held.over and (current is None or not turns.are_same(current, held.shift)):
        events += _ended(turns, held)
        held = Held(held.shift, over=True)
    if current:
        if not turns.are_same(current, held.shift):
            whole, hours = turns.is_whole(current), turns.has_hours(current)
            events.append(ShiftBegan(name, person, current.start, turns.lasts(current), whole, hours))
        held = Held(current)
    return replace(duty, held={**duty.held, name: held}), tuple(events)


def _ended(turns: Turns, held: Held) -> Iterable[Event]:
    ended = replace(held.shift, end=min(held.shift.end, turns.moment.now))
    if not turns.goes_on(ended):
        short = turns.is_short(held.shift)
        yield ShiftEnded(turns.rotation.name, turns.named(ended), turns.begun(ended), ended.end, short)


def _handed_off(before: Duty, duty: Duty, moment: Moment, events: list[Event]) -> Result[Duty]:
    """With a post for the team where turns of a rotation changed hands, which those of a few hours do not."""
    lines = []
    for turns in _turns(duty, moment):
        name, current, held = turns.rotation.name, turns.current, before.held.get(turns.rotation.name)
        begins = any(isinstance(each, ShiftBegan) and each.rotation == name and each.whole for each in events)
        if current and begins and turns.hands_over(current) and not turns.is_short(current):
            goes = turns.named(held.shift) if held else None
            lines.append(Line(name, goes, turns.named(current), turns.lasts(current)))
    if not lines:
        return Result(duty, tuple(events))
    notes = {person: each for person, each in duty.left.items() if each}
    handover = Handover(moment.now, tuple(lines), notes, gone=tuple(duty.left))
    handed = HandedOff(tuple(line.rotation for line in lines))
    return Result(replace(duty, handover=handover, left={}), (*events, handed))


def _pruned(duty: Duty, moment: Moment) -> Duty:
    overrides = tuple(each for each in duty.overrides if each.end > moment.now - KEPT)
    covers = tuple(each for each in duty.covers if each.end > moment.now or not each.closed)
    ours = rotations_of(moment.policy, duty.team)
    names, groups = {each.name for each in ours}, {each.name: each.group for each in ours if each.group}
    held = {name: each for name, each in duty.held.items() if name in names}
    now = {name: each for name, each in duty.now.items() if name in names}
    refused = {group: code for group, code in duty.refused.items() if group in groups.values()}
    again = {group: at for group, at in duty.again.items() if group in refused and at > moment.now}
    duty = replace(duty, overrides=overrides, covers=covers, held=held, now=now)
    return replace(duty, groups=groups, refused=refused, again=again)


def tell(before: Duty, after: Duty, entries: tuple[Entry, ...], policy: Policy) -> Iterable[Outgoing]:
    """One message to each person concerned, the post for the team, the call for cover, the user groups."""
    yield from _to_people(entries)
    lane = after.subject
    for entry in entries:
        match entry.event:
            case GroupRefused():
                yield Outgoing(lane, "duty", facts={"seqs": [entry.seq], "person": ""})
            case HandedOff():
                yield Outgoing(lane, "handover", _post(after))
            case NotesLeft(to=to) if to:
                yield Outgoing(lane, "handover", _post(after))
                yield from (_message(person, [entry]) for person in to if is_id(person))
            case CoverWanted(number=number, to=""):
                yield Outgoing(lane, "cover", f"{lane}/cover-{number}", {"number": number})
            case CoverFound(number=number) | CoverClosed(number=number) if _is_public(before, after, number):
                yield Outgoing(lane, "cover", f"{lane}/cover-{number}", {"number": number})
    for group in _groups(before, after, policy):
        yield Outgoing(f"group:{group}", "usergroup", f"group:{group}", {"group": group})


def _post(duty: Duty) -> str:
    at = duty.handover.at.isoformat() if duty.handover else ""
    return f"{duty.subject}/handover-{at}"


def _is_public(before: Duty, after: Duty, number: int) -> bool:
    cover = after.cover(number) or before.cover(number)
    return cover is not None and not cover.to


def _groups(before: Duty, after: Duty, policy: Policy) -> Iterable[str]:
    """The user groups of rotations in which others are on call now, or that have another one; what is tried again."""

    def stands(duty: Duty, name: str) -> tuple[object, ...]:
        return duty.now.get(name, ()), duty.groups.get(name)

    ours = [each for each in rotations_of(policy, after.team) if each.group]
    changed = (each.group for each in ours if stands(before, each.name) != stands(after, each.name))
    tried = (group for group in before.again if group in after.refused and group not in after.again)
    return dict.fromkeys(group for group in (*changed, *tried) if group)


def _to_people(entries: tuple[Entry, ...]) -> Iterable[Outgoing]:
    """What each is told, who did it themselves of nothing that they know from the answer."""
    told: dict[str, list[Entry]] = {}
    for entry in entries:
        for person in dict.fromkeys(_concerned(entry)):
            if is_id(person):
                told.setdefault(person, []).append(entry)
    yield from (_message(person, each) for person, each in told.items())


def _concerned(entry: Entry) -> Iterable[str]:
    event, doer = entry.event, entry.person
    match event:
        case ShiftSoon(person=person) | ShiftEnded(person=person):
            yield person
        case ShiftBegan(person=person) if person != doer:
            yield person
        case ShiftTaken(person=person, instead=instead) | ShiftGivenBack(person=person, instead=instead):
            yield from (each for each in (person, *instead) if each != doer)
        case CoverWanted(to=to) if to:
            yield to
        case CoverFound(person=person, by=by):
            yield from (each for each in (person, by) if each != doer)
        case CoverClosed(person=person, to=to):
            yield from (each for each in (person, to) if each not in {"", doer, event.by})


def _message(person: str, entries: list[Entry]) -> Outgoing:
    facts = {"seqs": [entry.seq for entry in entries], "person": person}
    return Outgoing(f"person:{person}", "duty", facts=facts)


def _empty(subject: str) -> Duty:
    return Duty(subject.partition(":")[2])


KIND: Kind[Duty] = Kind(_empty, next_look, remind, tell, falls="shifts", on_call=True)
