"""A line of `tocsin check`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was looked at; `cure` is empty where it is well. `warns`: it works, and could be better."""

    what: str
    cure: str = ""
    warns: bool = False

    @property
    def well(self) -> bool:
        """Whether nothing needs to be done."""
        return self.warns or not self.cure

    def __str__(self) -> str:
        """`✓ what`, `! what — cure` or `✗ what — cure`."""
        sign = "!" if self.warns else "✗"
        return f"{sign} {self.what} — {self.cure}" if self.cure else f"✓ {self.what}"
