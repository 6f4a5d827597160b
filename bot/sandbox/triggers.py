"""Triggers: a person's act lets the app open one view, once, for three seconds of machine time."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from itertools import count

from bot.sandbox.errors import SlackError


@dataclass(slots=True)
class Trigger:
    """One trigger. `view` is the view it came from, if the act was in one."""

    user: str
    made: float
    view: str | None = None
    used: bool = False


@dataclass(slots=True)
class Triggers:
    """The triggers handed out so far."""

    known: dict[str, Trigger] = field(default_factory=dict)
    numbers: count[int] = field(default_factory=lambda: count(1))

    def make(self, user: str, view: str | None = None) -> str:
        """A fresh trigger id for an act of this person."""
        trigger_id = f"{next(self.numbers):04d}.0001.{user.lower()}"
        self.known[trigger_id] = Trigger(user, time.monotonic(), view)
        return trigger_id

    def use(self, trigger_id: str, life: float) -> Trigger:
        """The trigger, used up from now on; refused when unknown, too old or used before."""
        trigger = self.known.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.made > life:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
