"""One thing that falls due: what every kind of subject derives."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.incident import PersonId


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: when, what, and for whom; `anchor` and `step` say it once, under `mark` in `said`."""

    when: datetime
    kind: str
    anchor: datetime
    step: int = 1
    asked: PersonId | None = None
    whose: PersonId = ""

    @property
    def mark(self) -> str:
        """Under what it is kept in `said`: by its kind, and where it is said once to each, by whose it is."""
        return f"{self.kind} {self.whose}".strip()
