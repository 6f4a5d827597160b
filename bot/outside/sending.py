"""What becomes of something that is sent to a party that is not Slack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import aiohttp

LIMIT = 8.0
"""Seconds that one sending may last: less than what delivery waits for a call."""

LONGEST_WAIT = 600.0
"""Seconds after which it is tried again whatever the other side asks for: a page that comes tomorrow is none."""

PASSING = frozenset({408, 425, 429})
"""Answers below 500 that a later try may not meet."""


@dataclass(frozen=True, slots=True)
class Sent:
    """The other side has it."""


@dataclass(frozen=True, slots=True)
class Retry:
    """It may go later, in `after` seconds where the other side says so. `unclear`: it may have arrived all the same."""

    why: str
    after: float | None = None
    unclear: bool = False


@dataclass(frozen=True, slots=True)
class Permanent:
    """It can never go. `why` is a code, and holds no address and no secret."""

    why: str


Outcome: TypeAlias = Sent | Retry | Permanent


async def post(url: str, *, headers: Mapping[str, str] | None = None, limit: float = LIMIT, **body: Any) -> Outcome:
    """Posts to an address, and follows no redirect; `body` as aiohttp takes it (`json`, `data`)."""
    within = aiohttp.ClientTimeout(total=limit)
    try:
        async with (
            aiohttp.ClientSession(timeout=within, trust_env=True) as session,
            session.post(url, headers=headers, allow_redirects=False, **body) as answer,
        ):
            return outcome(answer.status, answer.headers.get("Retry-After", ""))
    except aiohttp.InvalidURL:
        return Permanent("address")
    except aiohttp.ClientConnectorError as error:
        return Retry(type(error).__name__)
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        return Retry(type(error).__name__, unclear=True)
    except ValueError:
        return Permanent("address")


def outcome(status: int, retry_after: str = "") -> Outcome:
    """What an HTTP status means."""
    if 200 <= status < 300:
        return Sent()
    if status in PASSING or status >= 500:
        # A limit is an answer: nothing was taken. What broke on the other side may have been.
        after = min(LONGEST_WAIT, float(retry_after)) if retry_after.isdecimal() else None
        return Retry(f"http_{status}", after, unclear=status >= 500)
    return Permanent(f"http_{status}")
