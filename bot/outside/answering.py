"""Whether Slack answers at all: asked by `/readyz`."""

import time

AWAY = frozenset({"no_answer", "internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""What a call meets while Slack is away; `http_5xx` as well."""

ENOUGH = 3
"""So many calls in a row without an answer are no accident."""


class Answering:
    """Told of every call of the Web API and of how it ended."""

    def __init__(self) -> None:
        self._unanswered = 0
        self._since = 0.0

    def called(self, method: str, error: str | None, _seconds: float) -> None:
        """A call has ended; a refusal is an answer too."""
        if method == "response_url":  # another party of Slack's
            return
        if error is None or not (error in AWAY or error.startswith("http_5")):
            self._unanswered = 0
            return
        self._since = self._since if self._unanswered else time.monotonic()
        self._unanswered += 1

    def trouble(self) -> str | None:
        """The sentence for a Slack that does not answer."""
        if self._unanswered < ENOUGH:
            return None
        minutes = int((time.monotonic() - self._since) / 60)
        lasting = f", for {minutes} min" if minutes else ""
        return f"Slack has not answered the last {self._unanswered} calls{lasting}. What is to be said waits."
