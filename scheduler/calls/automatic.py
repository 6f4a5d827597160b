"""What the configuration's rules tell other programs: signed, and under one id however often it is sent.

And what they would do, where it is a test.
"""

from typing import Any
from urllib.parse import urlsplit

from bot.outside.slack import Problem
from bot.rules.automation.automatic import address_of
from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views import automatic as wording
from bot.views.labels import spoken
from scheduler.calls.done import WITHDRAWN, Done, require_sent
from scheduler.calls.posting import post
from scheduler.desk import Desk
from store.outbox import Row


async def tell_webhook(desk: Desk, row: Row) -> Done:
    """What happened, to one address; in doubt it goes again under the same id."""
    incident, ways = await desk.incident(row), desk.outward.ways
    url = address_of(str(row.facts["address"]), desk.policy)
    if url is None or incident.private:
        return WITHDRAWN
    if ways.webhook is None:
        raise Problem("not_set_up", permanent=True)
    kinds = [type(entry.event).__name__ for entry in await desk.entries(row)]
    mark = f"tocsin-rule-{row.id}"
    told = _told(incident, kinds, mark)
    require_sent(await ways.webhook.send(url, told, mark=mark, at=desk.changes.clock.now()))
    return Done()


async def would(desk: Desk, row: Row) -> Done:
    """A test tells who declared it what would have been done; of an address the host alone, for it holds a secret."""
    incident = await desk.incident(row, anywhere=True)
    if incident.private:
        return WITHDRAWN
    deeds = [(what, _host(where, desk.policy) if what == "webhook" else where) for what, where in row.facts["would"]]
    await post(desk, row, wording.would(incident, deeds))
    return Done()


def _host(mark: str, policy: Policy) -> str:
    return urlsplit(address_of(mark, policy) or "").hostname or "another program"


def _told(incident: Incident, kinds: list[str], mark: str) -> dict[str, Any]:
    return {
        "id": mark,
        "type": "incident",
        "happened": kinds,
        "incident": incident.name,
        "title": incident.title,
        "severity": incident.severity,
        "status": incident.status.value,
        "services": list(incident.services),
        "text": spoken(incident),
    }
