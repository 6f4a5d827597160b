"""Figures, and the one table that shows them."""

import math
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One line: what was measured, in which unit; its target, and its ratio to another figure of the same run.

    `to` names that other one; by default it is the Bolt app that does nothing.
    """

    what: str
    value: float
    unit: str
    at_most: float | None = None
    at_least: float | None = None
    ratio: float | None = None
    to: str = "bare Bolt"
    ratio_at_least: float | None = None

    @property
    def target(self) -> str:
        """The target as the table shows it."""
        if self.at_most is not None:
            return f"≤ {self.at_most:g}"
        if self.ratio_at_least is not None:
            return f"≥ {self.ratio_at_least:g} ×"
        return f"≥ {self.at_least:g}" if self.at_least is not None else ""

    @property
    def mark(self) -> str:
        """Whether the target is met; empty where there is none."""
        if self.at_most is not None:
            return "✓" if self.value <= self.at_most else "✗"
        if self.at_least is not None:
            return "✓" if self.value >= self.at_least else "✗"
        if self.ratio_at_least is not None:
            return "✓" if (self.ratio or 0) >= self.ratio_at_least else "✗"
        return ""


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of all is not above: 0.5 the median, 0.99 the p99."""
    return sorted(values)[math.ceil(part * len(values)) - 1]


def table(figures: Sequence[Figure]) -> str:
    """All of it, in columns."""
    rows = [("", "measured", "", "target", "", "ratio")]
    for each in figures:
        ratio = f"{each.ratio:.2f} × {each.to}" if each.ratio is not None else ""
        rows.append((each.what, f"{each.value:,.1f}", each.unit, each.target, each.mark, ratio))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(_line(row, widths) for row in rows)


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    """Names and units to the left, figures to the right."""
    cells = zip(row, widths, (str.ljust, str.rjust, str.ljust, str.rjust, str.ljust, str.rjust), strict=True)
    return "  ".join(adjust(cell, width) for cell, width, adjust in cells).rstrip()


def progress(what: str) -> None:
    """Says on stderr what is being measured, and how busy the machine is."""
    load = os.getloadavg()[0]
    sys.stderr.write(f"{time.strftime('%H:%M:%S')}  load {load:4.1f}  {what}\n")
    sys.stderr.flush()
