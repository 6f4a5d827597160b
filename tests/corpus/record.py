"""Records what Slack sends: `python -m tests.corpus.record` acts a day out in the sandbox, and writes the file anew."""

import asyncio
import json
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import Bot, running
from bot.outside.clock import Clock
from bot.sandbox import Sandbox
from bot.sandbox.delivery import Answer, Carrier, Parcel
from bot.sandbox.payloads import submission
from bot.settings.environment import Environment
from bot.settings.scopes import BOT_SCOPES
from handlers.offered import EVENTS, SHORTCUTS
from handlers.verbs import VERBS
from store.migrations import migrate
from tests.corpus import FILE
from tests.stories.kit import MONDAY, policy_of

LINES = {"declare": "sev1 Checkout is down & <https://x.example|out>", "event": "14:05 deployed", "merge": "INC-2"}
LINES |= {"role": "comms <@U0002|bob>", "lead": "<@U0002|bob>", "severity": "sev2 it is better", "snooze": "30m"}
FORMS = ("update", "status", "severity", "role", "resolve", "note", "event", "snooze", "service", "edit", "handoff")
FORMS += ("cancel", "private", "merge", "declare")
SETTLED = 0.3


@dataclass
class Recorder:
    """Hands every parcel on, and keeps events by their type; `latest` is what somebody did last."""

    carrier: Carrier
    kept: dict[str, Any] = field(default_factory=dict)
    latest: Parcel | None = None
    known: bool = True

    async def carry(self, parcel: Parcel, limit: float) -> Answer:
        """Kept before the bot sees it."""
        if parcel.kind == "events_api":
            event = parcel.payload["event"]
            self._keep(f"event {event['type']}{' of a bot' if 'bot_id' in event else ''}", parcel)
        else:
            self.latest = parcel
        return await self.carrier.carry(parcel, limit)

    def keep(self, name: str) -> None:
        """Keeps what somebody did last under this name."""
        assert self.latest
        self._keep(name, self.latest)

    def _keep(self, name: str, parcel: Parcel) -> None:
        self.kept.setdefault(name, {"kind": parcel.kind, "payload": parcel.payload})


@dataclass
class Day:
    """The workspace on that day, and what people do in it."""

    sandbox: Sandbox
    bot: Bot
    tape: Recorder
    ada: str
    room: str = ""

    async def quiet(self) -> None:
        """All that was asked for is done."""
        await self.sandbox.quiet()
        await self.bot.turning.settled()
        await asyncio.sleep(SETTLED)

    async def types(self, line: str, name: str, where: str = "") -> None:
        """A slash command."""
        await self.sandbox.command(self.ada, where or self.room, line)
        self.tape.keep(name)
        await self.quiet()

    async def opens(self) -> None:
        """An incident with its channel, which Ada is in, and another one."""
        await self.types("declare sev1 Checkout is down", "slash declare", "general")
        await self.types("declare sev2 Search is slow", "slash declare", "general")
        self.room = next(c.id for c in self.sandbox.ws.channels.values() if c.name.startswith("inc-1-"))
        await self.sandbox.join(self.ada, self.room)
        await self.quiet()

    async def fills_in(self) -> None:
        """Every form, handed in as it stands."""
        for verb in FORMS:
            await self.types(verb, f"slash {verb}")
            view = self.sandbox.view(self.ada)
            assert view, verb
            payload = submission(self.sandbox.ws, self.sandbox.ws.person(self.ada), view)
            self.tape.kept[f"modal {view.callback_id}"] = {"kind": "interactive", "payload": payload}
            if verb == "declare":
                await self.sandbox.choose(self.ada, "services", ["checkout"])
                self.tape.keep("button modal")
            await self.sandbox.close_view(self.ada)

    async def presses(self) -> None:
        """A button and a menu on a message, on what only Ada sees, and in her Home."""
        card = next(m for m in self.sandbox.messages(self.ada, self.room) if "Acknowledge" in str(m.blocks))
        await self.sandbox.click(self.ada, self.room, card.ts, label="Acknowledge")
        self.tape.keep("button message")
        await self.quiet()
        await self.sandbox.click(self.ada, self.room, card.ts, label="Change status")
        self.tape.keep("button menu")
        await self.quiet()
        await self.sandbox.close_view(self.ada)
        mine = [m for m in self.sandbox.messages(self.ada, self.room) if m.ephemeral_for and "Undo" in str(m.blocks)]
        await self.sandbox.click(self.ada, self.room, mine[-1].ts, label="Undo")
        self.tape.keep("button ephemeral")
        await self.quiet()
        await self.sandbox.open_home(self.ada)
        await self.quiet()
        await self.sandbox.click_in_home(self.ada, label="Declare incident")
        self.tape.keep("button home")
        await self.quiet()
        await self.sandbox.close_view(self.ada)

    async def uses(self) -> None:
        """Every shortcut, and what is said and marked."""
        ts = await self.sandbox.say(self.ada, self.room, f"<@{self.sandbox.bot_user}> show & <b>")
        await self.quiet()
        for each in SHORTCUTS:
            door = each["callback_id"]
            if each["type"] == "message":
                await self.sandbox.message_shortcut(self.ada, door, self.room, ts)
            else:
                await self.sandbox.shortcut(self.ada, door)
            self.tape.keep(f"shortcut {door}")
            await self.quiet()
            if self.sandbox.view(self.ada):
                await self.sandbox.close_view(self.ada)
        await self.sandbox.react(self.ada, self.room, ts, "pushpin")
        await self.quiet()

    async def comes_and_goes(self) -> None:
        """Channels and people change."""
        await self.sandbox.leave(self.ada, self.room)
        self.sandbox.rename(self.room, "inc-1-else")
        self.sandbox.archive(self.room, self.ada)
        self.sandbox.unarchive(self.room, self.ada)
        self.sandbox.remove_bot(self.sandbox.channel("payments").id, self.ada)
        self.sandbox.delete_channel(self.sandbox.channel("payments").id)
        self.sandbox.huddle(self.ada)
        self.sandbox.deactivate(self.sandbox.ws.person("bob").id)
        await self.quiet()


