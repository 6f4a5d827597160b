# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""What was set right, taken back, or put together: what who did it is told."""

from collections.abc import Callable, Iterator, Mapping

from bot.rules import events
from bot.rules.entries import Entry
from bot.views.labels import role_title
from bot.views.replies.reply import Reply, Told
from bot.views.text import channel, date, one_line, person

SHOWN = 200


def edited(event: events.Edited | events.MilestoneEdited, entry: Entry, reply: Reply) -> Told:
    """All that one edit set right, each with what it was."""
    told = f"{reply.name} is set right; what it said before stays in the timeline."
    lines = [f"• {line}" for line in (*_facts(reply), *_times(reply))]
    return Told(told, "Card, topic and announcement follow.", ("\n".join(lines),))


def _facts(reply: Reply) -> Iterator[str]:
    for event in reply.beside(events.Edited):
        was = one_line(event.before, SHOWN) if event.before else "empty"
        now = one_line(event.after, SHOWN) if event.after else "nothing"
        yield f"{one_line(event.field).capitalize()}: *{now}* (was {was})"


def _times(reply: Reply) -> Iterator[str]:
    for event in reply.beside(events.MilestoneEdited):
        was = date(event.before) if event.before else "not known"
        yield f"{event.milestone.capitalize()}: *{date(event.after)}* (was {was})"


def undone(event: events.Undone, entry: Entry, reply: Reply) -> Told:
    """What holds again."""
    say = AGAIN.get(event.kind)
    told = say(event, reply) if say else f"the last act on {reply.name}."
    return Told(f"Taken back: {told}", "Who was told of it is told this as well.")


def _role(event: events.Undone, reply: Reply) -> str:
    title = role_title(event.role)
    if event.now:
        return f"{person(event.now)} is {title} of {reply.name} again."
    return f"nobody is {title} of {reply.name}."


def _status(event: events.Undone, reply: Reply) -> str:
    return f"{reply.name} is *{one_line(event.now)}* again (was {one_line(event.was)})."


def _closed(event: events.Undone, reply: Reply) -> str:
    fresh = " It gets a fresh channel, as the old one is out of reach." if reply.beside(events.RoomReplaced) else ""
    return f"{reply.name} is open again, {one_line(event.now)}, and its clocks run on.{fresh}"


def _acknowledged(event: events.Undone, reply: Reply) -> str:
    return f"{f'{person(event.now)} has' if event.now else 'nobody has'} {reply.name}; its clock runs on."


AGAIN: Mapping[str, Callable[[events.Undone, Reply], str]] = {
    "Acknowledged": _acknowledged,
    "StatusChanged": _status,
    "SeverityChanged": _status,
    "RoleAssigned": _role,
    "Resolved": _closed,
    "Cancelled": _closed,
    "Merged": lambda event, reply: f"{reply.name} is one of its own again; {one_line(event.was)} goes on without it.",
}
"""By the name of the event that is taken back."""


def merged(event: events.Merged, entry: Entry, reply: Reply) -> Told:
    """Where it goes on."""
    other = f"INC-{event.into}"
    told = f"{reply.name} is part of {other} now: {one_line(event.title)}."
    where = (
        f"Go on in {channel(event.channel)}." if event.channel else f"`{reply.policy.command} show {other}` tells more."
    )
    step = f"Timeline and people went along; its own reminders have stopped. {where}"
    return Told(told, f"{step} Not the same after all: {reply.command('reopen', 'why')}.")


def absorbed(event: events.Absorbed, entry: Entry, reply: Reply) -> Told:
    """The other end of it."""
    told = f"INC-{event.number} is part of {reply.name} now: {one_line(event.title)}."
    return Told(told, "Timeline and people came along.")


def separated(event: events.Separated, entry: Entry, reply: Reply) -> Told:
    """Two again."""
    told = f"INC-{event.number} is one of its own again: {one_line(event.title)}."
    return Told(told, f"{reply.name} goes on without it.")
