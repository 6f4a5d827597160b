"""What `tocsin status` reads: what is open, what falls due, what waits and why, what was given up, who runs."""

from datetime import timedelta

from sqlalchemy import Connection, insert

from bot.cli.status import looked
from bot.rules.incident import Incident, Status
from bot.rules.moment import Person
from bot.rules.oncall.duty import Duty
from bot.rules.standing import Standing
from bot.settings.policy import load_policy
from store import directory, outbox, subjects
from store.database import Store
from store.schema import processes
from tests.store.examples import NOON, SECOND, declare, incident, message, minutes

POLICY = load_policy(None)
DAY = timedelta(days=1)


async def stands(store: Store, after: float = 0) -> Standing:
    """How it stands, so many minutes after noon."""
    return await looked(store.url.render_as_string(hide_password=False), POLICY, NOON + minutes(after))


async def test_nothing_there(store: Store) -> None:
    found = await stands(store)
    assert (found.open, found.falling, found.lanes, found.programs, found.here) == ({}, (), (), (), None)
    assert (found.overdue, found.given_up, found.backup) == (0, 0, None)
    assert found.size > 50_000
    assert found.database.startswith(("SQLite /", "PostgreSQL test_"))
    assert found.troubles == ("No Tocsin runs: nobody is reminded, and Slack is told nothing. Start `tocsin run`.",)


async def test_open_ones_and_what_falls_due(store: Store) -> None:
    def work(connection: Connection) -> None:
        for number in range(1, 8):
            declare(connection, incident(number), NOON + minutes(10 - number))
        declare(connection, incident(8, kind="test", severity="SEV2"), NOON + minutes(60))
        declare(connection, incident(9, status=Status.RESOLVED, closed_at=NOON))

    await store.write(work)
    found = await stands(store, 4.5)
    assert found.open == {("SEV1", "incident"): 7, ("SEV2", "test"): 1}
    assert [(each.whose, each.when) for each in found.falling[:2]] == [
        ("INC-7", NOON + minutes(3)),
        ("INC-6", NOON + minutes(4)),
    ]
    assert len(found.falling) == 5
    assert found.falling[0].what == "not acknowledged"
    assert found.overdue == 1  # the other is late by less than a minute
    assert any("1 thing has been due" in trouble for trouble in found.troubles)


async def test_what_falls_due_of_teams_and_people_stands_beside_it(store: Store) -> None:
    def work(connection: Connection) -> None:
        declare(connection, incident(1), NOON + minutes(3))
        directory.save_people(connection, "T1", [Person("U1", "bob")])
        for place, subject in enumerate(("person:U1", "team:payments", "person:U2", "alert:a"), start=1):
            subjects.lock(connection, subject, Duty("x"))
            due = NOON + minutes(place - 0.5)
            subjects.save(connection, subject, Duty("x"), due, "p1", 0, "", is_open=True)

    await store.write(work)
    found = await stands(store, 2)
    assert [(each.whose, each.what) for each in found.falling] == [
        ("@bob", "page"),
        ("payments", "shifts"),
        ("@U2", "page"),
        ("INC-1", "not acknowledged"),
        ("an alert", "a look"),
    ]
    assert found.overdue == 1


async def test_why_a_lane_waits(store: Store) -> None:
    def work(connection: Connection) -> None:
        declare(connection, incident(1, channel="C1"))
        for place, name in enumerate(("announce", "incident:1/channel", "person:U1", "person:U2")):
            outbox.enqueue(connection, "incident:1", [message(name), message(name)], NOON + minutes(place))
        now = store.machine_now(connection)
        sending, paused = outbox.claim(connection, "me", now, 2, 600)
        assert (sending.lane, paused.lane) == ("announce", "person:U1")
        outbox.retry(connection, paused, now + 300 * SECOND)

    await store.write(work)
    found = (await stands(store, 10)).lanes
    assert [(lane.lane, lane.rows, lane.since, lane.why) for lane in found] == [
        ("announce", 2, NOON, "sending"),
        ("incident:1/channel", 2, NOON + minutes(1), "no place yet"),
        ("person:U1", 2, NOON + minutes(2), "paused"),
        ("person:U2", 2, NOON + minutes(3), "ready"),
    ]
    assert timedelta(seconds=200) < found[2].left <= timedelta(seconds=300)
    assert (await stands(store, 10)).unsent == ("person:U2",)


async def test_what_was_given_up_in_the_last_day(store: Store) -> None:
    def work(connection: Connection) -> None:
        outbox.enqueue(connection, "incident:1", [message("announce"), message("person:U1")], NOON)
        for row in outbox.claim(connection, "me", store.machine_now(connection), 2, 600):
            outbox.settle(connection, row, "given_up", "is_archived")

    await store.write(work)
    assert (await stands(store)).given_up == 2
    assert (await stands(store, 25 * 60)).given_up == 0


async def test_who_runs_and_when_slack_was_heard(store: Store) -> None:
    def work(connection: Connection) -> None:
        now = store.machine_now(connection)
        row = {"host": "a", "version": "1", "way": "socket", "started_at": now - 3600 * SECOND}
        rows = [
            {**row, "id": "1", "seen_at": now - 3 * SECOND, "heard_at": now - 5 * SECOND},
            {**row, "id": "2", "seen_at": now - 50 * SECOND, "heard_at": now - 50 * SECOND},
            {**row, "id": "3", "host": "b", "way": "http", "seen_at": now, "heard_at": None},
        ]
        connection.execute(insert(processes), rows)

    await store.write(work)
    found = await stands(store)
    assert [(each.host, each.way) for each in found.programs] == [("a", "socket"), ("b", "http")]
    assert found.programs[0].up >= timedelta(hours=1)
    assert found.programs[0].heard is not None
    assert timedelta(seconds=5) <= found.programs[0].heard < timedelta(seconds=60)
    assert found.programs[1].heard is None
    assert found.troubles == ()


async def test_one_without_a_room_is_a_trouble_where_somebody_runs(store: Store) -> None:
    def work(connection: Connection) -> Incident:
        now = store.machine_now(connection)
        row = {"id": "1", "host": "a", "version": "1", "way": "http", "started_at": now, "seen_at": now}
        connection.execute(insert(processes), row)
        return declare(connection, incident(7))

    await store.write(work)
    found = await stands(store, 2)
    assert found.roomless == ("INC-7",)
    assert found.troubles == ("INC-7 has neither a channel nor an announcement. The log of `tocsin run` tells why.",)
