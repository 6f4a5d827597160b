"""What is asked of Prometheus and of addresses, what is kept of it, and what it does to incidents."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from sqlalchemy import select

from bot.changes import Changes
from bot.cli.checks import watches
from bot.outside.clock import Clock
from bot.rules.entries import Entry
from bot.rules.events import Declared, RecoveryVerified
from bot.rules.watching.judging import Watched
from bot.rules.watching.watch import Watch
from bot.settings.document import Document
from bot.settings.environment import Environment
from bot.settings.policy import read_policy
from bot.watching import Watches
from scheduler.watching import Watching
from store import queries
from store.database import Store
from store.schema import alerts, outbox

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


class Metrics:
    """A server that answers as Prometheus does; `now` by query, `past` for every span of time."""

    def __init__(self) -> None:
        self.now: dict[str, list[float]] = {}
        self.past: list[float] = []
        self.asked: list[dict[str, Any]] = []
        self.status = 200
        self.address = ""

    async def answer(self, request: web.Request) -> web.Response:
        if request.path == "/page":
            return web.Response(text="All is well", status=self.status)
        said = dict(await request.post())
        self.asked.append(said)
        if request.path.endswith("query_range"):
            series = [{"values": [[0, str(value)] for value in self.past]}] if self.past else []
            return web.json_response({"status": "success", "data": {"resultType": "matrix", "result": series}})
        values = self.now.get(str(said["query"]), [])
        result = [{"metric": {}, "value": [0, str(value)]} for value in values]
        return web.json_response({"status": "success", "data": {"resultType": "vector", "result": result}})


@asynccontextmanager
async def served(answer: Callable[[web.Request], Awaitable[web.Response]]) -> AsyncIterator[str]:
    """A server that answers everything this way, and its address."""
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def serving() -> AsyncIterator[Metrics]:
    metrics = Metrics()
    async with served(metrics.answer) as metrics.address:
        yield metrics


def watching(store: Store, metrics: Metrics, clock: Clock, **said: Any) -> tuple[Watching, Watch, Watches]:
    """One watch, asked of that server."""
    about = {"name": "checkout", "every": "30s", "for": "0s", **said}
    data = {"prometheus": metrics.address, "services": [{"name": "checkout"}], "watches": [about]}
    policy = read_policy(Document("test", data, None))
    watches = Watches(Changes(store, policy, clock))
    return Watching(watches), policy.watches[0], watches


async def measured(store: Store, metrics: Metrics, **said: Any) -> Watched:
    """How a watch stands that was asked once."""
    asking, watch, watches = watching(store, metrics, Clock(NOON, runs=False), **said)
    await asking.ask(watch)
    return await watches.stands(watch)


async def timeline(store: Store, number: int) -> list[Entry]:
    async with store.read() as connection:
        return list(await queries.timeline(connection, f"incident:{number}"))


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ({"kind": "error_rate", "query": "several"}, 0.04),
        ({"kind": "saturation", "query": "several"}, 0.04),
        ({"kind": "traffic", "query": "rate", "expected": 20}, 0.5),
        ({"kind": "traffic", "query": "rate", "expected": "wanted"}, 0.25),
        ({"kind": "traffic", "query": "rate"}, 2.0),
        ({"kind": "deviation", "query": "rate"}, 1.0),
        ({"kind": "error_rate", "query": "no such thing"}, None),
        ({"kind": "traffic", "query": "rate", "expected": "no such thing"}, None),
        ({"kind": "traffic", "query": "rate", "expected": 0}, 1.0),
    ],
)
async def test_what_is_measured(store: Store, said: dict[str, Any], value: float | None) -> None:
    async with serving() as metrics:
        metrics.now, metrics.past = {"several": [0.01, 0.04], "rate": [6, 4], "wanted": [40]}, [4, 6]
        stands = await measured(store, metrics, **said)
    assert stands.readings[-1].value == value
    assert (stands.readings[-1].why == "") is (value is not None)


async def test_past_weeks_are_the_same_hour(store: Store) -> None:
    async with serving() as metrics:
        metrics.now = {"rate": [5]}
        stands = await measured(store, metrics, kind="deviation", query="rate")
    assert stands.readings[-1].why == "of past weeks the query matches nothing"
    spans = [(float(each["start"]), float(each["end"])) for each in metrics.asked if "start" in each]
    half = timedelta(minutes=30)
    weeks = [NOON - timedelta(days=7 * week) for week in (1, 2, 3)]
    assert spans == [((then - half).timestamp(), (then + half).timestamp()) for then in weeks]
    assert {each["query"] for each in metrics.asked if "start" in each} == {"sum(rate)"}


async def test_it_opens_an_incident_and_tells_it_of_the_recovery(store: Store) -> None:
    async with serving() as metrics:
        clock = Clock(NOON, runs=False)
        asking, watch, _ = watching(store, metrics, clock, kind="error_rate", query="q", service="checkout")
        metrics.now = {"q": [0.2]}
        await asking.ask(watch)
        metrics.now = {"q": [0.004]}
        await asking.ask(watch)  # another program's, a moment later: it was just asked
        clock.turn(NOON + timedelta(seconds=30))
        await asking.ask(watch)
    told = [entry.event for entry in await timeline(store, 1)]
    declared = next(event for event in told if isinstance(event, Declared))
    assert (declared.title, declared.severity, declared.services) == ("checkout", "SEV2", ("checkout",))
    verified = [event for event in told if isinstance(event, RecoveryVerified)]
    assert [(event.what, event.value, event.wanted) for event in verified] == [("error rate", "0.4 %", "1 %")]
    assert await timeline(store, 2) == []


async def test_an_address_that_answers_badly_and_well_again(store: Store) -> None:
    async with serving() as metrics:
        clock = Clock(NOON, runs=False)
        asking, watch, watches = watching(store, metrics, clock, kind="http", url=f"{metrics.address}/page")
        metrics.status = 503
        await asking.ask(watch)
        assert (await watches.stands(watch)).firing
        metrics.status = 200
        clock.turn(NOON + timedelta(seconds=31))
        await asking.ask(watch)
        assert not (await watches.stands(watch)).firing
    verified = [each.event for each in await timeline(store, 1) if isinstance(each.event, RecoveryVerified)]
    assert verified[0].value.startswith("checkout answers 200 in ")


async def test_no_data_is_no_incident(store: Store) -> None:
    async with serving() as metrics:
        clock = Clock(NOON, runs=False)
        asking, watch, watches = watching(store, metrics, clock, kind="error_rate", query="nothing")
        for minute in range(1, 8):
            await asking.ask(watch)
            clock.turn(NOON + timedelta(minutes=minute))
        stands = await watches.stands(watch)
    assert (stands.blind, stands.firing, stands.dark) == (True, False, NOON)
    assert await timeline(store, 1) == []
    async with store.read() as connection:
        waiting = (await connection.execute(select(outbox.c.subject, outbox.c.lane))).all()
    assert [lane for _, lane in waiting] == ["triage"], "somebody judges it"


async def test_a_dead_prometheus_is_one_card_however_many_watches(store: Store) -> None:
    clock = Clock(NOON, runs=False)
    kinds = [{"name": name, "kind": "error_rate", "query": name, "every": "30s"} for name in ("one", "two", "three")]
    policy = read_policy(Document("test", {"prometheus": "http://127.0.0.1:9", "watches": kinds}, None))
    watches = Watches(Changes(store, policy, clock))
    asking = Watching(watches)
    for minute in range(1, 8):
        for watch in policy.watches:
            await asking.ask(watch)
        clock.turn(NOON + timedelta(minutes=minute))
    async with store.read() as connection:
        kept = (await connection.execute(select(alerts.c.title, alerts.c.subject, alerts.c.status))).all()
        cards = (await connection.execute(select(outbox.c.lane).where(outbox.c.lane == "triage"))).all()
    assert [(each.title, each.status) for each in kept] == [("No data from Prometheus", "firing")] * 3
    assert len({each.subject for each in kept}) == 1
    assert len(cards) == 1


async def test_each_is_asked_at_its_own_pace_and_a_slow_one_holds_up_no_other(store: Store) -> None:
    gate = asyncio.Event()
    asked: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append(request.path)
        if request.path == "/slow":
            await gate.wait()
        if asked.count("/quick") == 2:
            gate.set()
        return web.Response()

    async with served(answer) as address:
        said = [{"name": name, "kind": "http", "url": f"{address}/{name}", "every": "1s"} for name in ("slow", "quick")]
        policy = read_policy(Document("test", {"watches": said}, None))
        work = asyncio.create_task(Watching(Watches(Changes(store, policy, Clock(NOON)))).run())
        async with asyncio.timeout(60):
            await gate.wait()
        work.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await work
    assert asked.count("/slow") == 1


async def test_check_says_what_each_measures(store: Store) -> None:
    async with serving() as metrics:
        metrics.now = {"good": [0.001], "bad": [0.2]}
        kinds = [{"name": name, "kind": "error_rate", "query": name} for name in ("good", "bad", "none")]
        policy = read_policy(Document("test", {"prometheus": metrics.address, "watches": kinds}, None))
        lines = [str(line) for line in await watches.watches(policy, Environment())]
    assert lines == [
        "✓ Watch good: error rate 0.1 %",
        f"! Watch bad: error rate 20 % — {watches.BAD}",
        f"! Watch none: the query matches nothing — {watches.CURE}",
    ]
