"""How fast a Slack channel is written to: one bucket a channel for posts, one for edits (machine time)."""

from collections.abc import Callable

from bot.rules.policy import Pace


class Buckets:
    """Token buckets by channel and kind of call; `sharers` is how many programs keep to the pace together."""

    def __init__(self, pace: Pace, sharers: Callable[[], int] = lambda: 1) -> None:
        self._pace = pace
        self._sharers = sharers
        self._levels: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, channel: str, kind: str, now: float) -> float:
        """Takes a token and answers 0, or the seconds until there will be one."""
        rate, burst = self._share()
        level, since = self._levels.get((channel, kind), (burst, now))
        level = min(burst, level + (now - since) * rate)
        if level < 1:
            self._levels[channel, kind] = (level, now)
            return (1 - level) / rate
        self._levels[channel, kind] = (level - 1, now)
        return 0.0

    def _share(self) -> tuple[float, float]:
        """Our part of the pace, and of the burst at least one message."""
        sharers = self._sharers()
        return self._pace.rate / sharers, max(1.0, self._pace.burst / sharers)
