"""Ways to break what Slack sends: in its values, in its shape, in its bytes."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from random import Random
from typing import Any, TypeAlias
from urllib.parse import urlencode

from tests.corpus import Recorded

FORM, JSON = "application/x-www-form-urlencoded", "application/json"
Path: TypeAlias = tuple[Any, ...]


def nested(depth: int) -> Any:
    """A list in a list in a list."""
    found: Any = "x"
    for _ in range(depth):
        found = [found]
    return found


SMALL: tuple[Any, ...] = (
    *(None, True, 7, -1, 0, 2**70, 1e308, "", " ", "x", "\x00", "\ud800", "a\x00\ud800b", "\u202egnp.\u2066", "\ufeff"),
    *([], [None], {}, {"id": []}, {"": {"": ""}}, "<!channel> <@U0001> & <", "INC-1", "1", "../../x", "9" * 4_301),
    *("view_submission", "block_actions", "event_callback", "url_verification", nested(60)),
)
HUGE: tuple[Any, ...] = ("x" * 100_000, "🔥" * 50_000, "<@U0001> " * 3_000, "{" * 20_000, "https://x.example/" * 2_000)
OTHER_TYPES = (JSON, FORM, "text/plain", "multipart/form-data", "x", "application/json; charset=x")
SEALS = ("signed", "signed", "signed", "signed", "unsigned", "badly")


@dataclass(frozen=True)
class Broken:
    """A body as it goes to the bot, its content type, how it is signed, and what it says where that can be said."""

    body: bytes
    content_type: str
    seal: str
    payload: Any


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """Every path into a payload."""
    yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places(each, (*path, key))


def with_other(value: Any, path: Path, other: Any) -> Any:
    """The payload with something else in one place."""
    if not path:
        return other
    changed = deepcopy(value)
    _at(changed, path)[path[-1]] = other
    return changed


def without(value: Any, path: Path) -> Any:
    """The payload without one place."""
    if not path:
        return {}
    changed = deepcopy(value)
    del _at(changed, path)[path[-1]]
    return changed


def _at(value: Any, path: Path) -> Any:
    for key in path[:-1]:
        value = value[key]
    return value


def written(kind: str, payload: Any) -> tuple[str, str]:
    """The body as Slack would write it, and its content type."""
    if kind == "events_api":
        return json.dumps(payload), JSON
    if kind == "slash_commands" and isinstance(payload, dict):
        return urlencode({key: _text(value) for key, value in payload.items()}, errors="replace"), FORM
    return urlencode({"payload": json.dumps(payload)}), FORM


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


# --- what is done to the text, once a payload is written ---


def cut_off(random: Random, text: str) -> bytes:
    """Not all of it has arrived."""
    return text.encode(errors="surrogatepass")[: random.randrange(len(text))]


def flipped(random: Random, text: str) -> bytes:
    """Some bytes are others."""
    found = bytearray(text.encode(errors="surrogatepass"))
    for _ in range(random.randint(1, 5)):
        found[random.randrange(len(found))] = random.randrange(256)
    return bytes(found)


def twice(random: Random, text: str) -> bytes:
    """Keys come twice: the fields of a form, or the first key of JSON."""
    again = text[:-1] + "," + text[1:] if text.startswith("{") else f"{text}&{text}"
    return again.encode(errors="surrogatepass")


def elsewhere(random: Random, text: str) -> bytes:
    """In another encoding."""
    return text.encode(random.choice(["utf-16", "utf-32", "cp500"]), errors="replace")


def buried(random: Random, text: str) -> bytes:
    """Deep inside lists or objects."""
    depth = random.choice([50, 1_000, 100_000])
    return (random.choice(["[", '{"payload":']) * depth + text).encode(errors="surrogatepass")


def as_it_is(random: Random, text: str) -> bytes:
    """Nothing is done."""
    return text.encode(errors="surrogatepass")


TEXTUAL: tuple[Callable[[Random, str], bytes], ...] = (
    *(as_it_is,) * 6,
    cut_off,
    flipped,
    twice,
    elsewhere,
    buried,
)


def broken(random: Random, recording: Recorded, *, huge: float = 0.02) -> Broken:
    """A recording, broken in one to three places and perhaps in its bytes; `huge` of them with something very long."""
    payload = recording["payload"]
    for _ in range(random.choice([1, 1, 1, 2, 3])):
        path = random.choice(list(places(payload))[1:] or [()])
        others = HUGE if random.random() < huge else SMALL
        payload = without(payload, path) if random.random() < 0.25 else with_other(payload, path, random.choice(others))
    text, content_type = written(recording["kind"], payload)
    body = random.choice(TEXTUAL)(random, text)
    if random.random() < 0.1:
        content_type = random.choice(OTHER_TYPES)
    return Broken(body, content_type, random.choice(SEALS), payload)
