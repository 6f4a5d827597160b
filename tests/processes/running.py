"""Programs in processes of their own, and a Slack that is reached over HTTP alone."""

import asyncio
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
SOON = 60.0
"""Seconds of machine time within which everything here has happened, also on a busy machine."""

GLANCE = 0.03
OWN_PORTS = range(10_240, 32_768)
"""From above what services have as their own, to where Linux begins to hand ports out."""

DISK = ("LD_PRELOAD", "SLOW_DISK_US")
"""What makes the disk slow, where the one who starts programs has it so."""


async def until(look: Callable[[], Awaitable[T | None]], what: str, seconds: float = SOON) -> T:
    """Looks again and again until the answer is something; says what it waited for when time is up."""
    deadline = time.monotonic() + seconds
    while not (answer := await look()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {seconds:g} seconds")
        await asyncio.sleep(GLANCE)
    return answer


def free_port() -> int:
    """A port that nobody listens to, of those which no system hands out by itself, so nobody takes it meanwhile."""
    while True:
        port = secrets.choice(OWN_PORTS)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port


def environment(more: Mapping[str, str]) -> dict[str, str]:
    """The environment of a program: where programs are, which disk it has, and nothing else that could configure it."""
    disk = {name: os.environ[name] for name in DISK if name in os.environ}
    return {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "LOG_LEVEL": "INFO", **disk, **more}


@dataclass
class Program:
    """A running program; what it says on stderr goes to a file."""

    process: asyncio.subprocess.Process
    log: Path

    @classmethod
    async def start(cls, folder: Path, *words: str, log: str = "log", **variables: str) -> "Program":
        """Starts `python words…` in the folder, with these variables."""
        path = folder / f"{log}.txt"
        with path.open("ab") as file:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                *words,
                cwd=folder,
                env=environment(variables),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.PIPE,
                stderr=file,
            )
        return cls(process, path)

    @property
    def said(self) -> str:
        """Everything on stderr, of earlier runs with the same log too."""
        return self.log.read_text(encoding="utf-8")

    async def line(self) -> str:
        """The next line on stdout."""
        assert self.process.stdout
        async with asyncio.timeout(SOON):
            line = await self.process.stdout.readline()
        assert line, f"It ended instead: {self.said}"
        return line.decode()

    async def kill(self) -> None:
        """kill -9, and gone."""
        if self.process.returncode is None:
            self.process.send_signal(signal.SIGKILL)
        await self.process.wait()

    async def stop(self, seconds: float = SOON) -> int:
        """SIGTERM; its exit status. Fails where it takes longer."""
        self.process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(seconds):
            return await self.process.wait()


async def ended(folder: Path, *words: str, **variables: str) -> tuple[int, str, str]:
    """Runs a program to its end: its status, stdout and stderr."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *words,
        cwd=folder,
        env=environment(variables),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    async with asyncio.timeout(SOON):
        out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()
