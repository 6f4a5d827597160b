"""Prometheus, asked for figures: what came of it is a value, also where nothing did."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import aiohttp

from bot.outside.failing import reason

LIMIT = 10.0
"""Seconds."""

LARGEST = 4 * 1024 * 1024
"""Bytes of an answer: a query of a watch answers with a handful of series."""

UNKNOWN = frozenset({401, 403})
"""Answers to who may not ask."""

NOTHING = "the query matches nothing"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a query answered with, a figure for each series; without any, why."""

    values: tuple[float, ...] = ()
    why: str = ""


class Prometheus:
    """Its HTTP API under an address, which may hold a password and is never told.

    A `token` is shown as a bearer, and takes the place of that password.
    """

    def __init__(self, address: str, token: str = "", *, limit: float = LIMIT) -> None:
        scheme, _, place = address.rstrip("/").partition("://")
        self._address = f"{scheme}://{_without_password(place) if token else place}"
        self._headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._limit = aiohttp.ClientTimeout(total=limit)

    async def instant(self, query: str) -> Figures:
        """The figures of this moment."""
        return await self._asked("query", {"query": query})

    async def over(self, query: str, since: datetime, until: datetime, step: timedelta) -> Figures:
        """The figures of a span of time, one each step."""
        times = {"start": f"{since.timestamp():.3f}", "end": f"{until.timestamp():.3f}"}
        return await self._asked("query_range", {"query": query, **times, "step": f"{step.total_seconds():g}"})

    async def _asked(self, what: str, fields: Mapping[str, str]) -> Figures:
        address = f"{self._address}/api/v1/{what}"
        try:
            async with (
                aiohttp.ClientSession(timeout=self._limit, trust_env=True) as session,
                session.post(address, data=fields, headers=self._headers, allow_redirects=False) as answer,
            ):
                if answer.status in UNKNOWN:
                    return Figures(why=f"Prometheus does not let me ask ({answer.status}): see PROMETHEUS_TOKEN")
                if (answer.content_length or 0) > LARGEST:
                    return Figures(why="Prometheus answers with far too much")
                told = await _json(answer)
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            return Figures(why=f"Prometheus does not answer ({reason(error)})")
        return _read(told, answer.status)


async def _json(answer: aiohttp.ClientResponse) -> Any:
    """What it answers; None where that is something else."""
    try:
        return await answer.json(content_type=None)
    except ValueError:
        return None


def _without_password(place: str) -> str:
    """Host and path of `user:password@host/path`."""
    host, slash, path = place.partition("/")
    return host.rpartition("@")[2] + slash + path


def _read(told: Any, status: int) -> Figures:
    if not isinstance(told, Mapping) or told.get("status") != "success":
        error = told.get("error") if isinstance(told, Mapping) else None
        if error:
            return Figures(why=f"Prometheus refuses the query: {str(error)[:200]}")
        return Figures(why=f"Prometheus answers {status}, and no figures")
    data = told.get("data")
    values = tuple(_figures(data)) if isinstance(data, Mapping) else ()
    return Figures(values) if values else Figures(why=NOTHING)


def _figures(data: Mapping[str, Any]) -> list[float]:
    """Every figure of an answer that is one: 0 divided by 0 is none."""
    result = data.get("result")
    if not isinstance(result, list):
        return []
    if data.get("resultType") == "scalar":
        found = [result]
    else:
        series = [each for each in result if isinstance(each, Mapping)]
        found = [pair for each in series for pair in (*each.get("values", ()), *_one(each.get("value")))]
    figures = (_figure(pair) for pair in found)
    return [each for each in figures if each is not None and math.isfinite(each)]


def _one(pair: Any) -> tuple[Any, ...]:
    return () if pair is None else (pair,)


def _figure(pair: Any) -> float | None:
    try:
        return float(pair[1])
    except (IndexError, TypeError, ValueError):
        return None
