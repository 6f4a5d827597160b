"""Plots, drawn by real processes: one that draws, one that dies, one that meets an error, one that never answers."""

import asyncio
import os
import signal
import sys
import threading
from pathlib import Path

import pytest

from bot.views.charts import Bar, PagesPlot
from scheduler.drawing import Drawing, NotDrawn
from tests.processes.running import until


def plot(title: str) -> PagesPlot:
    return PagesPlot(title, (("ada", (Bar(3, 1), Bar(6, 4))),), ("23 Feb", "2 Mar"), 2, 5)


def by_title(asked: PagesPlot) -> bytes:
    """What the plot's title says, in the process that is to draw it."""
    match asked.title:
        case "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        case "ends":
            os._exit(3)
        case "ends well":
            os._exit(0)
        case "fails":
            raise KeyError("a name that nobody else should read")
        case "chats":
            sys.stdout.write("one moment")
    return asked.title.encode()


def never(asked: PagesPlot) -> bytes:
    """Says who it is in the file that the title names, and waits for ever."""
    Path(asked.title).write_text(str(os.getpid()), "utf-8")
    threading.Event().wait()
    return b""


def is_gone(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


def begun(folder: Path) -> list[int]:
    """The processes that came so far as to say who they are."""
    return [int(told) for file in folder.iterdir() if (told := file.read_text("utf-8"))]


async def test_a_plot_is_drawn() -> None:
    assert (await Drawing().picture(plot("Pages a week"))).startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("title", "why"),
    [
        ("killed", "its process was ended by signal 9"),
        ("ends", "its process ended with status 3"),
        ("ends well", "its process ended with status 0"),
        ("fails", "KeyError"),
    ],
)
async def test_one_that_dies_is_told_and_the_next_is_drawn(title: str, why: str) -> None:
    drawing = Drawing(by_title)
    for _ in range(2):
        with pytest.raises(NotDrawn) as found:
            await drawing.picture(plot(title))
        assert str(found.value) == why
    assert await drawing.picture(plot("chats")) == b"chats"


async def test_one_whose_module_is_broken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "half_edited.py"
    broken.write_text("def draw(plot): return b''\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    from half_edited import draw  # type: ignore[import-not-found]

    broken.write_text("def draw(plot:\n", "utf-8")
    with pytest.raises(NotDrawn, match="SyntaxError"):
        await Drawing(draw).picture(plot("x"))


async def test_one_that_never_answers_has_a_limit_and_holds_nobody_up(tmp_path: Path) -> None:
    drawing = Drawing(never, limit=0.5)
    asked = [drawing.picture(plot(str(tmp_path / name))) for name in ("a", "b")]
    async with asyncio.timeout(60):
        found = await asyncio.gather(*asked, return_exceptions=True)
    assert [str(each) for each in found] == ["it took longer than 0.5 s"] * 2
    assert [type(each) for each in found] == [NotDrawn] * 2
    assert all(map(is_gone, begun(tmp_path)))


async def test_who_is_cut_off_finds_it_when_they_ask_again() -> None:
    drawing = Drawing(by_title)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0):
            await drawing.picture(plot("drawn"))
    assert await drawing.picture(plot("drawn")) == b"drawn"


async def test_when_the_bot_stops_no_process_is_left(tmp_path: Path) -> None:
    drawing, file = Drawing(never), tmp_path / "pid"
    waiting = asyncio.create_task(drawing.picture(plot(str(file))))

    async def written() -> str:
        return file.read_text("utf-8") if file.exists() else ""

    pid = int(await until(written, "the process at work"))
    await drawing.stop()
    assert is_gone(pid)
    with pytest.raises(asyncio.CancelledError):
        await waiting
