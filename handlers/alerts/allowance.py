"""How many requests in a minute are taken from each sender outside, by machine time."""

import math
import time
from collections import OrderedDict, deque
from dataclasses import dataclass, field

WINDOW = 60.0
SENDERS = 1_000
"""Senders that are told apart; whoever was heard of longest ago is forgotten first."""


@dataclass
class Allowance:
    """At most so many of one sender in any minute."""

    most: int = 30
    taken: OrderedDict[str, deque[float]] = field(default_factory=OrderedDict)

    def wait(self, sender: str) -> int:
        """Seconds until one more of theirs may come; 0 for now, and then it is counted."""
        now = time.monotonic()
        theirs = self.taken.setdefault(sender, deque())
        self.taken.move_to_end(sender)
        if len(self.taken) > SENDERS:
            self.taken.popitem(last=False)
        while theirs and now - theirs[0] > WINDOW:
            theirs.popleft()
        if len(theirs) >= self.most:
            return max(1, math.ceil(WINDOW - (now - theirs[0])))
        theirs.append(now)
        return 0
