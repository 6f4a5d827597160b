"""`simulate`: who would be told, minute by minute, to whoever asks alone."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from bot.rules.calendar import zone
from bot.rules.foreseen.simulated import Row, Simulation
from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.views import simulated as words
from bot.views.blocks import context, packed, section
from bot.views.message import Message, message
from bot.views.text import date, one_line, time

MOST = 20
"""Lines that are shown; a longer table is folded."""

Known = Mapping[PersonId, Person]


def simulated(found: Simulation, people: Known, reader: ZoneInfo, *, command: str = "/incident") -> Message:
    """The table, what does not do its work, and how long it would go on; times are the reader's own.

    `reader` is the reader's zone: of who is paged elsewhere the time there is told as well.
    """
    rows = list(_lines(found, people, reader))
    title = f"*{words.subject(found)}*, declared {date(found.at)}, if nobody answered"
    shown, folded = rows[:MOST], rows[MOST:]
    parts = [section(part) for part in packed([title, *shown])]
    parts += [context(f"… and {len(folded)} more lines: `tocsin simulate` shows all of them.")] if folded else []
    if ends := list(_ends(found)):
        parts.append(section("\n".join(ends)))
    if warned := [f"⚠️ {each}" for each in words.warnings(found)]:
        parts += [section(part) for part in packed(warned)]
    parts += [context(each) for each in words.unknown(found)]
    parts.append(context(f"Nobody was told anything: this is `{command} simulate`. 🔔 wakes somebody up."))
    return message(f"Simulation of {words.subject(found)}: {_outcome(found)}", *parts)


def _lines(found: Simulation, people: Known, reader: ZoneInfo) -> Iterator[str]:
    for at, rows in groupby(found.rows, key=lambda row: row.at):
        shown_at = time(at) if at.date() == found.at.date() else date(at)
        for row in rows:
            bell = "🔔" if row.loud else "•"
            there = _there(row, people, reader)
            yield f"{bell} {shown_at} {words.who(row)}{there}, {words.way(row)}: {words.why(row)}"


def _there(row: Row, people: Known, reader: ZoneInfo) -> str:
    """The time where somebody is, where it is another one."""
    known = people.get(row.who) if row.paged else None
    local = row.at.astimezone(zone(known.timezone if known else None, reader))
    here = row.at.astimezone(reader)
    return "" if local.utcoffset() == here.utcoffset() else f" ({_clock(local)} there)"


def _clock(at: datetime) -> str:
    return f"{at:%a %H:%M}"


def _ends(found: Simulation) -> Iterable[str]:
    for at, policy in found.nobody:
        yield f"🛑 {time(at)} nobody has answered {one_line(policy)}: it is said in the open, and nobody else is paged."


def _outcome(found: Simulation) -> str:
    paged = dict.fromkeys(row.who for row in found.rows if row.paged)
    if not paged:
        return "nobody would be paged."
    return f"{len(paged)} would be paged, {words.who(next(row for row in found.rows if row.paged))} first."
