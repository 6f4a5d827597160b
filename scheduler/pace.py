"""How fast a Slack channel is written to: one bucket a channel for posts, one for edits (machine time)."""

from bot.rules.policy import Pace


class Buckets:
    """Token buckets by channel and kind of call."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._levels: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, channel: str, kind: str, now: float) -> float:
        """Takes a token and answers 0, or the seconds until there will be one."""
        level, since = self._levels.get((channel, kind), (float(self._pace.burst), now))
        level = min(float(self._pace.burst), level + (now - since) * self._pace.rate)
        if level < 1:
            self._levels[channel, kind] = (level, now)
            return (1 - level) / self._pace.rate
        self._levels[channel, kind] = (level - 1, now)
        return 0.0
