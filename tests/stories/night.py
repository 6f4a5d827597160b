"""One configuration for whole nights: who is on call, how their phones ring, and what a simulation foresees of it.

In the week from Monday 23 March 2026 on Bob is primary and Cleo secondary; the clocks change in its night to Sunday. On
Monday 30 March at 09:00 Cleo takes primary and Dan secondary.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeAlias

from aiohttp import web

from bot.outside.clock import Clock
from bot.rules.paging.reaching import Way
from tests.alerts.payloads import firing
from tests.outside.parties import Party, party
from tests.rules.given import MADRID, at
from tests.stories.alerting import fire
from tests.stories.kit import CONFIGURATION, Person, Place, Shown, Stage, Story, told, words
from tests.stories.test_ways import PUBLIC, chooses

NAMES = ("ada", "bob", "cleo", "dan")
TURNS = {"team": "payments", "start": "2026-01-05"}
NIGHT: dict[str, Any] = {
    "people": [{"name": name, "slack": f"@{name}"} for name in NAMES],
    "teams": [{**CONFIGURATION["teams"][0], "policy": "payments"}],
    "rotations": [
        {"name": "primary", "people": ["cleo", "dan", "ada", "bob"], **TURNS},
        {"name": "secondary", "people": ["dan", "ada", "bob", "cleo"], **TURNS},
    ],
    "policies": [
        {"name": "payments", "levels": [{"page": "primary"}, {"page": "secondary"}, {"page": ["ada", "#payments"]}]}
    ],
    "default_policy": "payments",
    "alerts": {"rules": [{"labels": {"severity": "critical"}, "severity": "SEV1"}]},
}

Called: TypeAlias = tuple[str, str, str]
"""Somebody was called: `("Thu 02:31", "bob", "Slack message")`, by Madrid's clocks."""

_MINUTE = re.compile(r"^\*<!date\^(\d+)\^[^>]*>\*$", re.MULTILINE)
_LINE = re.compile(r"^[🔔•] <@(\w+)>[^,]*, (Slack message|ntfy): level", re.MULTILINE)


@dataclass
class Phones(Party):
    """An ntfy server: everybody's phone rings under a topic of their own name."""

    clock: Clock | None = None
    rang: list[tuple[datetime, str]] = field(default_factory=list)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        answer = await super().answer(request)
        assert self.clock
        self.rang.append((self.clock.now(), str(self.heard[-1].told["topic"])))
        return answer

    def shows(self, whose: str) -> dict[str, Any]:
        """The last notification on somebody's phone."""
        shown = [each.told for each in self.heard if each.told["topic"] == whose]
        assert shown, f"The phone of {whose} has not rung"
        return dict(shown[-1])


@dataclass(frozen=True)
class Night:
    """A story with its phones."""

    story: Story
    phones: Phones

    @property
    def called(self) -> set[Called]:
        """Who was really called: by direct message, whatever stands there since, and by phone."""
        found = {(_minute(when), whose, "ntfy") for when, whose in self.phones.rang}
        names = {self.story.person(name).id: name for name in NAMES}
        for call in self.story.sandbox.calls:
            who = names.get(str(call.args.get("channel"))) if call.method == "chat.postMessage" and call.ok else None
            if who and re.search("ou (are|were) paged", str(call.args["text"])):
                found.add((_minute(call.at), who, "Slack message"))
        return found

    def foreseen(self, table: Shown) -> set[Called]:
        """Who would be called, as the table of a simulation shows it."""
        people = self.story.sandbox.ws.users
        _, *parts = _MINUTE.split(words(table.message))
        minutes = (datetime.fromtimestamp(int(when), UTC) for when in parts[::2])
        return {
            (_minute(at), people[who].name, way)
            for at, lines in zip(minutes, parts[1::2], strict=True)
            for who, way in _LINE.findall(lines)
        }


def _minute(when: datetime) -> str:
    return f"{when.astimezone(MADRID):%a %H:%M}"


@asynccontextmanager
async def night(stage: Stage, start: str) -> AsyncIterator[Night]:
    """It begins at that time in Madrid; everybody is reached by Slack, and a minute later by phone."""
    phones = Phones()
    async with party(phones):
        variables = {"ntfy_url": phones.url, "public_url": PUBLIC}
        async with told(stage, start=at(start), configuration=NIGHT, variables=variables, also=("dan",)) as story:
            phones.clock = story.clock
            for name in NAMES:
                await chooses(story, story.person(name), Way("ntfy", name))
            yield Night(story, phones)


async def fires(story: Story, first: Person, then: Person, number: int = 1) -> Place:
    """Checkout fails, says Alertmanager: a SEV1 that pages one of them, and then the other. Its channel."""
    title = f"Checkout{number}"
    alert = {**firing(alertname=title), "startsAt": story.clock.now().isoformat()}
    assert (await fire(story, alert))["incidents"] == [f"INC-{number}"]
    story.place("#incidents").expects("SEV1", f"INC-{number}* {title}", "by alertmanager", "nobody has it yet")
    room = story.room(number)
    room.expects("Declared", "by alertmanager", f"📟 Paging <@{first.id}>, next <@{then.id}> at")
    room.expects("Checkout fails for 12 % of requests", "12.4 % against 5 %", "runbooks.example/checkout")
    first.is_paged(f"SEV1 INC-{number} {title}", "nobody has it yet", f"<@{then.id}> is next")
    return room


def unanswered(story: Story, room: Place, then: Person) -> None:
    """Five minutes later: nobody has it, and the next one is paged."""
    room.expects("Nobody has acknowledged it within 5 min", f"No answer: paging <@{then.id}> (payments, level 2)")
    story.place("#incidents").expects("Nobody has acknowledged it within 5 min")
    then.is_paged("SEV1 INC-1", "nobody has acknowledged it")
    then.is_told("what is known so far", where=room)


async def over(story: Story, who: Person, room: Place) -> None:
    """Who has it commands it, and a few minutes later it is over."""
    await who.types("/incident command", room)
    who.is_told("You are incident commander", where=room)
    room.expects(f"<@{who.id}> took command")
    await who.types("/incident resolve rolled back", room)
    who.is_told("is resolved after", where=room)
    room.expects("Resolved", "rolled back")
    story.place("#incidents").expects("Resolved", "rolled back")
