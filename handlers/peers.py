"""What every request to the bot's own HTTP meets, whoever sends it: limits, plain answers, nothing about us."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from aiohttp import web, web_response

from handlers import errors
from store.errors import Problem

Counted: TypeAlias = Callable[[str, int], None]
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]

LARGEST = 4 * 1024 * 1024
"""Bytes of a request's body: some 4,000 alerts in one message, as whoever sends them does not send them in smaller ones
once they are refused. Slack's own stay far below."""

BODY_WITHIN = 5.0
"""Seconds that a body gets to come in, however slowly it trickles. Slack itself waits for three in all."""

HEAD_WITHIN = 75
"""Seconds that a connection may be open with no whole request on it, as it begins and between two. A proxy's own limit
(nginx: 60) should be the shorter one."""

LINGER = 1.0
"""Seconds in which what is left of a refused body is still taken, so that the answer arrives."""

REFUSALS: Mapping[int, str] = {
    400: "The body cannot be read: it was cut off, or it is not encoded as it says.",
    404: "There is nothing at this address.",
    405: "This address takes {allowed}, not {method}.",
    408: "The body did not come in within {seconds} seconds. Send it again.",
}
"""What is said where nothing more is known, by status."""

LOOKING = frozenset({"GET", "HEAD"})

ELSEWHERE = "other"
"""What a path that is none of ours is called in figures."""

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

# aiohttp names itself, Python and both versions in every answer, also in those that it gives before any code of ours.
web_response.SERVER_SOFTWARE = "tocsin"  # type: ignore[attr-defined]

log = logging.getLogger("tocsin.http")
_quiet = logging.getLogger("tocsin.http.peers")
_quiet.setLevel(logging.CRITICAL)  # a stack trace for each peer that speaks no HTTP; what is ours we write down here


def site(counted: Counted, body_within: float = BODY_WITHIN) -> web.Application:
    """An application without pages, in which all of this holds; `counted` is told each answer's path and status."""

    @web.middleware
    async def guarded(request: web.Request, handler: Handler) -> web.StreamResponse:
        try:
            answer = await _answer(request, handler, body_within)
        except web.HTTPException as refused:
            counted(_place(request), refused.status)
            if request.method in LOOKING and request.match_info.http_exception is None:
                raise  # in words of its own, for who opened it in a browser
            return _refusal(request, refused)
        counted(_place(request), answer.status)
        return answer

    made = web.Application(client_max_size=LARGEST, middlewares=[guarded])
    made.on_response_prepare.append(_dress)
    return made


def runner(made: web.Application, farewell: float, head_within: float = HEAD_WITHIN) -> web.AppRunner:
    """What serves it; `farewell` is how many seconds requests get when it stops."""
    limits: dict[str, Any] = {"keepalive_timeout": head_within, "lingering_time": LINGER, "logger": _quiet}
    return web.AppRunner(made, access_log=None, shutdown_timeout=farewell, **limits)


def _place(request: web.Request) -> str:
    """The path without what is in it, as it may stand in figures and in the log: a link in a page is a secret."""
    known = request.match_info.route.resource
    return known.canonical if known else ELSEWHERE


async def _answer(request: web.Request, handler: Handler, body_within: float) -> web.StreamResponse:
    if request.match_info.http_exception is None:
        await _read(request, body_within)
    try:
        return await handler(request)
    except (web.HTTPException, ConnectionError):
        raise
    except Problem as problem:
        log.warning("A request to %s could not be answered: %s", _place(request), problem)
        return web.json_response({"error": problem.plainly}, status=503, headers={"Retry-After": "5"})
    except Exception as error:
        return web.json_response({"error": errors.logged(error)}, status=500)


async def _read(request: web.Request, within: float) -> None:
    """Takes the whole body in before anything looks at it. Raises what tells the peer that it is too large or slow."""
    try:
        async with asyncio.timeout(within):
            await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout(headers={"Connection": "close"}) from None
    except web.HTTPRequestEntityTooLarge:
        log.warning("A request to %s was refused: larger than %s MB", _place(request), LARGEST // 1024**2)
        said = f"The body is larger than {LARGEST // 1024**2} MB. Send less at once."
        raise web.HTTPRequestEntityTooLarge(LARGEST, LARGEST + 1, text=said) from None
    except (web.HTTPException, ConnectionError):
        raise
    except Exception as error:  # cut off, or not encoded as it says
        log.info("A request whose body cannot be read: %s", type(error).__name__)
        raise web.HTTPBadRequest(headers={"Connection": "close"}) from None


def _refusal(request: web.Request, refused: web.HTTPException) -> web.Response:
    """The refusal as programs read it: one sentence in JSON."""
    allowed = " or ".join(each for each in refused.headers.get("Allow", "").split(",") if each != "HEAD")
    words = {"method": request.method, "allowed": allowed, "seconds": round(BODY_WITHIN)}
    known = REFUSALS.get(refused.status)
    said = known.format(**words) if known else refused.text or refused.reason
    kept = {name: refused.headers[name] for name in ("Allow", "Connection") if name in refused.headers}
    return web.json_response({"error": said}, status=refused.status, headers=kept)


async def _dress(_request: web.Request, answer: web.StreamResponse) -> None:
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
