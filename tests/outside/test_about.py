"""What a line of the log is about: the work at hand, and nothing that outlives it."""

import asyncio
import json
import logging
from collections.abc import Iterator
from io import StringIO

import pytest

from bot.cli.blanking import Secrets
from bot.cli.logs import JsonLines, Lines, Told
from bot.outside.about import About, about, current

NOBODY = About()


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """A logger that writes only where `told` reads."""
    made = logging.getLogger("tocsin.tested")
    made.propagate = False
    made.setLevel(logging.DEBUG)
    yield made
    made.handlers.clear()
    made.propagate = True


def told(log: logging.Logger, formatter: logging.Formatter) -> StringIO:
    """What is written with that formatter."""
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(formatter)
    handler.addFilter(Told())
    log.addHandler(handler)
    return stream


def test_it_holds_inside_the_block_only() -> None:
    with about(subject="incident:12", actor="slack:U1", request="12.34"):
        assert current() == About("INC-12", "slack:U1", "12.34")
        with about(subject="person:U1"):
            assert current() == About("", "slack:U1", "12.34")
        assert current().incident == "INC-12"
    assert current() == NOBODY


async def test_a_task_keeps_what_it_was_started_for_and_one_at_a_time_knows_nothing_of_others() -> None:
    seen: dict[str, About] = {}
    go = asyncio.Event()

    async def work(name: str) -> None:
        await go.wait()
        seen[name] = current()

    with about(subject="incident:1", actor="slack:U1"):
        first = asyncio.create_task(work("first"))
    with about(subject="incident:2"):
        second = asyncio.create_task(work("second"))
    third = asyncio.create_task(work("third"))
    go.set()
    await asyncio.gather(first, second, third)
    assert seen == {"first": About("INC-1", "slack:U1"), "second": About("INC-2"), "third": NOBODY}


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({"subject": "incident:12", "actor": "slack:U1"}, "INC-12 slack:U1: it waits"),
        ({"subject": "incident:12"}, "INC-12: it waits"),
        ({}, "it waits"),
    ],
)
def test_a_line_for_people(log: logging.Logger, given: dict[str, str], line: str) -> None:
    stream = told(log, Lines(Secrets()))
    with about(**given):
        log.info("it %s", "waits")
    assert stream.getvalue()[20:] == f"INFO    tocsin.tested       {line}\n"


def test_a_line_for_machines(log: logging.Logger) -> None:
    stream = told(log, JsonLines(Secrets(["hush-hush"])))
    with about(subject="incident:12", actor="slack:U1", request="12.34"):
        log.info("it waits")
    try:
        raise ValueError("not with hush-hush")
    except ValueError:
        log.exception("It broke")
    first, second = (json.loads(line) for line in stream.getvalue().splitlines())
    del first["at"]
    assert first == {
        "level": "INFO",
        "logger": "tocsin.tested",
        "message": "it waits",
        "incident": "INC-12",
        "actor": "slack:U1",
        "request": "12.34",
    }
    assert second["trace"].endswith("ValueError: not with [hidden]")
    assert "incident" not in second
