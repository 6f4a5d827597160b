"""A page as it stands in a direct message, whatever became of it: who has each incident, and what is left to do."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.rules.incident import Incident, Status
from bot.rules.paging.asking import TO_COMMAND
from bot.rules.paging.standing import Standing
from bot.rules.policy import Policy
from bot.views.blocks import Block, context, section
from bot.views.labels import LOCK, headline, room_link, spoken, where
from bot.views.message import Message, message
from bot.views.page import MOST, asked, asking, more
from bot.views.text import ended, listed, one_line, person, unmarked, when

NOTHING = "Nothing to do for you."


def standing_page(found: Sequence[Standing], later: Sequence[int], policy: Policy, now: datetime) -> Message:
    """The direct message; `later` are the incidents of which a later page tells."""
    shown, left = found[:MOST], len(found) - MOST
    blocks = [block for each in shown for block in _blocks(each, policy, now)]
    if left > 0:
        blocks.append(more(left, policy))
    if later:
        blocks.append(context(_later(later)))
    return message(unmarked(_text(found, later, now)), *blocks)


def _text(found: Sequence[Standing], later: Sequence[int], now: datetime) -> str:
    if not found:
        return _later(later)
    if len(found) == 1:
        return _spoken(found[0], now)
    waiting = [spoken(each.incident) for each in found if each.is_left]
    if not waiting:
        return f"You were paged for {len(found)} incidents: nobody waits for you any more."
    if len(waiting) == len(found):
        return f"{len(found)} incidents wait for you: {ended('; '.join(waiting))}"
    waits = "waits" if len(waiting) == 1 else "wait"
    return f"Of {len(found)} incidents {len(waiting)} still {waits} for you: {ended('; '.join(waiting))}"


def _spoken(each: Standing, now: datetime) -> str:
    if each.wanted:
        return asked(each.wanted, now)
    return _how(each, now) if each.hidden else f"{ended(spoken(each.incident))} {_how(each, now)}"


def _later(numbers: Sequence[int]) -> str:
    names = [f"INC-{number}" for number in numbers[:MOST]]
    names += [f"{len(numbers) - MOST} more"] if len(numbers) > MOST else []
    return f"{listed(names)}: see the later page, further down." if names else "See the later page, further down."


def _blocks(each: Standing, policy: Policy, now: datetime) -> Iterable[Block]:
    if each.wanted:
        yield from asking(each.wanted, policy, now)
        return
    how, room = _how(each, now), room_link(each.incident)
    if each.hidden:
        yield section(how)
        return
    lines = (headline(each.incident, policy), how, "" if room in how else room)
    yield section("\n".join(filter(None, lines)))


def _how(each: Standing, now: datetime) -> str:
    """How it stands, and what is left to do."""
    if each.hidden:
        return f"{LOCK} {each.incident.name} is private now, and goes on without you. {NOTHING}"
    return _goes_on(each, now) if each.incident.is_open else f"{_over(each.incident, now)} {NOTHING}"


def _goes_on(each: Standing, now: datetime) -> str:
    has, commander = _has(each, now), each.incident.commander
    if each.incident.acknowledged_by == each.reader:
        return f"{has} Say what you see in {where(each.incident)}."
    if each.passed:
        return f"You passed it on. {has} {NOTHING}"
    if each.comes:
        return f"You are coming. {has}"
    if commander == each.reader:
        return f"You command it. Name who does what in {where(each.incident)}."
    if commander and each.paged and each.paged.why in TO_COMMAND:
        return f"{person(commander)} commands it. {NOTHING}"
    if each.incident.acknowledged_by is None:
        return f"It is {one_line(each.incident.severity)} now, and pages nobody any more. {NOTHING}"
    return f"{has} {NOTHING}"


def _has(each: Standing, now: datetime) -> str:
    who = each.incident.acknowledged_by
    if who is None:
        return "Nobody has it yet."
    is_theirs = who == each.reader
    if each.since is None:
        return "You have it." if is_theirs else f"{person(who)} has it."
    return f"{'You have' if is_theirs else f'{person(who)} has'} had it since {when(each.since, now)}."


def _over(incident: Incident, now: datetime) -> str:
    if incident.is_merged:
        return f"It is part of INC-{incident.merged_into} now, and goes on there."
    at = f" at {when(incident.closed_at, now)}" if incident.closed_at else ""
    return f"Resolved{at}." if incident.status is Status.RESOLVED else f"Cancelled{at}: it was no incident."
