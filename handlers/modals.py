"""The modals: one table, how each is made and what its submission does."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.rules.incident import Incident
from bot.rules.paging.suggesting import Suggestion
from bot.rules.policy import Policy
from bot.views import modals as views
from handlers import lifecycle, mending, notes, paging, privacy, roles, services, severity, updates
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply, View
from handlers.request import Request
from handlers.values import Values

Submit: TypeAlias = Callable[[Parts, Request, int, Values], Awaitable[Reply]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a modal is made of."""

    incident: Incident
    policy: Policy
    now: datetime
    spoken: Spoken
    others: Sequence[Incident] = ()
    suggested: Sequence[Suggestion] = ()


@dataclass(frozen=True, slots=True)
class Modal:
    """A modal about one incident: its title while it is being filled, how it is made, what its submission does.

    `for_closed`: also for what is resolved or cancelled, `for_merged` even for what is part of another one;
    `offers_others`: it is made with the other open ones; `is_shared`: two people may have it open at
    once, so it carries what it showed; `suggests`: it is made with those who might command.
    """

    title: str
    make: Callable[[Words], View]
    submit: Submit | None = None
    for_closed: bool = False
    for_merged: bool = False
    offers_others: bool = False
    is_shared: bool = False
    suggests: bool = False


def _role(words: Words) -> View:
    spoken = words.spoken
    chosen = "lead" if spoken.word in {"lead", "sme"} else next(iter(spoken.unpeopled.split()), None)
    holder = next(iter(spoken.people), None)
    return views.role(words.incident, words.policy, chosen=chosen, holder=holder, suggested=words.suggested)


def _event(words: Words) -> View:
    return views.event(words.incident, words.policy, words.now, text=words.spoken.rest)


def _handoff(words: Words) -> View:
    spoken = words.spoken
    holder = next(iter(spoken.people), None)
    return views.handoff(words.incident, words.policy, holder, spoken.beside_person, suggested=words.suggested)


def _escalate(words: Words) -> View:
    return views.escalate(words.incident, words.policy, words.spoken.people)


MODALS: dict[str, Modal] = {
    "incident:update": Modal(
        "Post an update", lambda w: views.update(w.incident, w.policy, w.now), updates.submit_update, is_shared=True
    ),
    "incident:status": Modal(
        "Change status", lambda w: views.status(w.incident, w.policy), lifecycle.submit_status, is_shared=True
    ),
    "incident:severity": Modal("Change severity", lambda w: views.severity(w.incident, w.policy), severity.submit),
    "incident:role": Modal("Assign a role", _role, roles.submit, suggests=True),
    "incident:resolve": Modal(
        "Resolve", lambda w: views.resolve(w.incident, w.policy), lifecycle.submit_resolve, is_shared=True
    ),
    "incident:reopen": Modal(
        "Reopen",
        lambda w: views.reopen(w.incident, w.policy),
        lifecycle.submit_reopen,
        for_closed=True,
        for_merged=True,
    ),
    "incident:cancel": Modal(
        "Cancel the incident", lambda w: views.cancel(w.incident, w.policy), lifecycle.submit_cancel
    ),
    "incident:note": Modal(
        "Add a note", lambda w: views.note(w.incident, w.policy), notes.submit_note, for_closed=True
    ),
    "incident:event": Modal("Record an event", _event, notes.submit_event, for_closed=True),
    "incident:snooze": Modal(
        "Snooze the update", lambda w: views.snooze(w.incident, w.policy, w.now), updates.submit_snooze
    ),
    "incident:service": Modal("Change services", lambda w: views.service(w.incident, w.policy), services.submit),
    "incident:in_hand": Modal("It is in hand", lambda w: views.in_hand(w.incident, w.policy), updates.submit_in_hand),
    "incident:edit": Modal(
        "Edit", lambda w: views.edit(w.incident, w.policy, w.now), mending.submit_edit, for_closed=True, is_shared=True
    ),
    "incident:merge": Modal(
        "Merge", lambda w: views.merge(w.incident, w.policy, w.others), mending.submit_merge, offers_others=True
    ),
    "incident:handoff": Modal("Hand over command", _handoff, roles.submit_handoff, suggests=True),
    "incident:escalate": Modal("Page somebody", _escalate, paging.submit),
    "incident:private": Modal("Make it private", lambda w: views.private(w.incident, w.policy), privacy.submit),
    "incident:more": Modal("More", lambda w: views.more(w.incident, w.policy), for_closed=True),
}
