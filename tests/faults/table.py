"""The one table of `make faults`, and below it what was lost or doubled."""

from collections.abc import Sequence

from tests.faults.trying import Tried

HEAD = ("", "fault", "database", "tried", "lost", "doubled", "worst ack", "seconds", "")
MOST = 20
"""Sentences about one row that did not hold."""


def table(tried: Sequence[Tried]) -> str:
    """All of it, in columns."""
    found = [HEAD, *(_cells(each) for each in tried)]
    widths = [max(len(cells[column]) for cells in found) for column in range(len(HEAD))]
    lines = ["  ".join(_padded(cells, widths)).rstrip() for cells in found]
    return "\n".join([*lines, *(line for each in tried for line in _below(each))])


def _cells(each: Tried) -> tuple[str, ...]:
    mark, fault, out = "✓" if each.holds else "✗", each.fault, each.outcome
    if out is None:
        return (fault.number, fault.what, each.database, "?", "?", "?", "", f"{each.seconds:.0f}", mark)
    allowed = f" of {out.allowed}" if out.allowed else ""
    ack = "" if out.worst_ack is None else f"{out.worst_ack * 1000:,.0f} ms"
    figures = (f"{out.tried:,}", f"{out.lost:,}", f"{out.doubled:,}{allowed}", ack, f"{each.seconds:,.0f}")
    return (fault.number, fault.what, each.database, *figures, mark)


def _padded(cells: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Names to the left, figures to the right."""
    return [
        cell.rjust(width) if 3 <= column <= 7 else cell.ljust(width)
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]


def _below(each: Tried) -> list[str]:
    where = f"{each.fault.number} {each.database}"
    if each.outcome is None:
        return [f"{where} broke off: {each.broke}"]
    wrong = each.outcome.wrong if not each.holds else ()
    more = [f"{where}: and {len(wrong) - MOST} more"] if len(wrong) > MOST else []
    return [*(f"{where}: {said}" for said in (*each.outcome.notes, *wrong[:MOST])), *more]
