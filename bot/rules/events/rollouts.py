"""What was changed about the time of an incident."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class RolledOut(Event):
    """A deploy, a flag, a configuration or a migration took effect at that time, on that service (empty: not said).

    `during`: it was told while the incident was open, and not found when it was declared.
    """

    kind: str
    service: str
    at: datetime
    title: Words
    by: Words = Words("")
    url: str | None = None
    environment: str = ""
    version: str = ""
    during: bool = False
