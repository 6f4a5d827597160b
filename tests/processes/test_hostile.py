"""What nobody should send, to the program itself: refused in a sentence, and nothing valid is lost."""

import gzip
import io
import json
from collections.abc import AsyncIterator
from typing import Any

from tests.alerts.payloads import alertmanager, firing
from tests.processes.conftest import MakePlace
from tests.processes.place import Place

WHOLE = json.dumps(alertmanager(firing())).encode()
NESTED = b'{"title": "x", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
FORM = {"Content-Type": "multipart/form-data; boundary=x"}
SENT: dict[str, tuple[str, str, dict[str, Any], int]] = {
    "another method": ("PUT", "/alerts/alertmanager", {"data": WHOLE}, 405),
    "nowhere": ("POST", "/alerts/alertmanager/here", {"data": WHOLE}, 404),
    "too much": ("POST", "/alerts/alertmanager", {"data": io.BytesIO(b"x" * 8 * 1024**2)}, 413),
    "packed too well": (
        "POST",
        "/alerts/alertmanager",
        {"data": gzip.compress(b" " * 20_000_000), "headers": {"Content-Encoding": "gzip"}},
        413,
    ),
    "not packed": ("POST", "/alerts/grafana", {"data": WHOLE, "headers": {"Content-Encoding": "gzip"}}, 400),
    "no such encoding": (
        "POST",
        "/alerts/alertmanager",
        {"data": WHOLE, "headers": {"Content-Type": "application/json; charset=nothing"}},
        400,
    ),
    "nested": ("POST", "/alerts/generic", {"data": NESTED}, 400),
    "a nested change": ("POST", "/changes", {"data": NESTED}, 400),
    "a form without parts": ("POST", "/alerts/report", {"data": b"no part", "headers": FORM}, 400),
    "a time that is none": ("POST", "/changes", {"json": {"title": "x", "at": "9999-12-31T23:59:59-23:59"}}, 400),
    "another door": ("POST", "/alerts/pagerduty", {"data": WHOLE}, 400),
}


async def in_pieces() -> AsyncIterator[bytes]:
    for at in range(0, len(WHOLE), 7):
        yield WHOLE[at : at + 7]


async def test_it_is_told_in_a_sentence_and_holds_up_nothing(make_place: MakePlace) -> None:
    place: Place = await make_place("socket")
    bot = await place.run()
    for name, (method, path, body, status) in SENT.items():
        async with place.slack.session.request(method, f"{place.url}{path}", **body) as answer:
            found = await answer.json()
            assert (answer.status, bool(found["error"])) == (status, True), name
    late = {**firing("web-2"), "startsAt": "9999-12-31T23:59:59-23:59", "endsAt": []}
    for data in (in_pieces(), json.dumps(alertmanager(late)).encode()):
        async with place.slack.session.post(f"{place.url}/alerts/alertmanager", data=data) as answer:
            assert (await answer.json())["incidents"] == ["INC-1"]
    await place.slack.room(1)
    assert "ERROR" not in bot.said


async def test_a_flood_of_different_alerts_is_a_handful_of_channels(make_place: MakePlace) -> None:
    place: Place = await make_place("socket")
    await place.run()
    found = set[str]()
    for number in range(60):
        body = alertmanager(firing(f"web-{number}", alertname=f"Fault{number}"))
        async with place.slack.session.post(f"{place.url}/alerts/alertmanager", json=body) as answer:
            found |= set((await answer.json())["incidents"])
    assert found == {f"INC-{number}" for number in range(1, 6)}
    room = await place.slack.room(5)
    await place.slack.sees(room["id"], "different alerts by now")
    assert len(await place.slack.rooms()) == 5
