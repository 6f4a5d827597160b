"""What somebody did though it is not theirs to do."""

from dataclasses import dataclass

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class GlassBroken(Event):
    """What follows was not for `person` to do (`act`, a key of the permissions): they had broken the glass, and why."""

    person: str
    act: str
    why: Words = Words("")
