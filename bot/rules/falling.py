"""One thing that falls due: what every kind of subject derives."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.incident import PersonId


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: when, what, and who is asked; `anchor` and `step` say it once, under `mark` in `said`.

    `whose`: of what is said to each once, whose it is: a person's, an escalation policy's, a rule's by its mark.
    """

    when: datetime
    kind: str
    anchor: datetime
    step: int = 1
    asked: PersonId | None = None
    whose: str = ""

    @property
    def mark(self) -> str:
        """Under what it is kept in `said`: by its kind, and where it is said once to each, by whose it is."""
        return f"{self.kind} {self.whose}".strip()
