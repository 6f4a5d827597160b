"""Killed while somebody is being paged: the page goes out all the same, under the same id, and once more at most."""

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules.change import Origin
from bot.rules.paging import reaching
from bot.rules.paging.reaching import Way
from bot.settings.policy import load_policy
from store.database import Store
from tests.outside.parties import Heard, Party, party
from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration
from tests.processes.running import until

PAGING = """
people: [{name: bob, slack: "@bob"}]
policies:
  - {name: all, levels: [{page: [bob, "pagerduty:payments"], wait: 1h}]}
default_policy: all
"""
TOPIC = "bob-at-night"


@dataclass
class Slow(Party):
    """Answers nobody until it is `awake`."""

    awake: asyncio.Event = field(default_factory=asyncio.Event)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.heard.append(Heard(request.path_qs, dict(request.headers), await request.read()))
        await self.awake.wait()
        return web.Response()

    def keys(self) -> list[str]:
        """PagerDuty's keys, of what was triggered."""
        return [each.told["dedup_key"] for each in self.heard if each.path == "/v2/enqueue"]

    def rung(self) -> list[str]:
        """The topics that were told."""
        return [each.told["topic"] for each in self.heard if each.path == "/"]


async def by_ntfy(folder: Path, person: str) -> None:
    """From now on they are reached by ntfy alone."""
    store = await Store.open(f"sqlite+aiosqlite:///{folder}/tocsin.db")
    changes = Changes(store, load_policy(None), Clock())
    ways = (Way("ntfy", TOPIC),)
    await changes.turn(f"person:{person}", reaching.set_ways, Origin(f"slack:{person}", "modal"), ways=ways)
    await store.close()


async def test_killed_while_paging_it_pages_again_under_the_same_id(make_place: MakePlace) -> None:
    async with party(Slow()) as told:
        assert isinstance(told, Slow)
        slow = told
        place: Place = await make_place("socket", configuration() + PAGING)
        place.more |= {"NTFY_URL": slow.url, "PAGERDUTY_URL": slow.url, "PAGERDUTY_ROUTING_KEYS": "payments=R1"}
        first = await place.run()
        await by_ntfy(place.folder, await place.slack.person("bob"))
        await place.slack.types("ada", "/incident declare sev1 Checkout is down")

        async def is_on_its_way() -> bool:
            return bool(slow.keys() and slow.rung())

        await until(is_on_its_way, "both pages on their way")
        await first.kill()
        slow.awake.set()
        await place.run()

        async def is_told_again() -> bool:
            return len(slow.keys()) > 1 and len(slow.rung()) > 1

        await until(is_told_again, "both pages once more", 60)
        assert len(set(slow.keys())) == 1
        assert (len(slow.keys()), slow.rung()) == (2, [TOPIC, TOPIC])
