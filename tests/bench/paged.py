"""An alert comes in and somebody is paged: how long that takes while Slack takes 100 ms for each call.

Each alert opens an incident of its own and pages somebody else: who is paged twice within a minute is told once.
"""

import asyncio
import json
from datetime import datetime
from pathlib import Path

import aiohttp

from bot.sandbox import Sandbox, demo_workspace
from bot.sandbox.__main__ import RealClock
from bot.settings.scopes import BOT_SCOPES
from tests.alerts.payloads import alertmanager, firing
from tests.bench.declares import LATENCY
from tests.bench.figures import Figure, progress, share
from tests.processes.place import SQLITE, configuration
from tests.processes.running import Program, free_port, until

MANY = 100
PAUSE = 0.3
"""Seconds between two alerts: each makes eight calls, so that several incidents are being set up at any time."""

DRAINED = 60.0


async def measured(folder: Path, session: aiohttp.ClientSession) -> list[Figure]:
    """From the sending of each alert to Slack's answer to the page of it; the bot is in another process."""
    sandbox, port = Sandbox(RealClock(), scopes=set(BOT_SCOPES)), free_port()
    demo_workspace(sandbox)
    people = [sandbox.add_user(f"person{number}", f"Person {number}") for number in range(MANY)]
    (folder / "tocsin.yaml").write_text(f"{configuration()}{_paging(people)}", encoding="utf-8")
    sandbox.deliver_over_http(f"http://127.0.0.1:{port}/slack/events")
    await sandbox.start()
    bot = await Program.start(folder, "-m", "bot", "run", log="bot", **_variables(sandbox, port))
    try:
        await until(lambda: _answers(session, f"http://127.0.0.1:{port}/readyz"), "200 from /readyz")
        sandbox.dials.latency = LATENCY
        progress(f"{MANY} alerts, one each {PAUSE:g} s, Slack at {LATENCY * 1000:.0f} ms")
        sent = await _sent(session, f"http://127.0.0.1:{port}/alerts/alertmanager", people)
        ms = await _paged(sandbox, sent)
    finally:
        await bot.kill()
        await sandbox.stop()
    return [
        Figure("alert received to page sent, p50", share(ms, 0.5), "ms"),
        Figure("alert received to page sent, p99", share(ms, 0.99), "ms", at_most=500),
    ]


def _paging(people: list[str]) -> str:
    """Each alert's own policy, which pages one person; the rest of a configuration."""
    levels = {f"policy {number}": who for number, who in enumerate(people)}
    parts = {
        "people": [{"name": who, "slack": who} for who in people],
        "policies": [{"name": name, "levels": [{"page": who}]} for name, who in levels.items()],
        "default_policy": "policy 0",
        "alerts": {"rules": [{"title": f"Bench{n}", "policy": name} for n, name in enumerate(levels)]},
    }
    return "".join(f"{name}: {json.dumps(part)}\n" for name, part in parts.items())


def _variables(sandbox: Sandbox, port: int) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_SIGNING_SECRET": sandbox.signing_secret,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": SQLITE,
        "PORT": str(port),
    }


async def _answers(session: aiohttp.ClientSession, url: str) -> bool:
    try:
        async with session.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientConnectionError:
        return False


async def _sent(session: aiohttp.ClientSession, url: str, people: list[str]) -> dict[str, datetime]:
    """When the alert was sent that pages each of them."""
    sent, clock, running = dict[str, datetime](), RealClock(), list[asyncio.Task[None]]()

    async def send(number: int) -> None:
        async with session.post(url, json=alertmanager(firing(alertname=f"Bench{number}"))) as answer:
            found = await answer.json()
            if answer.status != 200 or not found["incidents"]:
                raise RuntimeError(f"An alert was answered with {answer.status}: {found}")

    for number, who in enumerate(people):
        sent[who] = clock.now()
        running.append(asyncio.create_task(send(number)))
        await asyncio.sleep(PAUSE)
    await asyncio.gather(*running)
    return sent


async def _paged(sandbox: Sandbox, sent: dict[str, datetime]) -> list[float]:
    """Milliseconds until Slack had answered the first message to each of them."""

    async def look() -> dict[str, datetime] | None:
        posts = [call for call in sandbox.calls if call.method == "chat.postMessage" and call.ok]
        first = {str(call.args["channel"]): call.at for call in reversed(posts)}
        return first if sent.keys() <= first.keys() else None

    first = await until(look, "everybody paged", DRAINED)
    # The sandbox notes a call in the middle of its latency.
    return [((first[who] - at).total_seconds() + LATENCY / 2) * 1000 for who, at in sent.items()]
