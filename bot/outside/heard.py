"""When Slack was last heard from: machine time, so that a turned clock does not matter."""

import time


class Heard:
    """Kept by what listens to Slack (a frame of the socket, a signed request); asked by what watches it."""

    def __init__(self) -> None:
        self._at: float | None = None

    def now(self) -> None:
        """Something of Slack's has just come in."""
        self._at = time.monotonic()

    def age(self) -> float | None:
        """Seconds since Slack was last heard from; None if it never was."""
        return None if self._at is None else time.monotonic() - self._at
