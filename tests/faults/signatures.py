"""F16: requests that Slack did not sign, or signed once and somebody sends again."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.corpus import Recorded, recorded
from tests.corpus.breaking import with_other, written
from tests.faults.fault import Fault, Outcome
from tests.faults.ground import Ground
from tests.faults.malformed import Door, at_the_door

AGAIN = 4
Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Sent:
    """A body with its headers, as it stands on the wire."""

    body: bytes
    headers: Headers


def now() -> int:
    """The wall clock's second, with which Slack signs."""
    return int(time.time())  # noqa: TID251


def code(secret: str, stamp: str, body: bytes) -> str:
    """What Slack's signature holds."""
    return hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()


def signed(secret: str, recording: Recorded) -> Sent:
    """As Slack sends it."""
    text, content_type = written(recording["kind"], recording["payload"])
    body, stamp = text.encode(), str(now())
    return Sent(body, _headers(content_type, stamp, f"v0={code(secret, stamp, body)}"))


def _headers(content_type: str, stamp: str, signature: str) -> Headers:
    stamped = [("X-Slack-Request-Timestamp", stamp), ("X-Slack-Signature", signature)]
    return [("Content-Type", content_type), *stamped]


def forged(secret: str, recording: Recorded) -> Iterator[tuple[str, Sent]]:
    """Every way in which a signature may not hold."""
    text, kind = written(recording["kind"], recording["payload"])
    body, second = text.encode(), now()  # looked at once: it may be the next one before the last of them is sent
    stamp = str(second)
    good = code(secret, stamp, body)
    yield "changed", Sent(body + b"&x=1", _headers(kind, stamp, f"v0={good}"))
    yield "another's", Sent(body, _headers(kind, stamp, f"v0={code('another', stamp, body)}"))
    yield "of another second", Sent(body, _headers(kind, str(second - 1), f"v0={good}"))
    for name, then in (("old", second - 301), ("from the future", second + 330), ("of 1970", 0), ("far", 10**30)):
        yield name, Sent(body, _headers(kind, str(then), f"v0={code(secret, str(then), body)}"))
    for said in ("soon", "", " ", "1.5", "-1", "1e9", "٣", "9" * 5_000, "0x10", f"{stamp} x"):
        yield f"at {said[:8]!r}", Sent(body, _headers(kind, said, f"v0={code(secret, said, body)}"))
    for said in (
        "",
        "v0=",
        f"v1={good}",
        good,
        f"v0={good[:-1]}",
        f"v0={good}0",
        f"v0={good.upper()}",
        "v0=é",
        "V0=" + good,
    ):
        yield f"signature {said[:6]!r}", Sent(body, _headers(kind, stamp, said))
    whole = _headers(kind, stamp, f"v0={good}")
    yield "unsigned", Sent(body, whole[:1])
    yield "without a time", Sent(body, [whole[0], whole[2]])
    yield "without a signature", Sent(body, whole[:2])
    yield "signed twice", Sent(body, [*whole, ("X-Slack-Signature", f"v0={'0' * 64}")])
    yield "first signed otherwise", Sent(body, [*whole[:2], ("X-Slack-Signature", "v0="), whole[2]])
    yield "stamped twice", Sent(body, [*whole, ("X-Slack-Request-Timestamp", str(second - 9_000))])


def requests(round_: int) -> dict[str, Recorded]:
    """A command, a button, a form and an event, none of which was there before."""
    found = recorded()
    note = found["modal incident:note"]["payload"]
    note = with_other(note, ("view", "state", "values", "text"), {"text": {"type": "x", "value": f"Note {round_}"}})
    mention = found["event app_mention"]["payload"]
    mention = with_other(mention, ("event", "text"), f"{mention['event']['text'].split()[0]} note Said {round_}")
    command = with_other(found["slash declare"]["payload"], ("trigger_id",), f"{round_}.1.a")
    payloads: dict[str, Any] = {
        "slash_commands": command,
        "button": with_other(found["button message"]["payload"], ("trigger_id",), f"{round_}.2.b"),
        "modal": with_other(note, ("view", "id"), f"V{round_:09}"),
        "events_api": with_other(mention, ("event_id",), f"Ev{round_:09}"),
    }
    kinds = {"button": "interactive", "modal": "interactive"}
    return {name: {"kind": kinds.get(name, name), "payload": each} for name, each in payloads.items()}


async def post(door: Door, sent: Sent) -> tuple[int, str]:
    """What it is answered with."""
    url = f"{door.bot.url}/slack/events"
    async with door.session.post(url, data=sent.body, headers=sent.headers) as answer:
        return answer.status, await answer.text()


@dataclass
class Tried:
    """What was sent; what was let in that must not be, or kept out; what had a second effect."""

    door: Door
    sent: int = 0
    wrong: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)

    async def forged(self, name: str, recording: Recorded) -> None:
        """All of it is refused without a word, and nothing comes of it."""
        before = self.door.rows()
        for how, sent in forged(self.door.sandbox.signing_secret, recording):
            status, text = await post(self.door, sent)
            self.sent += 1
            self.wrong += [f"{name}, {how}: {status}"] if status != 401 or text else []
        await self.door.settled()
        self.wrong += [] if self.door.rows() == before else [f"{name}: rows came of what nobody signed"]

    async def replayed(self, name: str, sent: Sent, *, adds: bool) -> None:
        """Sent once, then again, one by one and at once: the same answer each time, and rows of the first only."""
        empty = self.door.rows()
        first = await post(self.door, sent)
        await self.door.settled()
        before = self.door.rows()
        self.wrong += [] if first[0] == 200 and (before != empty) == adds else [f"{name}: {first} for what Slack sent"]
        answers = [await post(self.door, sent) for _ in range(AGAIN)]
        answers += await asyncio.gather(*(post(self.door, sent) for _ in range(AGAIN)))
        await self.door.settled()
        self.sent += 1 + len(answers)
        self.twice += [f"{name}: first {first}, then {each}" for each in answers if each != first]
        self.twice += [] if self.door.rows() == before else [f"{name}: {before} became {self.door.rows()}"]


async def signatures(ground: Ground, rounds: int) -> Outcome:
    """Each round a command, a button, a form and an event: forged in every way, then sent and replayed."""
    async with at_the_door(ground.folder) as door:
        tried = Tried(door)
        for number in range(1, rounds + 1):
            for name, recording in requests(number).items():
                await tried.forged(name, recording)
                sent = signed(door.sandbox.signing_secret, recording)
                await tried.replayed(name, sent, adds=name != "button" or number == 1)
            ground.says(f"round {number}")
        wrong = [*tried.wrong, *door.judged()]
        return Outcome(tried.sent, len(wrong), len(tried.twice), wrong=(*wrong, *tried.twice))


FAULTS = (Fault("F16", "forged and replayed", signatures, short=1, full=100, databases=("sqlite",), seconds=60),)
