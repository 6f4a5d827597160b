"""A line that is logged while somebody is served names them and their request; what comes after names nobody."""

import logging
from collections.abc import Iterator

import pytest

from bot.cli.logs import Told
from bot.outside.about import About, current
from handlers.bolt import build, dispatched
from handlers.parts import Parts

MENTION = {
    "type": "event_callback",
    "event_id": "Ev0001",
    "team_id": "T1",
    "event": {
        "type": "app_mention",
        "user": "U1ADA",
        "team": "T1",
        "channel": "C1",
        "ts": "1.2",
        "text": "<@U0BOT> help",
    },
}


class Lines(logging.Handler):
    """Keeps what each line is about."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.addFilter(Told())
        self.seen: list[tuple[str, About]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.seen.append((record.getMessage(), record.about))  # type: ignore[attr-defined]


@pytest.fixture
def lines() -> Iterator[Lines]:
    it = Lines()
    logging.getLogger("tocsin").addHandler(it)
    yield it
    logging.getLogger("tocsin").removeHandler(it)


async def test_who_asked_and_by_which_request(parts: Parts, lines: Lines) -> None:
    bolt = build(parts)
    assert (await dispatched(bolt, MENTION)).status == 200
    await parts.running.idle()
    assert current() == About()
    assert (await dispatched(bolt, {"type": "no such thing"})).status == 404
    told = {message: about for message, about in lines.seen if "did not go out" in message}
    assert set(told.values()) == {About(actor="slack:U1ADA", request="Ev0001")}
