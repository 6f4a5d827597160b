"""Every fault of the bench: a row here for each page of them."""

from collections.abc import Sequence

from tests.faults import (
    away,
    clocks,
    filled,
    hour,
    killed,
    limits,
    locked,
    malformed,
    many,
    paused,
    places,
    pressed,
    repeated,
    signatures,
    socket,
    stopped,
    together,
)
from tests.faults.fault import Fault

PAGES: tuple[tuple[Fault, ...], ...] = (
    *(killed.FAULTS, limits.FAULTS, away.FAULTS, paused.FAULTS, clocks.FAULTS),
    *(locked.FAULTS, filled.FAULTS, repeated.FAULTS, pressed.FAULTS, together.FAULTS, places.FAULTS),
    *(malformed.FAULTS, signatures.FAULTS, many.FAULTS, socket.FAULTS, stopped.FAULTS, hour.FAULTS),
)


def number(fault: Fault) -> int:
    """F7 is 7."""
    return int(fault.number[1:])


FAULTS: Sequence[Fault] = sorted((fault for page in PAGES for fault in page), key=number)
