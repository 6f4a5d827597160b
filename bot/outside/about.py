"""What the work at hand is about, for the log alone: no rule, no wording and no answer asks it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class About:
    """An incident's name, who acts (`slack:U1`, `clock`), the key of the request; each empty where there is none."""

    incident: str = ""
    actor: str = ""
    request: str = ""


NOTHING = About()
_now: ContextVar[About] = ContextVar("tocsin_about", default=NOTHING)


def current() -> About:
    """What is being worked at here."""
    return _now.get()


@contextmanager
def about(*, subject: str | None = None, actor: str | None = None, request: str | None = None) -> Iterator[None]:
    """Lines logged inside the block carry this, and so do those of tasks that it starts; what is left out stays.

    Whatever outlives the work is therefore never started inside such a block.
    """
    given = {"incident": _incident(subject), "actor": actor, "request": request}
    token = _now.set(replace(_now.get(), **{name: value for name, value in given.items() if value is not None}))
    try:
        yield
    finally:
        _now.reset(token)


def _incident(subject: str | None) -> str | None:
    """`INC-12` for `incident:12`; empty for another subject."""
    if subject is None:
        return None
    kind, _, name = subject.partition(":")
    return f"INC-{name}" if kind == "incident" else ""
