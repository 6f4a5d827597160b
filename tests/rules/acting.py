"""What bot.changes does with a rule's answer, as far as rules are concerned: entries, and what may be taken back."""

from bot.rules import bursts
from bot.rules.change import Change
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.undoing import remembered


def entries(change: Change, moment: Moment, *, by: str, first: int = 7) -> tuple[Entry, ...]:
    """What a change by somebody writes into the timeline, from entry `first` on."""
    return tuple(
        Entry(change.incident.subject, seq, moment.now, moment.now, f"slack:{by}", "button", event)
        for seq, event in enumerate(change.events, start=first)
    )


def kept(before: Incident, change: Change, moment: Moment, *, by: str, first: int = 7) -> Incident:
    """The incident as it is kept after a change by somebody."""
    told = entries(change, moment, by=by, first=first)
    return bursts.counted(before, remembered(before, change.incident, told), told)
