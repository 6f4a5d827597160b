# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""What the caller of a change is told: a sentence of what is so now, and the next sensible step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.rules import events
from bot.rules.change import Answer
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.incident import Status
from bot.rules.policy import Policy
from bot.views.acts import ACTS
from bot.views.blocks import Block, actions, button, section
from bot.views.labels import LOCK, STATUS_NEXT, level_named, role_title
from bot.views.message import Message, message
from bot.views.messages.roles import duties, first_step_of
from bot.views.replies.plain import refused
from bot.views.text import date, ended, length, one_line, person, plain_line, when


@dataclass(frozen=True, slots=True)
class Told:
    """A reply: the sentence, the next step, more below, and buttons."""

    sentence: str
    step: str = ""
    details: tuple[str, ...] = ()
    buttons: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What a wording needs: the answer, its incident's name, and the names of people by id."""

    answer: Answer
    policy: Policy
    names: Mapping[str, str]

    @property
    def name(self) -> str:
        """`INC-12`."""
        return f"INC-{self.answer.number}"

    def command(self, verb: str, rest: str = "") -> str:
        """A command to type, in code."""
        return f"`{' '.join(filter(None, (self.policy.command, verb, self.name, rest)))}`"

    def button(self, act: str) -> Block:
        """The button of an act."""
        return button(ACTS[act].label, ACTS[act].door, self.answer.number or 0)

    def wants_commander(self) -> bool:
        """Whether a commander is missing."""
        return self.answer.commander is None and self.policy.is_major(self.answer.severity)


FIRST: tuple[type[Event], ...] = (
    events.Declared,
    events.SeverityChanged,
    events.Updated,
    events.StatusChanged,
    events.RoleAssigned,
)
"""What a reply is about, where a change brought several."""

Words: TypeAlias = Callable[[Any, Entry, Reply], Told]


def done(answer: Answer, policy: Policy, names: Mapping[str, str] | None = None) -> Message:
    """The reply to a finished change, or to a refused one; `names` of people by id, for labels."""
    if answer.refused is not None:
        return refused(answer.refused)
    reply = Reply(answer, policy, names or {})
    entry = _gravest(answer.entries)
    if entry is None:
        return _message(Told(f"{reply.name} is as it was.", f"{reply.command('show')} tells how it stands."))
    return _message(REPLIES[type(entry.event)](entry.event, entry, reply))


def made(answer: Answer, policy: Policy) -> Message:
    """The reply to a declaration."""
    return done(answer, policy)


def _gravest(entries: tuple[Entry, ...]) -> Entry | None:
    """The entry that the reply is about; the others only go with it."""
    known = [entry for entry in entries if type(entry.event) in REPLIES]
    return min(known, key=_rank, default=None)


def _rank(entry: Entry) -> int:
    kind = type(entry.event)
    return FIRST.index(kind) if kind in FIRST else len(FIRST)


def _message(told: Told) -> Message:
    text = f"{told.sentence} {told.step}".strip()
    row = (actions(*told.buttons),) if told.buttons else ()
    return message(text, section(text), *(section(detail) for detail in told.details), *row)


def _declared(event: events.Declared, entry: Entry, reply: Reply) -> Told:
    lock = f"{LOCK} " if event.private else ""
    sentence = f"{lock}*{reply.name}* is declared: {event.severity} {one_line(event.title)}."
    level = level_named(event.severity, reply.policy)
    room = "Its channel is being made; you are invited to it."
    if level.room == "thread" and not event.private:
        room = "Its thread stands in the announcement channel; mention me there to act on it."
    elif event.private:
        room = "Its private channel is being made; nothing is announced, and only those in it know."
    step = f"{room} If you take it yourself, press *Acknowledge*."
    return Told(sentence, step, buttons=(reply.button("acknowledge"), reply.button("command")))


def _acknowledged(event: events.Acknowledged, entry: Entry, reply: Reply) -> Told:
    has = f"You have {reply.name} now: {one_line(reply.answer.title)}."
    if reply.wants_commander():
        step = "It has no commander yet: take command, or ask somebody to. Then post what you see."
        return Told(has, step, buttons=(reply.button("command"), reply.button("update")))
    return Told(has, "Next: post what you see.", buttons=(reply.button("update"),))


def _unacknowledged(event: events.Unacknowledged, entry: Entry, reply: Reply) -> Told:
    step = "Its clock runs on. Tell somebody who can take it."
    return Told(f"You gave {reply.name} back: nobody has it now.", step)


def _status(event: events.StatusChanged, entry: Entry, reply: Reply) -> Told:
    step = STATUS_NEXT.get(Status(event.after), "")
    told = f"{reply.name} is *{event.after}* now (was {event.before})."
    return Told(told, step, buttons=(reply.button("update"),))


