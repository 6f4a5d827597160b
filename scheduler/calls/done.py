"""What a call comes to, and who it is that keeps it."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.outside.sending import Outcome, Permanent, Retry
from bot.outside.slack import Problem
from bot.rules.change import Origin

DELIVERY = Origin(actor="delivery", source="slack")


def _nothing(_connection: Connection) -> None:
    """Most calls leave nothing behind."""


@dataclass(frozen=True, slots=True)
class Done:
    """`keep` runs in the transaction that settles the row as `state`."""

    keep: Callable[[Connection], None] = field(default=_nothing)
    state: str = "sent"


WITHDRAWN = Done(state="withdrawn")


def require_sent(outcome: Outcome) -> None:
    """Raises Problem for what was not sent, whoever it was for."""
    match outcome:
        case Retry(why, after, unclear):
            raise Problem(why, retry_after=after, unclear=unclear)
        case Permanent(why):
            raise Problem(why, permanent=True)
