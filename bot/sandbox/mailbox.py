"""A mail server that keeps what it is given and passes nothing on, for the page to show."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

LINE_BYTES = 64 * 1024
MOST_BYTES = 4 * 1024**2
Kept = Callable[[str, EmailMessage], None]


@dataclass(slots=True)
class Talk:
    """One connection: what was said so far of the mail that comes."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    keep: Kept
    to: list[str] = field(default_factory=list)

    async def run(self) -> None:
        """Answer until the other side has said good-bye or gone."""
        self.say("220 sandbox")
        while line := (await self.reader.readline()).decode("utf-8", "replace").strip():
            verb = line[:4].upper()
            if verb == "DATA":
                await self.data()
                continue
            if verb == "RCPT":
                self.to.append(line.partition("<")[2].partition(">")[0])
            if verb in ("MAIL", "RSET", "EHLO", "HELO"):
                self.to.clear()
            self.say("221 bye" if verb == "QUIT" else "250 ok")
            if verb == "QUIT":
                return

    async def data(self) -> None:
        """Take the mail itself, to the line that is only a full stop."""
        if not self.to:
            self.say("503 to whom?")
            return
        self.say("354 go on")
        lines: list[bytes] = []
        while (line := await self.reader.readline()) not in (b".\r\n", b".\n", b""):
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
            if sum(map(len, lines)) > MOST_BYTES:
                self.say("552 too long")
                return
        mail = message_from_bytes(b"".join(lines), policy=default)
        for address in self.to:
            self.keep(address, mail)
        self.to.clear()
        self.say("250 kept")

    def say(self, line: str) -> None:
        """One line of an answer."""
        self.writer.write(f"{line}\r\n".encode())


@dataclass(slots=True)
class Mailbox:
    """Listens on this machine. `keep` is given each address with its mail."""

    keep: Kept
    server: asyncio.Server | None = None
    talks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> str:
        """Listen on a free port. Returns the address, `smtp://127.0.0.1:…`."""
        self.server = await asyncio.start_server(self._talk, "127.0.0.1", 0, limit=LINE_BYTES)
        return f"smtp://127.0.0.1:{self.server.sockets[0].getsockname()[1]}"

    async def stop(self) -> None:
        """End all connections and stop listening."""
        if self.server is not None:
            self.server.close()
        for talk in self.talks:
            talk.cancel()
        await asyncio.gather(*self.talks, return_exceptions=True)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self.talks.add(task)
            task.add_done_callback(self.talks.discard)
        with contextlib.suppress(ConnectionError, ValueError, asyncio.CancelledError):
            await Talk(reader, writer, self.keep).run()
            await writer.drain()
        writer.close()
