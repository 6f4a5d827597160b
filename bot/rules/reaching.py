"""How somebody is reached: their ways in their order, one page a minute, until they answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import PersonPaged, WayFailed
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.subjects import Kind, Result

WayKind: TypeAlias = Literal["slack", "mail", "ntfy", "sms", "voice", "webhook"]
LOUD: frozenset[str] = frozenset({"ntfy", "sms", "voice", "webhook"})
"""What wakes somebody up; Slack and mail do not."""

TOGETHER = timedelta(minutes=1)
"""What is to be told to somebody within this time of a page is one more message, with each incident in it."""

NEXT_WAY = timedelta(minutes=1)
"""How long a way has before the next one is used as well."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way to reach somebody; `address` is a mail address, a number, a topic, an URL (for Slack nothing)."""

    kind: WayKind
    address: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Somebody is wanted for an incident since `at`, and was first told so at `told`. Nobody waits for a shadow."""

    at: datetime
    told: datetime | None = None
    shadow: bool = False


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody wants to be reached, and for what they are wanted now, by the number of the incident.

    `told_at` is when the last message of pages began to go out, `used` how many of the ways it has gone.
    """

    person: PersonId
    ways: tuple[Way, ...] = (Way("slack"),)
    pages: Mapping[int, Page] = field(default_factory=dict)
    told_at: datetime | None = None
    used: int = 0


def page(reach: Reach, moment: Moment, *, number: int, shadow: bool = False) -> Result[Reach]:
    """They are wanted for an incident: told at once, or together with what follows within a minute."""
    wanted = replace(reach, pages={**reach.pages, number: Page(moment.now, shadow=shadow)})
    return remind(wanted, moment)


def answered(reach: Reach, moment: Moment, *, number: int) -> Result[Reach]:
    """Nobody has to answer for that incident any more: what was not told by then is not told."""
    pages = {each: page for each, page in reach.pages.items() if each != number}
    return Result(replace(reach, pages=pages))


def failed(reach: Reach, moment: Moment, *, way: str, why: str, numbers: tuple[int, ...] = ()) -> Result[Reach]:
    """A way did not reach them: the next one is used at once."""
    event = WayFailed(way, why, numbers)
    is_last = 0 < reach.used <= len(reach.ways) and reach.ways[reach.used - 1].kind == way
    if not is_last or reach.used == len(reach.ways) or not _waiting(reach):
        return Result(reach, (event,))
    after, paged = _by_next_way(reach, moment, moment.now)
    return Result(after, (event, paged))


def next_look(reach: Reach, _moment: Moment) -> datetime | None:
    """When they are told of what waits, or the next way is used."""
    if reach.told_at is None:
        return min((page.at for page in reach.pages.values()), default=None)
    untold = any(page.told is None for page in reach.pages.values())
    following = [reach.told_at + TOGETHER] if untold else []
    if _waiting(reach) and reach.used < len(reach.ways):
        following.append(reach.told_at + reach.used * NEXT_WAY)
    return min(following, default=None)


def remind(reach: Reach, moment: Moment) -> Result[Reach]:
    """Tells of what waits, or goes the next way, where the time for that has come."""
    due_at = next_look(reach, moment)
    if due_at is None or due_at > moment.now:
        return Result(reach)
    if any(page.told is None for page in reach.pages.values()) and _may_tell(reach, moment):
        told = {n: page if page.told else replace(page, told=moment.now) for n, page in reach.pages.items()}
        reach = replace(reach, pages=told, told_at=moment.now, used=0)
    after, paged = _by_next_way(reach, moment, due_at)
    return Result(after, (paged,))


def _may_tell(reach: Reach, moment: Moment) -> bool:
    return reach.told_at is None or moment.now - reach.told_at >= TOGETHER


def _waiting(reach: Reach) -> tuple[int, ...]:
    """The incidents for which they were told and have not answered."""
    return tuple(number for number, page in reach.pages.items() if page.told and not page.shadow)


def _by_next_way(reach: Reach, moment: Moment, due_at: datetime) -> tuple[Reach, PersonPaged]:
    way = reach.ways[reach.used]
    numbers = tuple(sorted(number for number, page in reach.pages.items() if page.told))
    return replace(reach, used=reach.used + 1), PersonPaged(numbers, way.kind, due_at)


def tell(_before: Reach, after: Reach, entries: tuple[Entry, ...], _policy: Policy) -> Iterable[Outgoing]:
    """A page to their lane of that way."""
    for entry in entries:
        if isinstance(entry.event, PersonPaged):
            way = entry.event.way
            lane = f"person:{after.person}" if way == "slack" else f"person:{after.person}/{way}"
            yield Outgoing(lane, f"page_{way}", facts={"seqs": [entry.seq], "numbers": list(entry.event.numbers)})


def _empty(subject: str) -> Reach:
    return Reach(subject.partition(":")[2])


KIND: Kind[Reach] = Kind(_empty, next_look, remind, tell, is_open=lambda reach: bool(reach.pages))
