"""What `POST /changes` takes: one change as JSON, each mistake told in a sentence."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.rules.foreign import Json, address
from bot.rules.policy import Policy
from bot.rules.refused import Refused, known
from bot.rules.rollouts.rollout import KEPT_FOR, KINDS, Rollout

ALIASES = {"deployment": "deploy", "release": "deploy", "feature_flag": "flag", "config": "configuration"}
LONGEST: Mapping[str, int] = {"title": 300, "service": 60, "by": 80, "version": 80, "environment": 60, "id": 200}
AGAIN = 300
"""Seconds within which the same without an id and without a time is a repeat, as when `curl` tries again."""

EXAMPLE = '{"kind": "deploy", "service": "checkout", "title": "Faster carts", "version": "1.4.2"}'


def read(payload: Any, now: datetime, policy: Policy) -> Rollout:
    """The change that a payload tells of. Raises Refused with what is wrong, and how it should be."""
    if not isinstance(payload, Mapping):
        raise Refused(f"Send one JSON object, such as {EXAMPLE}.")
    texts = {name: text(payload, name, longest) for name, longest in LONGEST.items()}
    title = texts["title"] or texts["version"]
    if not title:
        raise Refused("Say in `title` (or in `version`) what was changed.", field="title")
    at = moment(payload.get("at"), now)
    return Rollout(
        id=f"told/{texts['id'] or _mark(payload, now)}",
        kind=_kind(text(payload, "kind", 40)),
        at=at,
        title=title,
        service=spelt(policy, texts["service"]),
        by=texts["by"],
        url=_address(payload),
        environment=texts["environment"],
        version=texts["version"],
        told_at=now,
    )


def text(payload: Json, name: str, longest: int) -> str:
    """The text under a key, on one line; empty where there is none. Raises Refused for what is no text."""
    value = payload.get(name)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise Refused(f"`{name}` has to be a text.", field=name)
    plain = " ".join(str(value).split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"


def _kind(word: str) -> str:
    said = word.casefold() or KINDS[0]
    kind = ALIASES.get(said, said)
    if kind not in KINDS:
        raise Refused(known("kind of change", word, KINDS), field="kind")
    return kind


def moment(value: Any, now: datetime) -> datetime:
    """When it took effect; a sender's clock that is ahead is not believed. Raises Refused for what is no time."""
    at = now if value is None or value == "" else _time(value)
    if at is None:
        example = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        raise Refused(f"`at` has to be a time with its zone, such as {example}, or seconds since 1970.", field="at")
    if at < now - KEPT_FOR:
        raise Refused(f"`at` is longer ago than changes are kept ({KEPT_FOR.days} days).", field="at")
    return min(at, now)


def _time(value: Any) -> datetime | None:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value, UTC)
        at = datetime.fromisoformat(str(value).strip())
        return at.astimezone(UTC) if at.tzinfo else None
    except (ValueError, OverflowError, OSError):
        return None


def _address(payload: Json) -> str | None:
    found = address(payload, "url")
    if found or payload.get("url") in (None, ""):
        return found or None
    raise Refused("`url` has to begin with https:// or http://, and has no spaces, quotes, < > or |.", field="url")


def spelt(policy: Policy, word: str) -> str:
    """The service as the configuration spells it; another one stays as it was told."""
    return next(iter(policy.meant((word,))), word)


def _mark(payload: Json, now: datetime) -> str:
    """What is the same for the same change: all that was said of it, and without a time about when. Raises Refused."""
    try:
        said = json.dumps(payload, sort_keys=True, default=str).encode("utf-8", "replace")
    except RecursionError:
        raise Refused(f"It is nested too deeply. Send one JSON object, such as {EXAMPLE}.") from None
    span = "" if payload.get("at") else str(int(now.timestamp()) // AGAIN)
    return hashlib.sha256(said + span.encode()).hexdigest()[:32]
