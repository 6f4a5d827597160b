"""What a test can turn: latency, limits and faults of the Web API, and how deliveries go."""

from __future__ import annotations

import math
import time
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Literal

FaultKind = Literal["429", "500", "hang", "lost", "cut", "twice"]


@dataclass(slots=True)
class Fault:
    """A fault of the Web API.

    `429` and `500` refuse the call, `hang` never answers, `lost` does what was asked and never answers, `cut` does it
    and ends the connection without an answer, `twice` does it twice. `times` bounds how often it strikes, `share`
    (0 to 1) how large a part of the calls it strikes; `retry_after` is in seconds.
    """

    method: str
    kind: FaultKind
    times: int | None = None
    retry_after: int = 1
    share: float = 1.0
    credit: float = field(default=0.0, repr=False)

    def strikes(self, method: str) -> bool:
        """Whether this call is struck. Shares are dealt evenly, not by chance, so that runs repeat."""
        if self.times == 0 or not fnmatchcase(method, self.method):
            return False
        self.credit += self.share
        if self.credit < 1.0 - 1e-9:
            return False
        self.credit -= 1.0
        if self.times is not None:
            self.times -= 1
        return True


@dataclass(slots=True)
class Dials:
    """The dials of a sandbox. Times are seconds of machine time.

    `refused`: what a plan or an administrator does not allow, by method and with Slack's code
    (`{"usergroups.users.update": "permission_denied"}`).
    """

    latency: float = 0.0
    channel_rate: float | None = None
    faults: list[Fault] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    offline: bool = False
    revoked: bool = False
    redeliver: int = 0
    ack_timeout: float = 3.0
    trigger_life: float = 3.0
    retry_delays: tuple[float, ...] = (0.05, 0.5, 2.0)
    ping_interval: float = 5.0

    def fault(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any."""
        return next((fault for fault in self.faults if fault.strikes(method)), None)


@dataclass(slots=True)
class Pace:
    """How many messages a channel takes: strictly `rate` a second, counted in machine time."""

    free_at: dict[str, float] = field(default_factory=dict)

    def wait(self, channel: str, rate: float | None) -> int:
        """Whole seconds to wait before this channel takes another message; 0 takes it now."""
        now = time.monotonic()
        free = self.free_at.get(channel, 0.0)
        if rate is None or free <= now:
            self.free_at[channel] = now + (1 / rate if rate else 0.0)
            return 0
        return max(1, math.ceil(free - now))
