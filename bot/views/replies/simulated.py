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
from bot.views.text import date, one_line, when

MOST = 20
"""Lines that are shown; a longer table is folded."""

Known = Mapping[PersonId, Person]


def simulated(found: Simulation, people: Known, reader: ZoneInfo, *, command: str = "/incident") -> Message:
    """The table, what does not do its work, and how long it would go on; times are the reader's own.

    `reader` is the reader's zone: of who is paged elsewhere the time there is told as well.
    """
    rows = list(_lines(found, people, reader))
    title = f"*{words.subject(found)}*, declared {date(found.at)}, if nobody answers"
    shown, folded = rows[:MOST], rows[MOST:]
    parts = [section(part) for part in packed([title, *_by_minute(shown)])]
    parts += [context(f"… and {len(folded)} more lines: `tocsin simulate` shows all of them.")] if folded else []
    if ends := list(_ends(found)):
        parts.append(section("\n".join(ends)))
    if warned := [f"⚠️ {each}" for each in words.warnings(found)]:
        parts += [section(part) for part in packed(warned)]
    parts += [context(part) for part in packed(words.later(found))]
    parts += [context(each) for each in words.unknown(found)]
    bell = " 🔔 wakes somebody up." if any(row.loud for row in found.rows) else ""
    added = " Who is paged is added to its channel." if any(row.paged for row in found.rows) else ""
    parts.append(context(f"Nobody was told anything: this is `{command} simulate`.{added}{bell}"))
    return message(f"Simulation of {words.subject(found)}: {_outcome(found)}", *parts)


def _lines(found: Simulation, people: Known, reader: ZoneInfo) -> Iterator[tuple[str, str]]:
    """Each with its minute; that who is paged is added to the channel is said once, below."""
    for at, rows in groupby(found.rows, key=lambda row: row.at):
        shown_at = when(at, found.at)
        together = list(rows)
        paged = {row.who for row in together if row.paged}
        for row in together:
            if row.way != "invite" or row.who not in paged:
                yield shown_at, _line(row, people, reader)


def _line(row: Row, people: Known, reader: ZoneInfo) -> str:
    by = "" if row.way == "post" else f", {words.way(row)}"
    return f"{'🔔' if row.loud else '•'} {words.who(row)}{_there(row, people, reader)}{by}: {words.why(row)}"


def _by_minute(lines: Iterable[tuple[str, str]]) -> Iterator[str]:
    for at, together in groupby(lines, key=lambda line: line[0]):
        yield f"*{at}*"
        yield from (line for _, line in together)


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
        ended = f"nobody has answered {one_line(policy)}: it is said in the open, and nobody else is paged."
        yield f"🛑 {when(at, found.at)} {ended}"


def _outcome(found: Simulation) -> str:
    paged = words.paged(found)
    if not paged:
        return "nobody would be paged."
    return f"{len({row.who for row in paged})} would be paged, {words.who(paged[0])} first."
