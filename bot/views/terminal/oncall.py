"""`tocsin oncall` and its hours: who is on call now and next, and what everybody's time comes to."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.rules.oncall.hours import KINDS, Hours
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.shifts import Shift
from bot.views.terminal.paper import Line, Paper, columns, utc
from bot.views.text import plain_line

Name = Callable[[str], str]
UNSAFE = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would take for a formula."""


@dataclass(frozen=True, slots=True)
class Stand:
    """A rotation now: who is on call, who shadows, who comes next. `calendar` is the address of its team's calendar,
    `trouble` what is wrong with the one that it is kept in."""

    rotation: Rotation
    now: Shift | None
    following: Shift | None
    shadows: tuple[Shift, ...] = ()
    calendar: str = ""
    trouble: str = ""


def oncall(stands: Iterable[Stand], name: Name, paper: Paper) -> Iterator[Line]:
    """A line for each rotation, then where its calendar is."""
    found = list(stands)
    if not found:
        yield Line("No rotation is configured. docs/oncall.md shows how one is written.")
        return
    rows = [_row(each, name, paper) for each in found]
    head, *lines = columns([("ROTATION", "TEAM", "NOW", "UNTIL", "NEXT", "FROM"), *rows])
    yield Line(head, "quiet")
    for each, line in zip(found, lines, strict=True):
        yield Line(paper.row(line), "plain" if each.now else "warn")
        if each.shadows:
            names = ", ".join(plain_line(name(shadow.person)) for shadow in each.shadows)
            yield Line(paper.row(f"  shadow: {names}"), "quiet")
    yield Line(f"Times are those of {paper.zone_name}.", "quiet")
    for address in dict.fromkeys(each.calendar for each in found if each.calendar):
        yield Line(f"Calendar: {address}", "quiet")
    for trouble in dict.fromkeys(each.trouble for each in found if each.trouble):
        yield Line(f"✗ {trouble}", "bad")


def _row(stand: Stand, name: Name, paper: Paper) -> tuple[str, ...]:
    now, following = stand.now, stand.following
    return (
        plain_line(stand.rotation.name),
        plain_line(stand.rotation.team),
        plain_line(name(now.person)) + (" (override)" if now.override else "") if now else "nobody",
        paper.date(now.end) if now else "",
        plain_line(name(following.person)) if following else "nobody",
        paper.date(following.start) if following else "",
    )


def oncall_data(stands: Iterable[Stand], name: Name) -> list[dict[str, Any]]:
    """The same for programs; times in UTC."""
    return [
        {
            "rotation": each.rotation.name,
            "team": each.rotation.team,
            "now": _shift(each.now, name),
            "next": _shift(each.following, name),
            "shadows": [_shift(shadow, name) for shadow in each.shadows],
            "calendar": each.calendar or None,
            "trouble": each.trouble or None,
        }
        for each in stands
    ]


def _shift(shift: Shift | None, name: Name) -> dict[str, Any] | None:
    if shift is None:
        return None
    return {
        "person": shift.person,
        "name": name(shift.person),
        "from": utc(shift.start),
        "until": utc(shift.end),
        "override": bool(shift.override),
    }


HEADS = ("rotation", "person", *KINDS, "total", "covered", "shifts")


def hours(found: Iterable[Hours], name: Name, begin: datetime, end: datetime, paper: Paper) -> Iterator[Line]:
    """The table of hours, from `begin` until `end`."""
    first, last = (each.astimezone(paper.zone) for each in (begin, end - timedelta(microseconds=1)))
    yield Line(f"Hours on call, {first:%Y-%m-%d} to {last:%Y-%m-%d} ({paper.zone_name})", "title")
    rows = [HEADS, *(_cells(each, name) for each in found)]
    head, *lines = columns(rows)
    yield Line(head.upper(), "quiet")
    yield from (Line(line) for line in lines)


def hours_csv(found: Iterable[Hours], name: Name) -> str:
    """The table for a spreadsheet: hours with two decimals, and no cell that it would take for a formula."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(HEADS)
    table.writerows([_safe(cell) for cell in _cells(each, name)] for each in found)
    return written.getvalue()


def hours_data(found: Iterable[Hours], name: Name) -> list[dict[str, Any]]:
    """The same for programs; hours as numbers."""
    return [
        {"rotation": each.rotation, "person": each.person, "name": name(each.person)}
        | {kind: _number(each.lasting.get(kind, timedelta())) for kind in KINDS}
        | {"total": _number(each.total), "covered": _number(each.covered), "shifts": each.shifts}
        for each in found
    ]


def _cells(each: Hours, name: Name) -> tuple[str, ...]:
    lasting = (each.lasting.get(kind, timedelta()) for kind in KINDS)
    told = (f"{_number(long):.2f}" for long in (*lasting, each.total, each.covered))
    return (plain_line(each.rotation), plain_line(name(each.person)), *told, str(each.shifts))


def _number(lasting: timedelta) -> float:
    return round(lasting / timedelta(hours=1), 2)


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(UNSAFE) else cell
