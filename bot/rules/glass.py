"""Breaking the glass: for a while nothing is refused to somebody for who they are, and everybody is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.guards import require_text
from bot.rules.incident import PersonId

OPEN_FOR = timedelta(minutes=10)
LONGEST_WHY = 500


@dataclass(frozen=True, slots=True)
class Glass:
    """Who broke the glass, why, and until when it counts."""

    person: PersonId
    why: str
    at: datetime
    until: datetime


def broken(person: PersonId, why: str, now: datetime) -> Glass:
    """The glass as somebody breaks it. Raises Refused without a reason: everybody will read it."""
    said = require_text(why, "Say why: everybody will read it.", "why")[:LONGEST_WHY]
    return Glass(person, said, now, now + OPEN_FOR)
