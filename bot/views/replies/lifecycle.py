# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""From declared to resolved, and back: what who did it is told."""

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.incident import Status
from bot.views.labels import KIND_SIGNS, LOCK, STATUS_NEXT, every, level_named
from bot.views.messages.severity import stops_paging
from bot.views.replies.reply import Reply, Told
from bot.views.text import length, one_line, person

ALONE = "Its clock runs on. Tell somebody who can take it."
GOES_ON = "Its clock runs on, and so does its paging."
"""What comes next once nobody has it: where nobody is paged, and where somebody is."""


def declared(event: events.Declared, entry: Entry, reply: Reply) -> Told:
    """What is declared, where its people will be, and who takes it."""
    if event.over:
        return _written_down(event, reply)
    lock = f"{LOCK} " if event.private else ""
    sign, word = KIND_SIGNS["test"]
    test, as_test = (f"{sign} ", f" as a {word}") if event.kind == "test" else ("", "")
    sentence = f"{test}{lock}*{reply.name}* is declared{as_test}: {event.severity} {one_line(event.title)}."
    step = f"{_room(event, reply)} If you take it yourself, press *Acknowledge*."
    return Told(sentence, step, buttons=(reply.button("acknowledge"), reply.button("command")))


def _room(event: events.Declared, reply: Reply) -> str:
    if event.private:
        return "Its private channel is being made; nothing is announced, and only those in it know."
    if reply.is_in_thread:
        return "Its thread stands in the announcement channel; mention me there to act on it."
    return "Its channel is being made; you are invited to it."


def _written_down(event: events.Declared, reply: Reply) -> Told:
    lock = f"{LOCK} " if event.private else ""
    what = " as a near miss" if event.kind == "near miss" else ""
    sentence = f"{lock}*{reply.name}* is written down{what}: {event.severity} {one_line(event.title)}."
    told = "only those invited know of it" if event.private else "one line announces it"
    step = (
        f"It was over already: nobody is called, no reminder comes, and {told}. Something is not right? Press *Edit*."
    )
    return Told(sentence, step, buttons=(reply.button("edit"), reply.button("show")))


def reopened(event: events.Reopened, entry: Entry, reply: Reply) -> Told:
    """Back to work; with a fresh channel where the old one is archived."""
    fresh = " It gets a fresh channel, as the old one is out of reach." if reply.beside(events.RoomReplaced) else ""
    told = f"{reply.name} is open again, being investigated, and you have it.{fresh}"
    return Told(told, "Next: post what you see.", buttons=(reply.button("update"),))


def acknowledged(event: events.Acknowledged, entry: Entry, reply: Reply) -> Told:
    """You have it."""
    has = f"You have {reply.name} now: {one_line(reply.answer.title)}."
    if reply.wants_commander():
        step = "It has no commander yet: take command, or ask somebody to. Then post what you see."
        return Told(has, step, buttons=(reply.button("command"), reply.button("update")))
    return Told(has, "Next: post what you see.", buttons=(reply.button("update"),))


def unacknowledged(event: events.Unacknowledged, entry: Entry, reply: Reply) -> Told:
    """Nobody has it any more."""
    is_paging = bool(reply.policy.policies) and level_named(reply.answer.severity, reply.policy).page
    told = f"You gave {reply.name} back: nobody has it now."
    if event.holder:
        told = f"You took back the acknowledgement of {person(event.holder)}: nobody has {reply.name} now."
    return Told(told, GOES_ON if is_paging else ALONE)


def status(event: events.StatusChanged, entry: Entry, reply: Reply) -> Told:
    """Where it stands now, and what that asks for."""
    step = "" if reply.answer.question else STATUS_NEXT.get(Status(event.after), "")
    told = f"{reply.name} is *{event.after}* now (was {event.before})."
    return Told(told, step, buttons=(reply.button("update"),))


def severity(event: events.SeverityChanged, entry: Entry, reply: Reply) -> Told:
    """What it promises from now on."""
    updates = every(level_named(event.after, reply.policy).update_every)
    told = f"{reply.name} is *{event.after}* now (was {event.before})."
    stopped = " It pages nobody any more." if stops_paging(event, reply.policy) else ""
    step = f"{'Its deadlines start anew. ' if event.raised else ''}An update {updates} from now on.{stopped}"
    if event.raised and reply.wants_commander():
        return Told(told, f"{step} It has no commander yet.", buttons=(reply.button("command"),))
    return Told(told, step)


def resolved(event: events.Resolved, entry: Entry, reply: Reply) -> Told:
    """It is over."""
    told = f"{reply.name} is resolved after {length(entry.at - event.declared_at)}. Reminders have stopped."
    return Told(told, f"Should it come back: {reply.command('reopen', 'why')}.")


def cancelled(event: events.Cancelled, entry: Entry, reply: Reply) -> Told:
    """It was no incident."""
    told = f"{reply.name} is cancelled ({one_line(event.reason)}). Reminders have stopped."
    return Told(told, f"If it was an incident after all: {reply.command('reopen', 'why')}.")


def kept_awake(event: events.KeptAwake, entry: Entry, reply: Reply) -> Told:
    """Its clocks run day and night."""
    return Told(f"{reply.name} stays awake: its clocks run day and night.", "The card shows the next update.")


def in_hand(event: events.InHand, entry: Entry, reply: Reply) -> Told:
    """It is not raised."""
    step = "Post an update when it is mitigated."
    told = f"{reply.name} stays {reply.answer.severity}; the channel was told."
    return Told(told, step, buttons=(reply.button("update"),))
