"""`python jumping.py`, in the folder of a place: `tocsin run` whose wall clock jumps.

The bot reads the moment in one place; here it is the machine's plus as many seconds as the file `jump` says.
"""

import asyncio
import signal
from datetime import datetime, timedelta
from pathlib import Path

from bot.app import running
from bot.outside.clock import Clock
from bot.settings.environment import load_environment
from bot.settings.policy import load_policy
from store.migrations import migrate

JUMP = "jump"


def set_clock(folder: Path, seconds: float) -> None:
    """Sets the clock of the bot that runs there, in one go."""
    fresh = folder / "fresh"
    fresh.write_text(f"{seconds:.0f}", encoding="ascii")
    fresh.replace(folder / JUMP)


class Jumping(Clock):
    """A clock that somebody sets while it runs, ahead and back; nobody is told."""

    def now(self) -> datetime:
        """The machine's time, as far off as the file says."""
        return super().now() + timedelta(seconds=float(Path(JUMP).read_text(encoding="ascii")))


async def serve() -> None:
    """Until SIGTERM."""
    environment = load_environment()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await migrate(environment.database_url)
    async with running(environment, load_policy(environment.config_file), Jumping()):
        await stop.wait()


if __name__ == "__main__":
    asyncio.run(serve())
