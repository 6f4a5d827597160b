"""Who asks for the list sees what he may, open first, the gravest first, the newest first."""

from dataclasses import replace

import pytest

from bot.rules.incident import Handoff, Incident, Milestone, Status
from store import falling, queries
from store.database import Store
from tests.store.examples import NOON, declare, incident, minutes

RANKED = ["SEV1", "SEV2", "SEV3"]


def one(number: int, severity: str = "SEV1", **facts) -> Incident:
    declared = {"declared": Milestone(NOON + minutes(number), "slack")}
    return replace(incident(number, severity=severity, milestones=declared), **facts)


INCIDENTS = (
    one(1, "SEV2"),
    one(2, "SEV1", status=Status.RESOLVED),
    one(3, "SEV1", private=True, members=("UADA", "UBOB"), roles={"commander": "UBOB"}),
    one(4, "SEV3", services=("checkout", "карты"), title="100% of cards refused"),
    one(5, "SEV1", responders=("UBOB",)),
    one(6, "SEV2", title="Search is slow", affected="Readers in Žilina", declared_by="UEVE"),
    one(7, "SEV9"),
    one(8, "SEV1", private=True, status=Status.CANCELLED, members=("UADA",)),
    one(9, "SEV1", kind="test", roles={"commander": "UBOB"}),
    one(10, "SEV1", kind="test", status=Status.RESOLVED),
    one(11, "SEV2", roles={"commander": "UDAN", "lead": "UBOB"}, status=Status.RESOLVED, kind="near miss"),
)


@pytest.mark.parametrize(
    ("viewer", "filters", "expected"),
    [
        ("UEVE", {}, [7, 5, 6, 1, 4]),
        ("UBOB", {}, [7, 5, 3, 6, 1, 4]),
        (None, {}, [7, 5, 3, 6, 1, 4]),
        ("UEVE", {"everything": True}, [7, 5, 6, 1, 4, 2, 11]),
        ("UADA", {"everything": True}, [7, 5, 3, 6, 1, 4, 8, 2, 11]),
        ("UBOB", {"mine": True}, [5, 3]),
        ("UEVE", {"mine": True}, [6]),
        ("UBO", {"mine": True}, []),
        ("UEVE", {"severity": "SEV2"}, [6, 1]),
        ("UEVE", {"service": "карты"}, [4]),
        ("UEVE", {"service": "check"}, []),
        ("UEVE", {"words": "SLOW search"}, [6]),
        ("UEVE", {"words": "100%"}, [4]),
        ("UEVE", {"words": "checkout"}, [7, 5, 1, 4]),
        ("UEVE", {"words": "readers"}, [6]),
        ("UEVE", {"words": "_"}, []),
        ("UEVE", {"severity": "SEV1", "mine": True}, []),
        ("UEVE", {"tests": True}, [9]),
        ("UEVE", {"tests": True, "everything": True}, [9, 10]),
        ("UBOB", {"commander": "UBOB"}, [3]),
        ("UEVE", {"commander": "UBOB"}, []),
        ("UEVE", {"commander": "UBOB", "everything": True}, []),
        ("UEVE", {"commander": "UDAN", "everything": True}, [11]),
        ("UEVE", {"commander": "UDAN"}, []),
    ],
)
async def test_what_is_listed_and_counted(store: Store, viewer, filters, expected) -> None:
    def work(connection):
        for each in INCIDENTS:
            declare(connection, each)

    await store.write(work)
    async with store.read() as connection:
        listed = await queries.listed(connection, viewer, RANKED, limit=20, **filters)
        assert [each.number for each in listed] == expected
        assert await queries.count(connection, viewer, **filters) == len(expected)
        second = await queries.listed(connection, viewer, RANKED, limit=2, offset=1, **filters)
        assert [each.number for each in second] == expected[1:3]


@pytest.mark.parametrize(
    ("viewer", "after", "services", "more", "expected"),
    [
        ("UEVE", 5, ["checkout"], {}, [4, 7, 6]),
        ("UEVE", 60, ["checkout", "карты"], {}, [4]),
        ("UEVE", 60, ["check"], {}, []),
        ("UEVE", 4, [], {}, [7, 6, 5]),
        ("UEVE", 4, [], {"kind": "test"}, [9]),
        ("UBOB", 2, [], {}, [7, 6, 5, 4, 3]),
        ("UEVE", 2, [], {}, [7, 6, 5, 4]),
    ],
)
async def test_what_may_be_the_same(store: Store, viewer, after, services, more, expected) -> None:
    await store.write(lambda c: [declare(c, each) for each in INCIDENTS])
    async with store.read() as connection:
        for most in (9, 2):
            found = await queries.similar(connection, viewer, NOON + minutes(after), services, most, **more)
            assert [each.number for each in found] == expected[:most]


async def test_what_somebody_holds(store: Store) -> None:
    offered = one(12, handoff=Handoff("UBOB", "UEVE", NOON, "for UDAN"), roles={"commander": "UBOB"})
    followed = one(13, followers=("UFAY",))
    await store.write(lambda c: [declare(c, each) for each in (*INCIDENTS, offered, followed)])
    async with store.read() as connection:
        assert await queries.holding(connection, "UBOB") == [3, 9, 12]
        assert await queries.holding(connection, "UFAY") == [13]
        assert await queries.holding(connection, "UEVE") == [12]
        assert await queries.holding(connection, "UDAN") == []


async def test_who_had_a_channel_once(store: Store) -> None:
    moved = (one(1), one(2, former_channels=("C1", "C2"), channel="C3"), one(3, former_channels=("C12",)))
    await store.write(lambda c: [declare(c, each) for each in moved])
    async with store.read() as connection:
        found = {each: await queries.by_former_channel(connection, each) for each in ("C1", "C2", "C12", "C3", "C")}
    assert found == {"C1": 2, "C2": 2, "C12": 3, "C3": None, "C": None}


async def test_without_known_severities_the_newest_come_first(store: Store) -> None:
    await store.write(lambda c: [declare(c, one(1)), declare(c, one(2))])
    async with store.read() as connection:
        assert [each.number for each in await queries.listed(connection, None, [], limit=5)] == [2, 1]


async def test_what_is_due_and_what_follows(store: Store) -> None:
    def work(connection):
        declare(connection, one(1), NOON + minutes(5))
        declare(connection, one(2), NOON + minutes(3))
        declare(connection, one(3), None)
        declare(connection, one(4), NOON + minutes(9))

    async with store.read() as connection:
        assert await falling.next_due(connection) is None
    await store.write(work)
    async with store.read() as connection:
        assert await falling.due(connection, NOON + minutes(2), 10) == []
        assert await falling.due(connection, NOON + minutes(5), 10) == ["incident:2", "incident:1"]
        assert await falling.due(connection, NOON + minutes(60), 2) == ["incident:2", "incident:1"]
        assert await falling.next_due(connection) == (NOON + minutes(3), "incident:2")


async def test_open_ones_that_another_policy_was_asked_about(store: Store) -> None:
    def work(connection):
        declare(connection, one(1), fingerprint="p1")
        declare(connection, one(2), fingerprint="p3")
        declare(connection, one(3), fingerprint="p2")
        declare(connection, one(4, status=Status.RESOLVED), fingerprint="p1")

    await store.write(work)
    async with store.read() as connection:
        assert sorted(await falling.stale(connection, "p2", 10)) == ["incident:1", "incident:2"]
        assert len(await falling.stale(connection, "p9", 2)) == 2
