"""A repeated request is told what it was told before."""

from datetime import timedelta

from bot.rules.change import Answer
from store.changes import recall, remember
from store.database import Store
from store.housekeeping import tidy
from tests.store.examples import NOON, answer


async def test_a_repeat_gets_the_same_answer(store: Store) -> None:
    refused = Answer(7, refused="INC-7 is already resolved.", field="title", private=True)
    assert await store.write(lambda c: recall(c, "Ev1")) is None
    await store.write(lambda c: remember(c, "Ev1", answer(), NOON))
    await store.write(lambda c: remember(c, "Ev2", refused, NOON))
    await store.write(lambda c: remember(c, "Ev3", Answer(), NOON))
    assert await store.write(lambda c: recall(c, "Ev1")) == answer()
    assert await store.write(lambda c: recall(c, "Ev2")) == refused
    assert await store.write(lambda c: recall(c, "Ev3")) == Answer()


async def test_keys_are_kept_for_a_day(store: Store) -> None:
    await store.write(lambda c: remember(c, "old", answer(), NOON))
    await store.write(lambda c: remember(c, "new", answer(), NOON + timedelta(hours=1)))
    assert await store.write(lambda c: tidy(c, NOON + timedelta(days=1))) == 0
    assert await store.write(lambda c: tidy(c, NOON + timedelta(days=1, minutes=1))) == 1
    assert await store.write(lambda c: recall(c, "old")) is None
    assert await store.write(lambda c: recall(c, "new")) == answer()
