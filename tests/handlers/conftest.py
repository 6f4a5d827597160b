"""The handlers over a real store and a Slack that does not answer."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.changes import Changes
from bot.incidents import Incidents
from bot.outside.clock import Clock
from bot.outside.slack import Slack
from bot.rules.moment import Person
from bot.settings.policy import load_policy
from handlers.parts import Parts
from store.database import Store
from store.migrations import migrate

NOBODY_LISTENS = "http://127.0.0.1:9/api/"
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
async def parts(tmp_path: Path) -> AsyncIterator[Parts]:
    """What the handlers are given, on Monday 10:00 in Madrid; Ada's clock is in Singapore."""
    url = f"sqlite+aiosqlite:///{tmp_path}/handlers.db"
    await migrate(url)
    store = await Store.open(url)
    slack = Slack("xoxb-test", NOBODY_LISTENS)
    clock = Clock(NOW, runs=False)

    async def person(identity: str) -> Person | None:
        return Person(identity, "ada", "Asia/Singapore") if identity == "U1ADA" else None

    incidents = Incidents(Changes(store, load_policy(None), clock))
    made = Parts(
        incidents=incidents,
        slack=slack,
        clock=clock,
        token="xoxb-test",
        identity=lambda: {"team_id": "T1", "user_id": "U0BOT", "bot_id": "B0BOT", "url": "https://x.slack.com/"},
        person=person,
    )
    yield made
    await made.running.idle()
    await slack.close()
    await store.close()
