"""Where the time of a declare goes: `python -m tests.bench.profile` samples a running bot, all its threads.

It prints a table of shares. Needs the right to look into another process (on Linux root, or ptrace_scope 0).
"""

import asyncio
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable
from contextlib import AsyncExitStack
from pathlib import Path

import aiohttp

from tests.bench.figures import progress
from tests.bench.load import Load
from tests.processes.place import Place

DECLARES = 600
HANDS = 4
RATE = 400
"""Samples a second."""

IDLE = re.compile(r"SimpleQueue_get|epoll_wait|PyThread_acquire_lock_timed|^_worker \(concurrent")
"""Frames of a thread that waits for work."""

WHERE: tuple[tuple[str, str], ...] = (
    (r"^(fdatasync|fsync) ", "the disk: fdatasync at each COMMIT"),
    (r"^pthread_cond_(timed)?wait ", "threads waiting for Python's one lock"),
    (r"sqlite3|_sqlite|pysqlite", "SQLite: its statements"),
    (r"greenlet|\(sqlalchemy/", "SQLAlchemy: statements and rows"),
    (r"\(aiosqlite/", "aiosqlite: to and from its threads"),
    (r"\(bot/views/", "wording (bot.views)"),
    (r"\(bot/rules/", "rules (bot.rules)"),
    (r"\((store/|bot/changes)", "store and bot.changes"),
    (r"\(slack_sdk/", "slack_sdk: calling Slack"),
    (r"\(slack_bolt/", "Bolt: requests in"),
    (r"\((aiohttp|yarl|multidict|propcache)/", "aiohttp: HTTP in and out"),
    (r"\((scheduler|handlers|bot)/", "handlers and scheduler"),
    (r"\((asyncio/|selectors)|asynciomodule", "the event loop"),
)
"""What a frame, as the sampler writes it, counts as; the innermost that is known decides."""


async def sampled(folder: Path) -> Counter[str]:
    """Samples by what they count as, while people declare."""
    async with AsyncExitStack() as stack:
        session = await stack.enter_async_context(aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)))
        place = await Place.make(folder, session)
        stack.push_async_callback(place.end)
        bot = await place.run()
        about = place.slack.about
        ada, general = await place.slack.person("ada"), (await place.slack.channels())["general"]["id"]
        load = Load(session, f"{place.url}/slack/events", about["signing_secret"], ada, general, about["team_id"])
        await load.one_by_one(20, lambda n: f"declare sev1 Warm {n:03d}")
        progress(f"{DECLARES} declares, {HANDS} at once, sampled {RATE} times a second")
        raw = folder / "samples.txt"
        spy = await asyncio.create_subprocess_exec(
            *(str(Path(sys.executable).with_name("py-spy")), "record", "--pid", str(bot.process.pid)),
            *("--format", "raw", "--native", "--rate", str(RATE), "--duration", "3600", "--output", str(raw)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await load.at_once(HANDS, DECLARES // HANDS, lambda n: f"declare sev1 Outage {n:03d}")
        spy.send_signal(2)
        await spy.wait()
        if not raw.exists():
            raise RuntimeError("py-spy may not look into the bot's process; try as root")
        return counted(raw.read_text(encoding="utf-8").splitlines())


def counted(lines: Iterable[str]) -> Counter[str]:
    """Lines of `outer;…;inner samples`, by what the innermost known frame counts as."""
    found: Counter[str] = Counter()
    for line in lines:
        frames, _, many = line.rpartition(" ")
        stack = frames.split(";")
        if not any(IDLE.search(frame) for frame in stack[-8:]):
            found[_kind(stack)] += int(many)
    return found


def _kind(frames: list[str]) -> str:
    for frame in reversed(frames):
        for pattern, name in WHERE:
            if re.search(pattern, frame):
                return name
    return "the rest of Python"


def main() -> int:
    """Prints the shares, largest first."""
    with tempfile.TemporaryDirectory(prefix="tocsin-profile-") as folder:
        try:
            found = asyncio.run(sampled(Path(folder)))
        except (AssertionError, RuntimeError, aiohttp.ClientError, OSError) as error:
            sys.stderr.write(f"The profile was not taken: {error}\n")
            return 1
    total = found.total()
    for name, many in found.most_common():
        sys.stdout.write(f"{many / total:6.1%}  {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
