"""What changes subjects within a transaction, as those see it who take part in one."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from sqlalchemy import Connection

from bot.outside.clock import Clock
from bot.rules.change import Answer, Origin, Outgoing
from bot.rules.policy import Policy


class Changing(Protocol):
    """What changes incidents, and subjects that are none."""

    policy: Policy
    clock: Clock

    def apply(self, connection: Connection, number: int, rule: Any, origin: Origin, **facts: Any) -> Answer:
        """One change."""

    def opened(self, connection: Connection, rule: Any, origin: Origin, **facts: Any) -> Answer:
        """A new incident."""

    def turned(self, connection: Connection, subject: str, rule: Any, origin: Origin, **facts: Any) -> Answer:
        """A change of what is no incident."""

    def together(self, connection: Connection) -> "AbstractContextManager[Changing]":
        """For several incidents: what comes of their changes waits until all are held."""

    def say(self, connection: Connection, subject: str, outgoings: Iterable[Outgoing]) -> None:
        """What is to be said of a subject."""
