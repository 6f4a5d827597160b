"""However many bots share the work, together they write no faster than the configuration allows."""

import pytest

from bot.rules.policy import Pace
from scheduler.pace import Buckets

ROOM = ("C1", "post")


def said_within(seconds: float, bots: int, pace: Pace) -> int:
    """How many messages so many bots post into one channel in that time, each as often as it may."""
    buckets = [Buckets(pace, lambda: bots) for _ in range(bots)]
    moments = [step / 100 for step in range(int(seconds * 100) + 1)]
    return sum(bucket.wait(*ROOM, now) == 0 for now in moments for bucket in buckets)


@pytest.mark.parametrize("bots", [1, 2, 3, 5])
def test_the_pace_is_shared(bots: int) -> None:
    pace = Pace(rate=1.0, burst=5)
    assert 60 <= said_within(60, bots, pace) <= 60 + max(pace.burst, bots)


def test_of_many_each_may_post_at_once_what_waits() -> None:
    assert said_within(0, 10, Pace(rate=1.0, burst=5)) == 10


def test_another_one_halves_it_and_its_end_gives_it_back() -> None:
    bots = [1]
    bucket = Buckets(Pace(rate=1.0, burst=1), lambda: bots[0])
    assert bucket.wait(*ROOM, 0) == 0
    assert bucket.wait(*ROOM, 0) == 1
    bots[0] = 2
    assert bucket.wait(*ROOM, 0) == 2
    bots[0] = 1
    assert bucket.wait(*ROOM, 1) == 0
