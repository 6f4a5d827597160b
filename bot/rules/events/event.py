"""What every event is made of.

What people wrote is `Words`: it is kept apart from the facts, so that retention can remove it and the hash
chain still holds.
"""

from dataclasses import dataclass
from typing import NewType

Words = NewType("Words", str)
"""Text that a person wrote; plain, unescaped."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a subject."""
