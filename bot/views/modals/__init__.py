"""Modals: what an act has to ask for. A modal's callback id is its door; a field's block id is its name."""

from bot.views.modals.acts import cancel, reopen, resolve, role, severity, status
from bot.views.modals.declare import declare
from bot.views.modals.edit import edit
from bot.views.modals.frame import View
from bot.views.modals.glass import break_glass
from bot.views.modals.notes import event, in_hand, note, service, snooze, update
from bot.views.modals.plain import answer, more, picker, sentence, waiting
from bot.views.modals.together import escalate, handoff, merge, private

__all__ = [
    "View",
    "answer",
    "break_glass",
    "cancel",
    "declare",
    "edit",
    "escalate",
    "event",
    "handoff",
    "in_hand",
    "merge",
    "more",
    "note",
    "picker",
    "private",
    "reopen",
    "resolve",
    "role",
    "sentence",
    "service",
    "severity",
    "snooze",
    "status",
    "update",
    "waiting",
]
