"""What is read of who asks: the groups and names that lead to them, and whether they broke the glass."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules import lifecycle, private
from bot.rules.change import Origin
from bot.rules.declaring import declare
from bot.rules.glass import Glass, broken
from bot.rules.moment import Person
from bot.rules.permissions import Asker
from bot.settings.policy import load_policy
from store import directory, glass, usergroups
from store.database import Store
from store.housekeeping import tidy
from tests.store.examples import NOON

ADA, BOB = "U0ADA", "U0BOB"


async def told(store: Store) -> None:
    """Slack has told of Ada, Bob, the groups @oncall (Ada) and @empty (nobody), and of @far only that it is there."""

    def work(connection: Any) -> None:
        directory.save_people(connection, "T1", [Person(ADA, "Ada"), Person(BOB, "Bob", guest=True)])
        directory.save_places(connection, "group", {"oncall": "S1", "empty": "S2", "far": "S3"})
        usergroups.save(connection, {"S0": [BOB]})
        usergroups.save(connection, {"S1": [ADA, ADA], "S2": []})

    await store.write(work)


@pytest.mark.parametrize(
    ("known", "names", "expected"),
    [
        (Person(ADA, "Ada"), (), Asker(ADA)),
        (Person(ADA, "Ada"), ("@oncall", "@empty"), Asker(ADA, within=frozenset({"@oncall"}))),
        (Person(ADA, "Ada"), ("S1", "S2"), Asker(ADA, within=frozenset({"S1"}))),
        (Person(ADA, "Ada"), ("@far", "S9"), Asker(ADA, unheard=("@far", "S9"))),
        (Person(ADA, "Ada"), ("@Ada", "@Bob", ADA, BOB), Asker(ADA, within=frozenset({"@Ada", ADA}))),
        (Person(ADA, "Ada", bot=True), ("@Ada",), Asker(ADA, "bot")),
        (Person(ADA, "Ada", guest=True), ("@Ada", ADA), Asker(ADA, "guest", within=frozenset({ADA}))),
        (None, ("@Ada",), Asker(ADA)),
    ],
)
async def test_what_leads_to_somebody(
    store: Store, known: Person | None, names: tuple[str, ...], expected: Asker
) -> None:
    await told(store)
    assert await store.write(lambda c: usergroups.asker(c, ADA, "member", known, names)) == expected


@pytest.mark.parametrize(("standing", "kind"), [("member", "member"), ("bot", "bot"), ("stranger", "stranger")])
async def test_as_what_somebody_asks(store: Store, standing: str, kind: str) -> None:
    assert (await store.write(lambda c: usergroups.asker(c, ADA, standing, None, ()))).kind == kind


async def test_who_left_a_group_is_not_in_it_and_two_bots_may_say_so_at_once(store: Store) -> None:
    await told(store)
    both = (store.write(lambda c: usergroups.save(c, {"S1": [BOB], "S2": [BOB]})) for _ in range(8))
    await asyncio.gather(*both)
    asker = await store.write(lambda c: usergroups.asker(c, ADA, "member", None, ("S1", "S2")))
    assert asker == Asker(ADA)
    asker = await store.write(lambda c: usergroups.asker(c, BOB, "member", None, ("S1", "@empty")))
    assert asker.within == {"S1", "@empty"}


async def test_a_name_that_two_people_have_means_neither(store: Store) -> None:
    await told(store)
    await store.write(lambda c: directory.save_people(c, "T1", [Person("U0ADA2", "Ada")]))
    asker = await store.write(lambda c: usergroups.asker(c, ADA, "member", Person(ADA, "Ada"), ("@Ada",)))
    assert asker.within == frozenset()


async def test_the_glass_is_broken_for_ten_minutes_and_for_one(store: Store) -> None:
    first = broken(ADA, " Ada sleeps ", NOON)
    assert first == Glass(ADA, "Ada sleeps", NOON, NOON + timedelta(minutes=10))
    await store.write(lambda c: glass.keep(c, first))
    assert await store.write(lambda c: glass.open_to(c, ADA, NOON + timedelta(minutes=9))) == first
    assert await store.write(lambda c: glass.open_to(c, ADA, NOON + timedelta(minutes=10))) is None
    assert await store.write(lambda c: glass.open_to(c, BOB, NOON)) is None
    again = broken(ADA, "Once more", NOON + timedelta(minutes=5))
    await store.write(lambda c: glass.keep(c, again))
    assert await store.write(lambda c: glass.open_to(c, ADA, NOON + timedelta(minutes=11))) == again
    assert await store.write(lambda c: tidy(c, NOON + timedelta(days=1))) == 0
    assert await store.write(lambda c: tidy(c, NOON + timedelta(days=1, hours=1))) == 1


async def test_a_refusal_is_repeated_with_the_same_words_even_once_the_glass_is_broken(store: Store) -> None:
    changes = Changes(store, load_policy(None), Clock(NOON, runs=False))
    await changes.open(declare, Origin(f"slack:{ADA}", "slash", "k1"), by=ADA, title="It leaks", severity="sev1")
    ask = Origin(f"slack:{BOB}", "slash", "k2")
    refused = await changes.change(1, private.make_private, ask, by=BOB, people=())
    assert (refused.refused or "").startswith("Only the commander of INC-1 can make it private. Nobody commands it")
    assert refused.passable
    broke = await changes.break_glass(Origin(f"slack:{BOB}", "slash", "k3"), "Names are in it")
    assert await changes.break_glass(Origin(f"slack:{BOB}", "slash", "k3"), "Names are in it") == broke
    assert await changes.change(1, private.make_private, ask, by=BOB, people=()) == refused
    passed = await changes.change(1, private.make_private, Origin(f"cli:{BOB}", "cli", "k4"), by=BOB, people=())
    assert [type(entry.event).__name__ for entry in passed.entries] == ["GlassBroken", "MadePrivate"]


async def test_the_clock_and_what_slack_tells_are_never_asked(store: Store) -> None:
    changes = Changes(store, load_policy(None), Clock(NOON, runs=False))
    stranger = Origin(f"slack:{ADA}", "slash", "k1", standing="stranger")
    refused = await changes.open(declare, stranger, by=ADA, title="It leaks", severity="sev1")
    assert refused == await changes.open(declare, stranger, by=ADA, title="It leaks", severity="sev1")
    assert (refused.refused or "").startswith("Only people of the workspace")
    await changes.open(declare, Origin(f"slack:{ADA}", "slash", "k2"), by=ADA, title="It leaks", severity="sev1")
    answer = await changes.change(1, lifecycle.acknowledge, Origin("event", "event"), by=ADA)
    assert answer.refused is None
