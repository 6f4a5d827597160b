"""A team's shifts as an iCalendar, for any calendar program: names only, and nothing that is secret.

Its library is large, and is imported once somebody asks for a calendar.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from bot.rules.oncall.shifts import Shift
from bot.views.text import plain_line

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(hours=1)
"""How often a calendar program should ask again."""


def calendar(team: str, shifts: Iterable[Shift], name: Callable[[str], str]) -> bytes:
    """The document. The same shifts make the same bytes, and a shift keeps its id for as long as it begins then."""
    from icalendar import Calendar

    made = Calendar()
    made.add("prodid", "-//Tocsin//On call//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"On call: {plain_line(team)}")
    made.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for shift in shifts:
        made.add_component(_event(shift, name))
    return bytes(made.to_ical())


def _event(shift: Shift, name: Callable[[str], str]) -> "Event":
    from icalendar import Event

    event = Event()
    role = "shadows" if shift.shadow else "on call"
    event.add("uid", _uid(shift))
    event.add("summary", f"{plain_line(name(shift.person))} {role} ({plain_line(shift.rotation)})")
    event.add("dtstart", shift.start.astimezone(UTC))
    event.add("dtend", shift.end.astimezone(UTC))
    event.add("dtstamp", shift.start.astimezone(UTC))
    event.add("transp", "TRANSPARENT")
    return event


def _uid(shift: Shift) -> str:
    """Told apart from any other shift; who takes it over is another one."""
    whole = f"{shift.rotation}|{shift.start.astimezone(UTC).isoformat()}|{shift.person}|{shift.shadow}"
    return f"{sha256(whole.encode()).hexdigest()[:32]}@tocsin"