def _severity(event: events.SeverityChanged, entry: Entry, reply: Reply) -> Told:
    every = level_named(event.after, reply.policy).update_every
    told = f"{reply.name} is *{event.after}* now (was {event.before})."
    step = f"{'Its clocks start anew. ' if event.raised else ''}An update every {every} from now on."
    if event.raised and reply.wants_commander():
        return Told(told, f"{step} It has no commander yet.", buttons=(reply.button("command"),))
    return Told(told, step)


def _role(event: events.RoleAssigned, entry: Entry, reply: Reply) -> Told:
    title = role_title(event.role)
    if entry.person == event.person:
        step = first_step_of(event.role, reply.policy, "its promised time")
        return Told(f"You are {title} of {reply.name} now.", step, duties(event.role), (reply.button("update"),))
    told = f"{person(event.person)} is {title} of {reply.name} now, and is sent what that means."
    if event.role != "commander" and reply.answer.commander is None:
        label = _make_commander(event.person, reply)
        who = button(label, f"incident:command/{event.person}", reply.answer.number or 0)
        step = f"No commander is set: {person(event.person)} is not one by that. Press *{label}*, or take command."
        return Told(told, step, buttons=(who, reply.button("command")))
    return Told(told, f"{reply.command('show')} tells who does what.")


def _make_commander(identity: str, reply: Reply) -> str:
    name = plain_line(reply.names.get(identity, ""), 40)
    return f"Make @{name} commander" if name else "Make them commander"


def _updated(event: events.Updated, entry: Entry, reply: Reply) -> Told:
    promise = f"You promised the next one by {when(event.next_at, entry.at)}." if event.next_at else ""
    return Told(f"Update #{event.number} of {reply.name} is posted ({event.status}).", promise)


def _snoozed(event: events.Snoozed, entry: Entry, reply: Reply) -> Told:
    left = "It can be moved once more" if event.count < 2 else "It cannot be moved again"
    told = f"The next update of {reply.name} is promised for {when(event.until, entry.at)} now."
    return Told(told, f"Everybody sees that. {left}.", buttons=(reply.button("update"),))


def _noted(event: events.Noted, entry: Entry, reply: Reply) -> Told:
    return Told(f"Noted in the timeline of {reply.name}.", f"{reply.command('show')} tells all.")


def _recorded(event: events.EventRecorded, entry: Entry, reply: Reply) -> Told:
    told = f"Written into the timeline of {reply.name} at {date(event.at)}: {ended(one_line(event.text))}"
    if event.link:
        return Told(told, f"{reply.command('show')} tells all.")
    return Told(told, f"A wrong time? Record it again: {reply.command('event', '14:05 what')}.")


def _resolved(event: events.Resolved, entry: Entry, reply: Reply) -> Told:
    told = f"{reply.name} is resolved after {length(entry.at - event.declared_at)}. Reminders have stopped."
    return Told(told, f"Should it come back: {reply.command('reopen', 'why')}.")


def _reopened(event: events.Reopened, entry: Entry, reply: Reply) -> Told:
    told = f"{reply.name} is open again, being investigated, and you have it."
    return Told(told, "Next: post what you see.", buttons=(reply.button("update"),))


def _cancelled(event: events.Cancelled, entry: Entry, reply: Reply) -> Told:
    told = f"{reply.name} is cancelled ({one_line(event.reason)}). Reminders have stopped."
    return Told(told, f"If it was an incident after all: {reply.command('reopen', 'why')}.")


def _service_added(event: events.ServiceAdded, entry: Entry, reply: Reply) -> Told:
    return Told(f"{one_line(event.service)} is on {reply.name} now.", "The card shows who owns it.")


def _service_removed(event: events.ServiceRemoved, entry: Entry, reply: Reply) -> Told:
    return Told(f"{one_line(event.service)} is off {reply.name} now.", "The card shows what is left.")


def _kept_awake(event: events.KeptAwake, entry: Entry, reply: Reply) -> Told:
    return Told(f"{reply.name} stays awake: its clocks run day and night.", "The card shows the next update.")


def _in_hand(event: events.InHand, entry: Entry, reply: Reply) -> Told:
    step = "Post an update when it is mitigated."
    told = f"{reply.name} stays {reply.answer.severity}; the channel was told."
    return Told(told, step, buttons=(reply.button("update"),))


REPLIES: Mapping[type[Event], Words] = {
    events.Declared: _declared,
    events.Acknowledged: _acknowledged,
    events.Unacknowledged: _unacknowledged,
    events.StatusChanged: _status,
    events.SeverityChanged: _severity,
    events.RoleAssigned: _role,
    events.ServiceAdded: _service_added,
    events.ServiceRemoved: _service_removed,
    events.Updated: _updated,
    events.Noted: _noted,
    events.EventRecorded: _recorded,
    events.Snoozed: _snoozed,
    events.Resolved: _resolved,
    events.Reopened: _reopened,
    events.Cancelled: _cancelled,
    events.KeptAwake: _kept_awake,
    events.InHand: _in_hand,
}
"""What people do, each with its reply."""
