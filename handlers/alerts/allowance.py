"""How many requests in a minute are taken from outside, by machine time."""

import time
from collections import deque
from dataclasses import dataclass, field

WINDOW = 60.0


@dataclass
class Allowance:
    """At most so many in any minute."""

    most: int = 30
    taken: deque[float] = field(default_factory=deque)

    def is_left(self) -> bool:
        """Whether one more may come; it is counted then."""
        now = time.monotonic()
        while self.taken and now - self.taken[0] > WINDOW:
            self.taken.popleft()
        if len(self.taken) >= self.most:
            return False
        self.taken.append(now)
        return True
