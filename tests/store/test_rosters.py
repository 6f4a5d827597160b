"""Who is on call, as it is kept: one question to the database, and whether Slack has told all of it."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, event

from bot.rules.calendar import Duration
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Level, Rotation, Target
from bot.rules.oncall.shifts import Override, Shift
from bot.rules.policy import Known, Policy
from bot.settings.policy import load_policy
from store import calendars, directory, falling, rosters, subjects, usergroups
from store.database import Store
from tests.store.examples import NOON, declare, incident, minutes

WEEK = timedelta(days=7)
PEOPLE = (Known("ada", "@ada"), Known("bob", "bob@x.example"), Known("cleo", "UCLEO"))
LEVEL = Level((Target("rotation", "payments"), Target("group", "@leads")), Duration(seconds=300))
ROTATION = Rotation("payments", ZoneInfo("Europe/Madrid"), ())
POLICY = replace(
    load_policy(None), people=PEOPLE, rotations=(ROTATION,), policies=(EscalationPolicy("payments", (LEVEL,)),)
)
TAKEN = Override(1, "payments", "UCLEO", NOON, NOON + WEEK)


def told(connection: Connection) -> None:
    """All that Slack and people have told."""
    directory.save_places(connection, "group", {"leads": "S1", "others": "S2"})
    usergroups.save(connection, {"S1": ["UDAN", "UADA"], "S2": ["UEVE"]})
    rosters.keep_told(connection, POLICY, {"@ada": "UADA"})
    duty = Duty("payments", overrides=(TAKEN,))
    subjects.lock(connection, "team:payments", duty)
    subjects.save(connection, "team:payments", duty, None, "p1", 0, "", is_open=True)


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
