"""`tocsin copy` at a terminal shows how far it is; what cannot be copied is one sentence."""

import asyncio
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from store.migrations import migrate
from tests.processes.running import ended, environment


def at_a_terminal(folder: Path, *words: str) -> tuple[int, str]:
    """Runs `tocsin words…` with a terminal to tell its progress to; its status, and what stood there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *words],
        cwd=folder,
        env=environment({"TERM": "xterm"}),
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        said = b""
        while chunk := _read(ours):
            said += chunk
        os.close(ours)
        return process.wait(60), said.decode()


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 4096)
    except OSError:  # its other end is closed
        return b""


async def test_a_bar_for_who_looks_on(tmp_path: Path) -> None:
    await migrate(f"sqlite+aiosqlite:///{tmp_path / 'a.db'}")
    status, said = await asyncio.to_thread(
        at_a_terminal, tmp_path, "copy", "--from", "sqlite:///a.db", "--to", "sqlite:///b.db"
    )
    assert status == 0, said
    assert "counters" in said
    assert "counters, read back" in said
    assert "####" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("copy", "--from", "mysql://a/b", "--to", "sqlite:///b.db"), "--from is no database address"),
        (("copy", "--from", "sqlite:///nowhere.db", "--to", "sqlite:///b.db"), "There is no Tocsin database"),
        (("backup", "a.db"), "There is no Tocsin database"),
    ],
)
async def test_what_cannot_be_is_one_sentence(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    status, _, err = await ended(tmp_path, "-m", "bot", *words)
    assert status == 2
    assert said in err
    assert len(err.strip().splitlines()) == 1
    assert os.listdir(tmp_path) == []
