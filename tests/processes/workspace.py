"""A Slack workspace in another process, as people and tests see it over HTTP."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from tests.processes.running import SOON, Program, until

Json = dict[str, Any]
PEOPLE = ("ada", "bob", "cleo", "dan")


@dataclass(frozen=True)
class Said:
    """A message as it stands: where, when, and everything it says."""

    channel: str
    ts: str
    text: str
    words: str
    thread: str | None
    private_to: str | None = None


@dataclass
class Workspace:
    """The workspace: acts of people, what stands in the channels, the calls that came in, the dials."""

    program: Program
    session: aiohttp.ClientSession
    url: str
    about: Json
    seen: set[tuple[str, str]] = field(default_factory=set)

    async def _get(self, what: str, **query: str) -> Json:
        async with self.session.get(f"{self.url}/sandbox/{what}", params=query) as answer:
            found: Json = await answer.json()
            assert answer.status == 200, found
            assert found.get("ok", True), found
            return found

    async def _post(self, what: str, body: Json) -> Json:
        async with self.session.post(f"{self.url}/sandbox/{what}", json=body) as answer:
            found: Json = await answer.json()
            return found

    async def dials(self, **turned: Any) -> None:
        """Turns latency, limits, faults."""
        answer = await self._post("dials", turned)
        assert answer["ok"], answer

    async def disturbs(self, how: str) -> None:
        """Disturbs every connection of Socket Mode: drop, cut, deaf, refresh, disabled."""
        await self.dials(sockets=how)

    async def connections(self) -> tuple[int, int]:
        """How many connections of Socket Mode there were ever, and are now."""
        found = (await self._post("dials", {}))["sockets"]
        return found["made"], found["open"]

    async def act(self, who: str, act: str, **more: Any) -> Json:
        """Somebody does something; what the sandbox says of the acknowledgement, good or bad."""
        return await self._post("act", {"as": who, "act": act, **more})

    async def types(self, who: str, text: str, channel: str = "general") -> Json:
        """A slash command, which has to be acknowledged."""
        command, _, rest = text.partition(" ")
        answer = await self.act(who, "command", channel=channel, text=rest, command=command)
        assert answer["ok"], (text, answer, self.program.said)
        return answer

    async def channels(self, who: str = "ada") -> dict[str, Json]:
        """The channels somebody sees, by name (a direct message by `dm`)."""
        state = await self._get("state", **{"as": who})
        return {("dm" if each["kind"] == "dm" else each["name"]): each for each in state["channels"]}

    async def rooms(self) -> list[Json]:
        """The channels of incidents."""
        return [each for name, each in (await self.channels()).items() if name.startswith("inc-")]

    async def room(self, number: int, seconds: float = SOON) -> Json:
        """The channel of that incident, once there is one."""

        async def look() -> Json | None:
            found = [each for each in await self.rooms() if each["name"].startswith(f"inc-{number}-")]
            return found[0] if found else None

        return await until(look, f"the channel of INC-{number}", seconds)

    async def read(self, channel: str, who: str = "ada") -> list[Said]:
        """What the bot said in a channel and its threads, as one person sees it; oldest first."""
        top = (await self._get("messages", channel=channel, **{"as": who}))["messages"]
        found = {each["ts"]: each for each in top}
        for each in top:
            if each["reply_count"]:
                thread = await self._get("messages", channel=channel, thread=each["ts"], **{"as": who})
                found |= {reply["ts"]: reply for reply in thread["messages"]}
        bot = self.about["bot_user"]
        return [_said(channel, found[ts], who) for ts in sorted(found) if found[ts]["user"] == bot]

    async def sees(self, channel: str, *fragments: str, who: str = "ada", seconds: float = SOON) -> Said:
        """A message there that was not seen before and says all of this, once there is one."""

        async def look() -> Said | None:
            for each in await self.read(channel, who):
                if (each.channel, each.ts) not in self.seen and all(part in each.words for part in fragments):
                    self.seen.add((each.channel, each.ts))
                    return each
            return None

        try:
            return await until(look, f"a message saying {fragments} in {channel}", seconds)
        except AssertionError as missing:
            there = "\n".join(each.words for each in await self.read(channel, who))
            raise AssertionError(f"{missing}; there is:\n{there}") from None

    async def presses(self, who: str, message: Said, label: str) -> Json:
        """Somebody presses a button by what it says, or chooses it in the ⋯ menu."""
        answer = await self.act(who, "click", channel=message.channel, ts=message.ts, label=label)
        assert answer["ok"], (label, answer)
        return answer

    async def form(self, who: str) -> Json | None:
        """The modal that somebody has open."""
        found: Json | None = (await self._get("state", **{"as": who}))["view"]
        return found

    async def person(self, name: str) -> str:
        """Somebody's id."""
        return str(next(each["id"] for each in (await self._get("state"))["users"] if each["name"] == name))

    async def calls(self, method: str = "") -> list[Json]:
        """The Web API's calls so far."""
        found: list[Json] = (await self._get("calls"))["calls"]
        return [each for each in found if not method or each["method"] == method]

    async def everything(self) -> list[Said]:
        """All that the bot has said, everywhere and to everybody; what only one person sees is left out."""
        found: dict[tuple[str, str], Said] = {}
        for who in PEOPLE:
            for channel in (await self.channels(who)).values():
                for each in await self.read(channel["id"], who):
                    if each.private_to is None:
                        found[each.channel, each.ts] = each
        return list(found.values())

    async def says_nothing_twice(self) -> None:
        """No outbox row became two messages, and no place holds one text twice."""
        made = [call for call in await self.calls("chat.postMessage") if call["ok"]]
        rows = [
            json.dumps(call["args"].get("metadata"), sort_keys=True) for call in made if call["args"].get("metadata")
        ]
        assert not _twice(rows), _twice(rows)
        said = [(each.channel, each.thread, each.words) for each in await self.everything()]
        assert not _twice(said), _twice(said)

    async def refused(self) -> list[tuple[str, str]]:
        """The calls that Slack refused, with why; an invitation that crossed with a joining is none."""
        found = [(call["method"], call["error"]) for call in await self.calls() if not call["ok"]]
        return [each for each in found if each != ("conversations.invite", "already_in_channel")]


def _twice(found: list[Any]) -> list[Any]:
    return [each for each, times in Counter(found).items() if times > 1]


def _said(channel: str, message: Json, who: str) -> Said:
    words = "\n".join([message["text"], *_texts(message["blocks"])])
    for entity, plain in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, plain)
    thread = message["thread_ts"] if message["thread_ts"] != message["ts"] else None
    return Said(channel, message["ts"], message["text"], words, thread, who if message["ephemeral"] else None)


def _texts(part: Any) -> list[str]:
    if isinstance(part, list):
        return [text for each in part for text in _texts(each)]
    if not isinstance(part, dict):
        return []
    own = [value for key, value in part.items() if key in {"text", "markdown"} and isinstance(value, str)]
    return own + [text for value in part.values() for text in _texts(value)]
