"""F15: what no Slack would send, at every door: no crash, no row, no server error, and nothing over Slack's limits."""

import asyncio
import hashlib
import hmac
import json
import logging
import sqlite3
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from random import Random

import aiohttp

from bot.app import Bot, running
from bot.outside.clock import Clock
from bot.sandbox import Sandbox
from store.migrations import migrate
from tests.corpus import Recorded, corpus
from tests.corpus.breaking import Broken, broken
from tests.corpus.record import environment, workspace
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground
from tests.stories.kit import MONDAY, Errors, policy_of

AT_ONCE = 8
PORTION = 5_000
DECLARING = ("slash declare", "slash drill", "modal incident:declare")
"""Recordings that make an incident as long as their breaking leaves them whole."""

OVER_LIMITS = {"invalid_blocks", "invalid_arguments", "msg_blocks_too_long", "msg_too_long", "no_text", "too_long"}
OVER_LIMITS |= {"view_too_large", "invalid_metadata_schema", "metadata_too_large", "invalid_json", "invalid_form_data"}
"""What Slack calls a message, a view or a call that is larger or of another shape than it takes."""

ROWS = {
    "incidents": "SELECT count(*) FROM incidents",
    "timeline": "SELECT count(*) FROM timeline",
    "outbox": "SELECT count(*) FROM outbox WHERE lane NOT LIKE '%/home'",
}
"""What nothing malformed may add to. A Home is drawn for who opens theirs, which is no change."""


@dataclass
class Door:
    """A bot at work, and what became of all that was pushed through its doors."""

    sandbox: Sandbox
    bot: Bot
    file: Path
    session: aiohttp.ClientSession
    errors: Errors
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    async def posts(self, each: Broken) -> None:
        """Over HTTP: refused unless it is signed, and never with a server error."""
        headers = {"Content-Type": each.content_type, **_seal(self.sandbox.signing_secret, each)}
        url, body = f"{self.bot.url}/slack/events", BytesIO(each.body)
        async with self.session.post(url, data=body, headers=headers) as answer:
            self.statuses[answer.status] += 1
            if answer.status >= 500 or (each.seal != "signed" and answer.status not in {401, 413}):
                self.wrong.append(f"{answer.status} for {each.seal} {each.body[:300]!r}")

    async def sends(self, each: Broken) -> None:
        """Through Socket Mode: as an envelope, and as bytes of no shape."""
        [connection] = self.sandbox.sockets.connections
        kinds = ("slash_commands", "interactive", "events_api", "hello", "x")
        envelope = {"envelope_id": "e", "type": kinds[len(each.body) % len(kinds)], "payload": each.payload}
        await connection.socket.send_str(json.dumps(envelope))
        await connection.socket.send_str(each.body.decode(errors="replace"))
        self.statuses[0] += 1

    async def settled(self) -> None:
        """All that was pushed through is dealt with."""
        await self.bot.turning.settled()

    def rows(self) -> dict[str, int]:
        """How many there are of what nothing malformed may add to."""
        with closing(sqlite3.connect(self.file)) as database:
            return {name: database.execute(count).fetchone()[0] for name, count in ROWS.items()}

    def judged(self) -> list[str]:
        """Everything that must not be."""
        over = [f"{c.method}: {c.error}" for c in self.sandbox.calls if c.error in OVER_LIMITS]
        lost = [] if self.sandbox.sockets.made == 1 else ["The connection broke."]
        return [*self.wrong, *over, *lost, *self.errors.lines]


@asynccontextmanager
async def at_the_door(folder: Path) -> AsyncIterator[Door]:
    """A bot that listens over HTTP and Socket Mode."""
    errors = Errors()
    sandbox = workspace()
    await sandbox.start()
    told = environment(sandbox, folder)
    await migrate(told.database_url)
    logging.getLogger().addHandler(errors)
    try:
        async with aiohttp.ClientSession() as session, running(told, policy_of(), Clock(MONDAY, runs=False)) as bot:
            await bot.workspace.ready.wait()
            await sandbox.connected()
            yield Door(sandbox, bot, folder / "day.db", session, errors)
    finally:
        logging.getLogger().removeHandler(errors)
        await sandbox.stop()


async def pushed(door: Door, recordings: list[Recorded], tried: int, seed: int) -> None:
    """So many broken ones, several at once: two of three over HTTP."""

    async def some(random: Random, share: int) -> None:
        for _ in range(share):
            each = broken(random, random.choice(recordings))
            await (door.sends(each) if random.random() < 1 / 3 else door.posts(each))

    await asyncio.gather(*(some(Random(seed + n), tried // AT_ONCE) for n in range(AT_ONCE)))
    await door.settled()


async def malformed(ground: Ground, times: int) -> Outcome:
    """To an empty database nothing may be added; over incidents, half of the times, nothing may break."""
    known = corpus()
    others = [each for name, each in known.items() if not name.startswith(DECLARING)]
    async with at_the_door(ground.folder) as door:
        before = door.rows()
        for done in range(0, times // 2, PORTION):
            await pushed(door, others, min(PORTION, times // 2 - done), done)
            ground.says(f"{done} pushed through")
        if door.rows() != before:
            door.wrong.append(f"{before} became {door.rows()}")
        await door.sandbox.command("ada", "general", "declare sev1 Checkout is down")
        for done in range(times // 2, times, PORTION):
            await pushed(door, list(known.values()), min(PORTION, times - done), done)
            ground.says(f"{done} pushed through")
        wrong = tuple(each[:500] for each in door.judged())
        answers = ", ".join(f"{number} with {status}" for status, number in sorted(door.statuses.items()) if status)
        notes = (f"answered: {answers}", f"{door.statuses[0]} through Socket Mode")
        return Outcome(times, len(wrong), 0, wrong=wrong, notes=notes)


def _seal(secret: str, each: Broken) -> dict[str, str]:
    if each.seal == "unsigned":
        return {}
    stamp = str(int(time.time()))  # noqa: TID251 - Slack signs with its wall clock
    code = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + each.body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v{0 if each.seal == 'signed' else 1}={code}"}


FAULTS = (Fault("F15", "malformed payloads", malformed, short=400, full=100_000, databases=("sqlite",), seconds=300),)
