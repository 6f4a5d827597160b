"""How somebody is reached: their ways in their order, one page a minute, until they answer."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Asleep, PersonPaged, WayFailed, WaysSet, WayTested
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.subjects import Kind, Result

WayKind: TypeAlias = Literal["slack", "mail", "ntfy", "sms", "voice", "webhook"]
LOUD: frozenset[str] = frozenset({"ntfy", "sms", "voice", "webhook"})
"""What wakes somebody up; Slack and mail do not."""

PAGE = "page_"
"""How the kind of what goes out begins where somebody is paged, or tries that out; the way stands behind it."""

TOGETHER = timedelta(minutes=1)
"""What is to be told to somebody within this time of a page is one more message, with each incident in it."""

NEXT_WAY = timedelta(minutes=1)
"""How long a way has before the next one is used as well."""

TESTED_AGAIN = timedelta(minutes=1)
"""How long after a test of somebody's pager the next one may begin."""

KEPT = 200
"""Incidents of which it is kept which message told of them last; of a storm the newest."""


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
class Tried:
    """A way was tried out: when, when what came was pressed, or why nothing could come."""

    at: datetime
    answered: datetime | None = None
    failed: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """How somebody wants to be reached, and for what they are wanted now, by the number of the incident.

    `told_at` is when the last message of pages began to go out, `used` how many of the ways it has gone, the last of
    them at `way_at`. `chosen`: they set their ways themselves; `tried` is how each way did when it was tried out.
    `messages`: the slot of the direct message that tells of each incident; it is kept true. `failed`: the ways that
    did not reach them since `told_at`.
    """

    person: PersonId
    ways: tuple[Way, ...] = (Way("slack"),)
    pages: Mapping[int, Page] = field(default_factory=dict)
    told_at: datetime | None = None
    used: int = 0
    way_at: datetime | None = None
    chosen: bool = False
    tried: Mapping[str, Tried] = field(default_factory=dict)
    messages: Mapping[int, str] = field(default_factory=dict)
    tested_at: datetime | None = None
    failed: tuple[str, ...] = ()

    @property
    def is_lost(self) -> bool:
        """Whether each of their ways has failed to tell them of what they are wanted for."""
        return {way.kind for way in self.ways} <= set(self.failed)

    @property
    def loud(self) -> tuple[str, ...]:
        """Their ways that wake somebody up, in their order."""
        return tuple(way.kind for way in self.ways if way.kind in LOUD)

    def address(self, kind: str) -> str | None:
        """Where that way leads; None where it is none of theirs."""
        return next((way.address for way in self.ways if way.kind == kind), None)

    def told_in(self, slot: str) -> tuple[int, ...]:
        """The incidents of which that direct message tells; none where later ones tell of them all."""
        return tuple(number for number, each in self.messages.items() if each == slot)


def page(reach: Reach, moment: Moment, *, number: int, shadow: bool = False) -> Result[Reach]:
    """They are wanted for an incident: told at once, or together with what follows within a minute.

    Wanted for the same one again within that minute they are told already: their next way is not put off.
    """
    known = reach.pages.get(number)
    is_shadow = shadow and (known is None or known.shadow)
    if known and known.told and known.shadow == is_shadow and moment.now - known.at < TOGETHER:
        return Result(reach)
    wanted = replace(reach, pages={**reach.pages, number: Page(moment.now, shadow=is_shadow)})
    return remind(wanted, moment)


def answered(reach: Reach, _moment: Moment, *, number: int) -> Result[Reach]:
    """Nobody has to answer for that incident any more: what was not told by then is not told."""
    pages = {each: page for each, page in reach.pages.items() if each != number}
    return Result(replace(reach, pages=pages))


def failed(reach: Reach, moment: Moment, *, way: str, why: str, numbers: tuple[int, ...] = ()) -> Result[Reach]:
    """A way did not reach them: the next one is used at once."""
    if not numbers and way in reach.tried:
        reach = replace(reach, tried={**reach.tried, way: replace(reach.tried[way], failed=why)})
    if numbers:
        reach = replace(reach, failed=tuple(dict.fromkeys((*reach.failed, way))))
    following = _at_once(reach, moment, way) if numbers else Result(reach)
    return Result(following.state, (WayFailed(way, why, numbers), *following.events))