def workspace() -> Sandbox:
    """Ada, Bob and three channels, as they are recorded."""
    sandbox = Sandbox(Clock(MONDAY, runs=False), scopes=set(BOT_SCOPES), events=EVENTS, shortcuts=SHORTCUTS)
    people = [sandbox.add_user(name, name.title(), tz="Europe/Madrid") for name in ("ada", "bob")]
    for name in ("general", "incidents", "payments"):
        sandbox.add_channel(name, members=people)
    return sandbox


def environment(sandbox: Sandbox, folder: Path | str) -> Environment:
    """A bot that takes what that workspace sends, through both doors."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    return Environment(
        slack_bot_token=SecretStr(sandbox.bot_token),
        slack_app_token=SecretStr(sandbox.app_token),
        slack_signing_secret=SecretStr(sandbox.signing_secret),
        slack_api_url=sandbox.api_url,
        database_url=f"sqlite+aiosqlite:///{folder}/day.db",
        port=0,
    )


async def recording(folder: str) -> dict[str, Any]:
    """What a day brings."""
    sandbox = workspace()
    await sandbox.start()
    told = environment(sandbox, folder)
    await migrate(told.database_url)
    async with running(told, policy_of(), Clock(MONDAY, runs=False)) as bot:
        sandbox.deliver_over_http(f"{bot.url}/slack/events")
        tape = Recorder(sandbox.delivery.carrier)
        sandbox.delivery.carrier = tape
        await bot.workspace.ready.wait()
        day = Day(sandbox, bot, tape, sandbox.ws.person("ada").id)
        await day.opens()
        await day.presses()
        await day.uses()
        await day.fills_in()
        for verb in VERBS:
            line = f"{verb.name} {LINES.get(verb.name, 'some words')}"
            await day.types(line, f"slash {verb.name} in words", "general")
        await day.comes_and_goes()
    await sandbox.stop()
    return dict(sorted(tape.kept.items()))


def main() -> None:
    """Writes the file."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(recording(folder))
    lines = ",\n".join(f"{json.dumps(name)}: {json.dumps(each, sort_keys=True)}" for name, each in found.items())
    FILE.write_text(f"{{\n{lines}\n}}\n", "utf-8")


if __name__ == "__main__":
    main()
