"""A line of `tocsin check`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at; `cure` is empty where it is well."""

    what: str
    cure: str = ""

    @property
    def well(self) -> bool:
        """Whether nothing needs to be done."""
        return not self.cure

    def __str__(self) -> str:
        """`✓ what` or `✗ what — cure`."""
        return f"✓ {self.what}" if self.well else f"✗ {self.what} — {self.cure}"
