"""What the caller of a change is told: a sentence of what is so now, the next sensible step, and the way back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from bot.rules import events
from bot.rules.change import Answer
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.rules.undoing import WITHIN
from bot.views.acts import ACTS
from bot.views.alike import known
from bot.views.blocks import Block, actions, button, context, section
from bot.views.message import Message, message
from bot.views.replies import lifecycle, mending, people, rooms, updates
from bot.views.replies.plain import answers, refused, shown
from bot.views.replies.reply import Reply, Told, Words
from bot.views.text import length, one_line

FIRST: tuple[type[Event], ...] = (
    events.Declared,
    events.Merged,
    events.MadePrivate,
    events.Undone,
    events.Reopened,
    events.Resolved,
    events.Cancelled,
    events.SeverityChanged,
    events.Updated,
    events.StatusChanged,
    events.RoleAssigned,
    events.Edited,
)
"""What a reply is about, where a change brought several."""

LOUD: tuple[type[Event], ...] = (events.Merged, events.Resolved, events.Cancelled, events.SeverityChanged)
"""What many are told at once: here it is said that it can be taken back, and that they would hear of it."""


def done(answer: Answer, policy: Policy, names: Mapping[str, str] | None = None) -> Message:
    """The reply to a finished change, or to a refused one; `names` of people by id, for labels."""
    if answer.refused is not None:
        return refused(answer.refused, passable=answer.passable)
    return _message(*_told(answer, policy, names or {}))


def made(answer: Answer, policy: Policy, similar: Sequence[Incident] = (), now: datetime | None = None) -> Message:
    """The reply to a declaration; under it the question whether it is one of those that are `similar` ."""
    if answer.refused is not None or not similar:
        return done(answer, policy)
    told, reply = _told(answer, policy, {})
    return _message(told, reply, _question(similar, reply, now))


def another(incident: Incident) -> Message:
    """What replaces the question once it is said that it is another one."""
    text = f"*{incident.name}* is one of its own: {incident.severity} {one_line(incident.title)}."
    if not incident.is_open or incident.acknowledged_by is not None:
        return message(text, section(text))
    text = f"{text} If you take it yourself, press *Acknowledge*."
    buttons = (button(ACTS[name].label, ACTS[name].door, incident.number) for name in ("acknowledge", "command"))
    return message(text, section(text), actions(*buttons))


def _question(similar: Sequence[Incident], reply: Reply, now: datetime | None) -> Iterator[Block]:
    same = "this one" if len(similar) == 1 else "one of these"
    lines = [f"• {known(incident, reply.policy, now)}" for incident in similar]
    yield section("\n".join([f"*Is it the same as {same}?* *Join* merges {reply.name} into it.", *lines]))
    joins = [button(f"Join {each.name}", f"incident:merge/{each.number}", reply.number) for each in similar]
    yield actions(*joins, button("It is another", "incident:another", reply.number))


def _told(answer: Answer, policy: Policy, names: Mapping[str, str]) -> tuple[Told, Reply]:
    reply = Reply(answer, policy, names)
    entry = _gravest(answer.entries)
    if entry is None:
        return Told(f"{reply.name} is as it was.", f"{reply.command('show')} tells how it stands."), reply
    return REPLIES[type(entry.event)](entry.event, entry, reply), reply


def _gravest(entries: tuple[Entry, ...]) -> Entry | None:
    """The entry that the reply is about; the others only go with it."""
    known = [entry for entry in entries if type(entry.event) in REPLIES]
    return min(known, key=_rank, default=None)


def _rank(entry: Entry) -> int:
    kind = type(entry.event)
    if kind is events.GlassBroken:  # what it let pass is what the reply is about
        return len(FIRST) + 1
    return FIRST.index(kind) if kind in FIRST else len(FIRST)


def _message(told: Told, reply: Reply, below: Iterable[Block] = ()) -> Message:
    text, question = f"{told.sentence} {told.step}".strip(), shown(reply.answer.question or "")
    buttons = [*(answers(reply.answer.asks or "", reply.number) if question else told.buttons), *_undo(reply)]
    row = (actions(*buttons),) if buttons else ()
    details = (section(detail) for detail in (*told.details, *([question] if question else [])))
    spoken = f"{text} {question}".strip()
    return message(spoken, section(text), *details, *row, *_glass(reply), *_way_back(reply), *below)


def _undo(reply: Reply) -> Iterator[Block]:
    if reply.answer.undo is not None:
        yield button("Undo", f"incident:undo/{reply.answer.undo}", reply.number)


def _glass(reply: Reply) -> Iterator[Block]:
    passed = [entry for entry in reply.answer.entries if isinstance(entry.event, events.GlassBroken)]
    if passed and len(reply.answer.entries) > len(passed):
        who = "all who are in it are" if reply.answer.private else "everybody is"
        yield context(f"It passed because you broke the glass: {who} told, with your reason.")


def _way_back(reply: Reply) -> Iterator[Block]:
    is_loud = any(isinstance(entry.event, LOUD) for entry in reply.answer.entries)
    if is_loud and reply.answer.undo is not None:
        yield context(f"*Undo* takes it back within {length(WITHIN)}; who was told of it is told that, too.")


REPLIES: Mapping[type[Event], Words] = {
    events.Declared: lifecycle.declared,
    events.Acknowledged: lifecycle.acknowledged,
    events.Unacknowledged: lifecycle.unacknowledged,
    events.StatusChanged: lifecycle.status,
    events.SeverityChanged: lifecycle.severity,
    events.Resolved: lifecycle.resolved,
    events.Reopened: lifecycle.reopened,
    events.Cancelled: lifecycle.cancelled,
    events.KeptAwake: lifecycle.kept_awake,
    events.InHand: lifecycle.in_hand,
    events.ServiceAdded: updates.service_added,
    events.ServiceRemoved: updates.service_removed,
    events.Updated: updates.updated,
    events.Noted: updates.noted,
    events.EventRecorded: updates.recorded,
    events.Snoozed: updates.snoozed,
    events.RoleAssigned: people.role,
    events.HandoffOffered: people.handoff_offered,
    events.HandoffDeclined: people.handoff_declined,
    events.Paged: people.paged,
    events.PageDeclined: people.page_declined,
    events.Joined: people.joined,
    events.Followed: people.followed,
    events.Unfollowed: people.unfollowed,
    events.MadePrivate: people.made_private,
    events.AccessRequested: people.access_requested,
    events.AccessGranted: people.access_granted,
    events.AccessDenied: people.access_denied,
    events.GlassBroken: people.glass_broken,
    events.Edited: mending.edited,
    events.MilestoneEdited: mending.edited,
    events.Undone: mending.undone,
    events.Merged: mending.merged,
    events.Absorbed: mending.absorbed,
    events.Separated: mending.separated,
    events.ArchiveRequested: rooms.archive_requested,
    events.ChannelKept: rooms.channel_kept,
}
"""What people do, each with its reply."""