def asleep(reach: Reach, moment: Moment, *, way: str, numbers: tuple[int, ...]) -> Result[Reach]:
    """That way tells them, and makes no sound, for they do not want to be disturbed: the next one is used at once."""
    following = _at_once(reach, moment, way)
    return Result(following.state, (Asleep(way, numbers), *following.events)) if following.events else following


def _at_once(reach: Reach, moment: Moment, way: str) -> Result[Reach]:
    """The next way, where that one was the last to be used and somebody waits for an answer."""
    is_last = 0 < reach.used <= len(reach.ways) and reach.ways[reach.used - 1].kind == way
    if not is_last or reach.used == len(reach.ways) or not _waiting(reach):
        return Result(reach)
    after, paged = _by_next_way(reach, moment, moment.now)
    return Result(after, (paged,))


def stands(reach: Reach, _moment: Moment, *, slot: str, numbers: tuple[int, ...]) -> Result[Reach]:
    """A direct message stands and tells of these incidents: it alone does, from now on."""
    others = [(number, each) for number, each in reach.messages.items() if number not in numbers]
    messages = [*others, *((number, slot) for number in numbers)]
    return Result(replace(reach, messages=dict(messages[-KEPT:])))


def next_look(reach: Reach, _moment: Moment) -> datetime | None:
    """When they are told of what waits, or the next way is used."""
    untold = [page.at for page in reach.pages.values() if page.told is None]
    if reach.told_at is None:
        return min(untold, default=None)
    following = [max(reach.told_at + TOGETHER, min(untold))] if untold else []
    if _waiting(reach) and reach.used < len(reach.ways):
        following.append((reach.way_at or reach.told_at) + NEXT_WAY)
    return min(following, default=None)


def remind(reach: Reach, moment: Moment) -> Result[Reach]:
    """Tells of what waits, by each way that was used for what they have not answered; or goes the next way."""
    due_at = next_look(reach, moment)
    if due_at is None or due_at > moment.now:
        return Result(reach)
    events: list[PersonPaged] = []
    if any(page.told is None for page in reach.pages.values()) and _may_tell(reach, moment):
        reach = _told(reach, moment)
        events = [PersonPaged(_numbers(reach), way.kind, due_at) for way in reach.ways[: reach.used]]
    if not events or _is_way_due(reach, moment):
        reach, paged = _by_next_way(reach, moment, due_at)
        events.append(paged)
    return Result(reach, tuple(events))


def _told(reach: Reach, moment: Moment) -> Reach:
    """The reach with all that waits told now; from the first way on, unless they have not answered what they know."""
    pages = {number: page for number, page in reach.pages.items() if not (page.shadow and page.told)}
    told = {number: page if page.told else replace(page, told=moment.now) for number, page in pages.items()}
    is_known = bool(_waiting(reach))
    return replace(reach, pages=told, told_at=moment.now, used=reach.used if is_known else 0, failed=())


def _is_way_due(reach: Reach, moment: Moment) -> bool:
    if reach.used >= len(reach.ways) or reach.way_at is None:
        return False
    return bool(_waiting(reach)) and moment.now - reach.way_at >= NEXT_WAY


def _may_tell(reach: Reach, moment: Moment) -> bool:
    return reach.told_at is None or moment.now - reach.told_at >= TOGETHER


def _waiting(reach: Reach) -> tuple[int, ...]:
    """The incidents for which they were told and have not answered."""
    return tuple(number for number, page in reach.pages.items() if page.told and not page.shadow)


def _numbers(reach: Reach) -> tuple[int, ...]:
    return tuple(sorted(number for number, page in reach.pages.items() if page.told))


def _by_next_way(reach: Reach, moment: Moment, due_at: datetime) -> tuple[Reach, PersonPaged]:
    way = reach.ways[reach.used]
    return replace(reach, used=reach.used + 1, way_at=moment.now), PersonPaged(_numbers(reach), way.kind, due_at)


