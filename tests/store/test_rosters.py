"""Who is on call, as it is kept and remembered: one question to the database, asked again where it is another."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Connection, event

from bot.rules.calendar import Duration
from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Level, Rotation, Target
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.policy import Known, Policy
from bot.settings.policy import load_policy
from store import calendars, directory, falling, remembered, rosters, subjects, usergroups
from store.database import Store
from tests.store.examples import NOON, declare, incident, minutes

WEEK = timedelta(days=7)
PEOPLE = (Known("ada", "@ada"), Known("bob", "bob@x.example"), Known("cleo", "UCLEO"))
LEVEL = Level((Target("rotation", "payments"), Target("group", "@leads")), Duration(seconds=300))
ROTATION = Rotation("payments", ZoneInfo("Europe/Madrid"), "payments")
POLICY = replace(
    load_policy(None), people=PEOPLE, rotations=(ROTATION,), policies=(EscalationPolicy("payments", (LEVEL,)),)
)
ZOE = Person("UZOE", "Zoe")
"""Nobody who may be paged."""

TAKEN = Override(1, "payments", "UCLEO", NOON, NOON + WEEK)


def told(connection: Connection) -> None:
    """All that Slack and people have told."""
    directory.save_places(connection, "group", {"leads": "S1", "others": "S2"})
    usergroups.save(connection, {"S1": ["UDAN", "UADA"], "S2": ["UEVE"]})
    rosters.keep_told(connection, POLICY, {"@ada": "UADA"})
    duty = Duty("payments", overrides=(TAKEN,))
    subjects.lock(connection, "team:payments", duty)
    subjects.save(connection, "team:payments", duty, None, "p1", 0, "", is_open=True)
    directory.save_people(connection, "T1", [ZOE])


async def test_all_that_is_known(store: Store) -> None:
    await store.write(told)
    found = await store.write(lambda c: rosters.roster(c, POLICY))
    assert found == Roster({"ada": "UADA", "cleo": "UCLEO"}, (TAKEN,), {}, {"@leads": ("UADA", "UDAN")})


async def test_it_is_one_question_and_with_calendars_two(store: Store) -> None:
    asked: list[str] = []

    def work(connection: Connection, policy: Policy) -> Roster:
        told(connection)
        calendars.keep(connection, "payments", [Shift("payments", "ada", NOON, NOON + WEEK)])
        asked.clear()
        note = lambda *call: asked.append(call[2])  # noqa: E731
        event.listen(connection, "before_cursor_execute", note)
        found = rosters.roster(connection, policy)
        event.remove(connection, "before_cursor_execute", note)
        return found

    await store.write(lambda c: work(c, POLICY))
    assert len(asked) == 1
    elsewhere = replace(POLICY, rotations=(replace(ROTATION, ical="https://x.example/a.ics"),))
    found = await store.write(lambda c: work(c, elsewhere))
    assert len(asked) == 2
    assert found.told == {"payments": (Shift("payments", "ada", NOON, NOON + WEEK),)}


async def test_what_a_calendar_tells_again_is_nothing_new_whoever_kept_it(store: Store, url: str) -> None:
    another = await Store.open(url)
    try:
        assert await store.write(lambda c: calendars.keep(c, "payments", [SHIFT]))
        assert not await another.write(lambda c: calendars.keep(c, "payments", [SHIFT]))
        assert await another.write(lambda c: calendars.keep(c, "payments", []))
        assert await store.write(lambda c: calendars.keep(c, "payments", [SHIFT]))
    finally:
        await another.close()


async def test_who_is_on_call_is_not_read_again_while_it_is_the_same(store: Store) -> None:
    ada = Person("UADA", "Ada")
    await store.write(told)
    await store.write(lambda c: directory.save_people(c, "T1", [ada]))
    await store.write(lambda c: remembered.known(c, POLICY, ["UADA", "UZOE"]))
    asked: list[str] = []

    def work(connection: Connection) -> tuple[Mapping[PersonId, Person], Roster]:
        note = lambda *call: asked.append(call[2])  # noqa: E731
        event.listen(connection, "before_cursor_execute", note)
        found = remembered.known(connection, POLICY, ["UADA", "UZOE"])
        event.remove(connection, "before_cursor_execute", note)
        return found

    people, found = await store.write(work)
    assert len(asked) == 1
    assert found == await store.write(lambda c: rosters.roster(c, POLICY))
    assert people == {"UADA": ada, "UZOE": ZOE}
    people, _ = await store.write(lambda c: remembered.known(c, POLICY, ()))
    assert people == {"UADA": ada}, "who is asked for once is not always told of"


ANOTHER = Override(2, "payments", "UDAN", NOON, NOON + WEEK)
SHIFT = Shift("payments", "ada", NOON, NOON + WEEK)
MAINTAINED = replace(POLICY, rotations=(replace(ROTATION, ical="https://x.example/a.ics"),))


def overridden(connection: Connection) -> None:
    duty = Duty("payments", overrides=(ANOTHER,))
    subjects.save(connection, "team:payments", duty, None, "p1", 0, "", is_open=True)


WRITERS: dict[str, tuple[Callable[[Connection], object], Callable[[Roster, Mapping[PersonId, Person]], bool]]] = {
    "an override": (overridden, lambda found, _: found.overrides == (ANOTHER,)),
    "whom a name means": (
        lambda c: rosters.keep_told(c, MAINTAINED, {"@ada": "UANNA"}),
        lambda found, _: found.ids["ada"] == "UANNA",
    ),
    "a handle of a group": (
        lambda c: directory.save_places(c, "group", {"leads": "S2"}),
        lambda found, _: found.groups == {"@leads": ("UEVE",)},
    ),
    "a group": (lambda c: usergroups.keep(c, "S1", ["UDAN"]), lambda found, _: found.groups == {"@leads": ("UDAN",)}),
    "all groups": (
        lambda c: usergroups.save(c, {"S1": ["UADA"]}),
        lambda found, _: found.groups == {"@leads": ("UADA",)},
    ),
    "a calendar": (
        lambda c: calendars.keep(c, "payments", [SHIFT]),
        lambda found, _: found.told == {"payments": (SHIFT,)},
    ),
    "who has left": (
        lambda c: directory.save_people(c, "T1", [Person("UADA", "Ada", active=False)]),
        lambda _, people: not people["UADA"].active,
    ),
    "another who has left": (
        lambda c: directory.save_people(c, "T1", [replace(ZOE, active=False)]),
        lambda _, people: not people["UZOE"].active,
    ),
}
"""Each change of what is remembered, and how it is seen."""


@pytest.mark.parametrize("name", WRITERS)
async def test_what_another_program_changed_counts_at_once(store: Store, url: str, name: str) -> None:
    change, is_seen = WRITERS[name]
    await store.write(told)
    another = await Store.open(url)
    try:
        for each in (store, another, store):  # both remember it
            people, found = await each.write(lambda c: remembered.known(c, MAINTAINED, ["UZOE"]))
            assert not is_seen(found, {"UADA": Person("UADA"), **people})
        await another.write(change)
        async with store.read() as connection:
            people, found = await connection.run_sync(remembered.known, MAINTAINED, ["UZOE"])
        assert is_seen(found, people)
    finally:
        await another.close()


async def test_who_sets_a_status_changes_nothing(store: Store) -> None:
    ada = Person("UADA", "Ada", "Europe/Madrid")
    await store.write(lambda c: directory.save_people(c, "T1", [ada]))
    async with store.read() as connection:
        before = await directory.workspace(connection, directory.MARK)
        await store.write(lambda c: directory.save_people(c, "T1", [ada]))
        assert await directory.workspace(connection, directory.MARK) == before
        await store.write(lambda c: directory.save_people(c, "T1", [replace(ada, name="Adah")]))
        assert await directory.workspace(connection, directory.MARK) != before


async def test_what_was_not_kept_is_not_remembered(store: Store) -> None:
    await store.write(told)

    def fail(connection: Connection) -> None:
        overridden(connection)
        assert remembered.known(connection, POLICY, ())[1].overrides == (ANOTHER,)
        raise LookupError

    with pytest.raises(LookupError):
        await store.write(fail)
    assert (await store.write(lambda c: remembered.known(c, POLICY, ())))[1].overrides == (TAKEN,)


async def test_until_slack_has_told_of_all_whom_the_configuration_names(store: Store) -> None:
    another = replace(POLICY, people=(*PEOPLE, Known("dan", "@dan")))
    only_ids = replace(POLICY, people=PEOPLE[2:], policies=())

    def known(connection: Connection) -> list[bool]:
        return [rosters.roster(connection, each).is_told for each in (POLICY, another, only_ids)]

    assert await store.write(known) == [False, False, True]
    await store.write(told)
    assert await store.write(known) == [True, False, True]
    for each, is_told in ((POLICY, True), (another, False), (only_ids, True)):
        assert await store.write(lambda c, policy=each: rosters.is_told(c, policy)) is is_told


async def test_what_was_derived_before_it_is_looked_at_again_after_it(store: Store) -> None:
    def work(connection: Connection) -> None:
        for number, fingerprint in enumerate(("p1", "p1 untold", "p2"), start=1):
            declare(connection, incident(number), NOON + minutes(5), fingerprint=fingerprint)

    await store.write(work)
    async with store.read() as connection:
        assert await falling.stale(connection, "p1", 10, "p1 untold") == ["incident:3"]
        assert sorted(await falling.stale(connection, "p1", 10)) == ["incident:2", "incident:3"]
