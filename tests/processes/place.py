"""A workspace in one process and the bot in another, which is started, stopped, killed and started again."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import aiohttp

from bot.settings.scopes import BOT_SCOPES
from tests.processes.running import Program, free_port, until
from tests.processes.workspace import Workspace

Transport = Literal["http", "socket"]
SQLITE = "sqlite+aiosqlite:///tocsin.db"
CONFIGURATION = """
timezone: Europe/Madrid
slack: {channel_rate: 1000/s, burst: 100}
teams: [{name: payments, channel: "#payments", group: "@payments-oncall"}]
services: [{name: checkout, team: payments}]
severities:
"""
LEVEL = "  - {{name: {name}, respond_within: {respond}, update_every: {update}, escalate_after: {escalate}}}\n"


def configuration(*, respond: str = "1h", update: str = "1h", escalate: str = "2h") -> str:
    """A configuration in which nothing falls due for an hour, but for what is said."""
    levels = (LEVEL.format(name=f"SEV{n}", respond=respond, update=update, escalate=escalate) for n in (1, 2))
    return CONFIGURATION + "".join(levels)


@dataclass
class Place:
    """A workspace, and a folder with a database in which the bot runs, stops and runs again."""

    slack: Workspace
    folder: Path
    ports: list[int]
    transport: Transport
    bots: list[Program] = field(default_factory=list)
    database: str = SQLITE
    more: dict[str, str] = field(default_factory=dict)
    """Further variables of the environment."""

    @classmethod
    async def make(
        cls,
        folder: Path,
        session: aiohttp.ClientSession,
        transport: Transport = "http",
        settings: str | None = None,
        database: str = SQLITE,
        doors: int = 1,
        through: str = "",
    ) -> "Place":
        """A workspace at work, and the folder ready for the bot; for several bots there are as many `doors`.

        `through` is an address that takes Slack's requests and passes them on to the doors, where they do not come
        straight from Slack.
        """
        ports = [free_port() for _ in range(doors)]
        words = ["-m", "bot.sandbox", "--scopes", ",".join(sorted(BOT_SCOPES))]
        straight = [f"http://127.0.0.1:{port}/slack/events" for port in ports]
        for address in ([through] if through else straight) if transport == "http" else ():
            words += ["--events-url", address]
        program = await Program.start(folder, *words, log="sandbox")
        about = json.loads(await program.line())
        place = cls(Workspace(program, session, about["url"], about), folder, ports, transport, database=database)
        place.configure(settings or configuration())
        return place

    async def end(self) -> None:
        """Nothing of it runs any more."""
        for program in (*self.bots, self.slack.program):
            await program.kill()

    @property
    def url(self) -> str:
        """The bot's own HTTP."""
        return self.address(0)

    def address(self, door: int) -> str:
        """The HTTP of one of several bots."""
        return f"http://127.0.0.1:{self.ports[door]}"

    def variables(self, door: int = 0) -> dict[str, str]:
        """What the bot is told by the environment."""
        about = self.slack.about
        way = (
            {"SLACK_APP_TOKEN": about["app_token"]}
            if self.transport == "socket"
            else {"SLACK_SIGNING_SECRET": about["signing_secret"]}
        )
        return {
            "SLACK_BOT_TOKEN": about["bot_token"],
            "SLACK_API_URL": about["api_url"],
            "DATABASE_URL": self.database,
            "PORT": str(self.ports[door]),
            **way,
            **self.more,
        }

    def configure(self, text: str) -> None:
        """Writes tocsin.yaml."""
        (self.folder / "tocsin.yaml").write_text(text, encoding="utf-8")

    async def run(self, *words: str, path: str = "/readyz", door: int = 0) -> Program:
        """Starts `tocsin run`; answers once that path of its own says yes and, over Socket Mode, it is connected."""
        words = words or ("-m", "bot", "run")
        before = await self._connections()
        bot = await Program.start(self.folder, *words, log=f"bot-{door}" if door else "bot", **self.variables(door))
        self.bots.append(bot)

        async def is_up() -> bool:
            assert bot.process.returncode is None, bot.said
            return await self.status(path, door) == 200 and await self._connections() > before

        try:
            await until(is_up, f"200 from {path}")
        except AssertionError as late:
            raise AssertionError(f"{late}; it says: {bot.said}") from None
        return bot

    async def _connections(self) -> int:
        if self.transport == "http":
            return len([b for b in self.bots if b.process.returncode is None]) - 1
        return len(await self.slack.calls("apps.connections.open"))

    async def status(self, path: str, door: int = 0) -> int:
        """What the bot's HTTP answers to GET; 0 for nothing."""
        try:
            async with self.slack.session.get(f"{self.address(door)}{path}") as answer:
                return answer.status
        except aiohttp.ClientConnectionError:
            return 0