def try_out(reach: Reach, moment: Moment) -> Result[Reach]:
    """One try by each of their ways, once a minute: it may be a phone call."""
    again = reach.tested_at + TESTED_AGAIN if reach.tested_at else moment.now
    if again > moment.now:
        left = math.ceil((again - moment.now).total_seconds())
        test = "Press *Test my pager* again"
        raise Refused(f"You have tested your pager just now; your Home shows how it did. {test} in {left} s.")
    tried: dict[str, Tried] = {way.kind: Tried(moment.now) for way in reach.ways}
    after = replace(reach, tried=tried, tested_at=moment.now)
    return Result(after, tuple(WayTested(kind) for kind in tried))


def answer_try(reach: Reach, moment: Moment, *, way: str, sent: datetime | None = None) -> Result[Reach]:
    """What came by that way was pressed; once is enough. `sent`: when it was, where that is known."""
    last = reach.tried.get(way)
    if last is None or (sent and sent < last.at):
        raise Refused("That was from an earlier try. Press *Test my pager* again to have a new one.")
    if last.answered:
        return Result(reach)
    tried = {**reach.tried, way: replace(last, answered=moment.now, failed="")}
    return Result(replace(reach, tried=tried), (WayTested(way, answered=True),))


def set_ways(reach: Reach, _moment: Moment, *, ways: tuple[Way, ...]) -> Result[Reach]:
    """From now on they are reached by these, in this order. What was tried out at another address counts no more."""
    if not ways:
        raise Refused("Choose at least one way: with none, nobody could reach you.", field="order")
    after = replace(reach, ways=ways, chosen=True, used=min(reach.used, len(ways)))
    same = (kind for kind in reach.tried if after.address(kind) == reach.address(kind))
    tried: dict[str, Tried] = {kind: reach.tried[kind] for kind in same}
    return Result(replace(after, tried=tried), (WaysSet(tuple(way.kind for way in ways)),))


def tell(before: Reach, after: Reach, entries: tuple[Entry, ...], _policy: Policy) -> Iterable[Outgoing]:
    """A page to their lane of that way; their Home, where something in it changed; an earlier page that it replaces."""
    for entry in entries:
        match entry.event:
            case PersonPaged(numbers=numbers, way=way):
                yield _outgoing(after, way, {"seqs": [entry.seq], "numbers": list(numbers)})
            case WayTested(way=way, answered=False):
                yield _outgoing(after, way, {"seqs": [entry.seq], "numbers": [], "test": True})
    if any(isinstance(entry.event, WaysSet | WayTested | WayFailed) for entry in entries):
        home = f"person:{after.person}/home"
        yield Outgoing(home, "home", home)
    yield from _edits(before, after)


def _edits(before: Reach, after: Reach) -> Iterable[Outgoing]:
    """Messages that tell of something no more, and of what they answered; that may be while a page was on its way."""
    new = [number for number, slot in after.messages.items() if before.messages.get(number) != slot]
    for slot in dict.fromkeys(before.messages[number] for number in new if number in before.messages):
        yield edit(before, slot)
    answered = [number for number in (*new, *before.pages) if number not in after.pages]
    for slot in dict.fromkeys(after.messages[number] for number in answered if number in after.messages):
        yield edit(after, slot)


def edit(reach: Reach, slot: str) -> Outgoing:
    """A page by direct message, drawn as it stands when that is sent: in a lane of its own, which holds up no other."""
    return Outgoing(slot, "standing_page", slot, {"numbers": list(reach.told_in(slot))})


def slot_of(subject: str, row: int) -> str:
    """The slot of the direct message that a row of the outbox became: `person:U1/page-17`."""
    return f"{subject}/page-{row}"


def _outgoing(reach: Reach, way: str, facts: Mapping[str, object]) -> Outgoing:
    lane = f"person:{reach.person}" if way == "slack" else f"person:{reach.person}/{way}"
    return Outgoing(lane, f"{PAGE}{way}", facts=facts)


def _empty(subject: str) -> Reach:
    return Reach(subject.partition(":")[2])


def _is_open(reach: Reach) -> bool:
    return any(page.told is None or not page.shadow for page in reach.pages.values())


KIND: Kind[Reach] = Kind(_empty, next_look, remind, tell, is_open=_is_open, called="@{name}", falls="page")
