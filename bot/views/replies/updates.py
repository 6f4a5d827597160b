# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Updates, snoozes, notes, events and services: what who did it is told."""

from bot.rules import events
from bot.rules.entries import Entry
from bot.views.replies.reply import Reply, Told
from bot.views.text import date, ended, one_line, when


def updated(event: events.Updated, entry: Entry, reply: Reply) -> Told:
    """The update stands, with its promise."""
    promise = f"You promised the next one by {when(event.next_at, entry.at)}." if event.next_at else ""
    return Told(f"Update #{event.number} of {reply.name} is posted ({event.status}).", promise)


def snoozed(event: events.Snoozed, entry: Entry, reply: Reply) -> Told:
    """The promise is moved."""
    left = "It can be moved once more" if event.count < 2 else "It cannot be moved again"
    told = f"The next update of {reply.name} is promised for {when(event.until, entry.at)} now."
    return Told(told, f"Everybody sees that. {left}.", buttons=(reply.button("update"),))


def noted(event: events.Noted, entry: Entry, reply: Reply) -> Told:
    """The note stands."""
    return Told(f"Noted in the timeline of {reply.name}.", f"{reply.command('show')} tells all.")


def recorded(event: events.EventRecorded, entry: Entry, reply: Reply) -> Told:
    """It stands in the timeline, at its own time."""
    told = f"Written into the timeline of {reply.name} for {date(event.at)}: {ended(one_line(event.text))}"
    if event.link:
        return Told(told, f"{reply.command('show')} tells all.")
    return Told(told, f"A wrong time? Record it again: {reply.command('event', '14:05 what')}.")


def service_added(event: events.ServiceAdded, entry: Entry, reply: Reply) -> Told:
    """One service more."""
    return Told(f"{one_line(event.service)} is on {reply.name} now.", "The card shows who owns it.")


def service_removed(event: events.ServiceRemoved, entry: Entry, reply: Reply) -> Told:
    """One service less."""
    return Told(f"{one_line(event.service)} is off {reply.name} now.", "The card shows what is left.")
