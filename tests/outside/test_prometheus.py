"""Prometheus as it answers, and as it does not: a value each time."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web

from bot.outside.probe import probe
from bot.outside.prometheus import NOTHING, Figures, Prometheus

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


@asynccontextmanager
async def serving(answer: Callable[[web.Request], Any]) -> AsyncIterator[str]:
    """A server that answers everything this way, and its address."""

    async def handle(request: web.Request) -> web.StreamResponse:
        found = answer(request)
        return found if isinstance(found, web.StreamResponse) else web.json_response(found)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", handle)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


def vector(*values: str) -> dict[str, Any]:
    result = [{"metric": {"n": str(place)}, "value": [1, value]} for place, value in enumerate(values)]
    return {"status": "success", "data": {"resultType": "vector", "result": result}}


async def test_one_that_wants_a_token_is_shown_it_and_nothing_else() -> None:
    def answer(request: web.Request) -> Any:
        shown = request.headers.get("Authorization")
        return vector("0.5") if shown == "Bearer for friends" else web.Response(status=401, text="Who are you?")

    async with serving(answer) as address:
        named = address.replace("//", "//ada:secret@")
        for where in (address, named):
            assert await Prometheus(where, "for friends").instant("up") == Figures((0.5,))
            for known in ("", "for others"):
                refused = await Prometheus(where, known).instant("up")
                assert refused == Figures(why="Prometheus does not let me ask (401): see PROMETHEUS_TOKEN")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (vector("0.5", "1"), Figures((0.5, 1.0))),
        (vector("NaN"), Figures(why=NOTHING)),
        (vector("+Inf", "2"), Figures((2.0,))),
        (vector(), Figures(why=NOTHING)),
        ({"status": "success", "data": {"resultType": "scalar", "result": [1, "3"]}}, Figures((3.0,))),
        ({"status": "success", "data": {"resultType": "string", "result": [1, "x"]}}, Figures(why=NOTHING)),
        ({"status": "error", "error": "parse error"}, Figures(why="Prometheus refuses the query: parse error")),
        ({"status": "success", "data": {"result": {"a": 1}}}, Figures(why=NOTHING)),
        ({"status": "success", "data": {"result": [{"value": "x"}, {"value": [1]}, 7]}}, Figures(why=NOTHING)),
        ([], Figures(why="Prometheus answers 200, and no figures")),
    ],
)
async def test_answers(answer: Any, expected: Figures) -> None:
    async with serving(lambda _request: answer) as address:
        assert await Prometheus(address + "/").instant("up") == expected


async def test_a_span_of_time_is_all_its_figures() -> None:
    asked: list[str] = []
    series = {"metric": {}, "values": [[1, "1"], [2, "3"]]}

    def answer(request: web.Request) -> Any:
        asked.append(request.path)
        return {"status": "success", "data": {"resultType": "matrix", "result": [series]}}

    async with serving(answer) as address:
        found = await Prometheus(address).over("up", NOON, NOON + timedelta(hours=1), timedelta(minutes=5))
    assert (found, asked) == (Figures((1.0, 3.0)), ["/api/v1/query_range"])


async def test_who_does_not_answer_is_named_without_the_address() -> None:
    found = await Prometheus("http://user:secret@127.0.0.1:1").instant("up")
    assert found.values == ()
    assert found.why == "Prometheus does not answer (no connection)"
    assert "secret" not in found.why
    async with serving(lambda _request: web.Response(text="<html>", status=502)) as address:
        assert (await Prometheus(address).instant("up")).why == "Prometheus answers 502, and no figures"


@pytest.mark.parametrize(
    ("more", "status", "expected"),
    [
        ({}, 200, (True, "answers 200 in ")),
        ({}, 503, (False, "answers 503, 200 wanted")),
        ({"status": 302}, 302, (True, "answers 302 in ")),
        ({"words": "All is well"}, 200, (True, "answers 200 in ")),
        ({"words": "Buy now"}, 200, (False, "answers 200 without the words “Buy now”")),
        ({"slower": 0.0}, 200, (False, "answers in ")),
    ],
)
async def test_addresses(more: dict[str, Any], status: int, expected: tuple[bool, str]) -> None:
    async with serving(lambda _request: web.Response(text=json.dumps("All is well"), status=status)) as address:
        found = await probe(address, **more)
    assert found.fits is expected[0]
    assert found.how.startswith(expected[1])


async def test_an_address_that_nobody_serves() -> None:
    found = await probe("http://127.0.0.1:1/")
    assert not found.fits
    assert found.how == "cannot be reached (no connection)"
