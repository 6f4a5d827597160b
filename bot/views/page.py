"""A page: for which incidents somebody is wanted, why, and who is next. By direct message, and as plain text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.paging.asking import TO_COMMAND
from bot.rules.paging.escalation import WHY
from bot.rules.paging.levels import Reached
from bot.rules.paging.wanted import Wanted
from bot.rules.policy import Policy
from bot.views.blocks import Block, actions, button, context, section
from bot.views.labels import headline, room_link, spoken
from bot.views.message import Message, message
from bot.views.terminal.paper import Paper
from bot.views.text import channel, ended, listed, one_line, person, quote, unmarked, when, wrote

MOST = 12
"""Incidents that one page shows; more are counted."""
NOTE = 500
NEW = "nobody has it yet"
PAGED_AS: Mapping[str, str] = {**WHY, "begun": NEW, "service": "a service of yours is concerned as well"}
"""Why a level is paged, to who is on it."""

SHORTEST = 300
"""Characters of a text message to a phone: two parts at most."""


@dataclass(frozen=True, slots=True)
class Told:
    """A page as plain text: a subject, a text in full, one for a phone, and one to be read aloud."""

    subject: str
    text: str
    short: str
    aloud: str


def direct(wanted: Sequence[Wanted], policy: Policy, now: datetime) -> Message:
    """The direct message."""
    shown, left = wanted[:MOST], len(wanted) - MOST
    blocks = [block for each in shown for block in _blocks(each, policy, now)]
    if left > 0:
        blocks.append(context(f"And {left} more: `{policy.command} list` shows them."))
    return message(unmarked(_text(wanted, now)), *blocks)


def _text(wanted: Sequence[Wanted], now: datetime) -> str:
    """What a locked phone shows."""
    if len(wanted) > 1:
        names = "; ".join(spoken(each.incident) for each in wanted[:MOST])
        return f"You are paged for {len(wanted)} incidents: {names}. Acknowledge each."
    only = wanted[0]
    return f"{spoken(only.incident)}: {' '.join(filter(None, (_why(only), _asked(only), _then(only, now))))}"


def _why(each: Wanted) -> str:
    if each.shadow:
        return "you see its pages as a shadow, and nobody waits for you."
    return f"you are paged, as {PAGED_AS[each.paged.why] if each.paged else NEW}."


def _asked(each: Wanted) -> str:
    if each.shadow:
        return ""
    if _is_to_command(each):
        return "Press *Take command* if you can lead it."
    return f"Press *Acknowledge* {'if you come' if each.incident.acknowledged_by else 'to take it'}."


def _is_to_command(each: Wanted) -> bool:
    return each.paged is not None and each.paged.why in TO_COMMAND


def _then(each: Wanted, now: datetime) -> str:
    """Who is next, and when; who has it, where somebody has."""
    if each.incident.acknowledged_by:
        return f"{person(each.incident.acknowledged_by)} has it."
    if each.then is None:
        return ""
    at = when(each.then.at, now)
    if not each.then.reached.is_anybody:
        return f"Nobody is next: at {at} everybody is told that nobody answered."
    return f"{_named(each.then.reached)} next, at {at}."


def _named(reached: Reached) -> str:
    names = [person(each) for each in reached.people]
    names += [channel(each) if each[:1] in {"C", "G"} else one_line(each) for each in reached.channels]
    names += [f"PagerDuty ({one_line(each)})" for each in reached.services]
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'}"


def _blocks(each: Wanted, policy: Policy, now: datetime) -> Iterable[Block]:
    level = f"Level {each.paged.level} of {one_line(each.paged.policy)}." if each.paged and each.paged.policy else ""
    first = _why(each)
    said = " ".join(filter(None, (f"{first[:1].upper()}{first[1:]}", _then(each, now), level)))
    note = quote(wrote(each.paged.note, NOTE)) if each.paged and each.paged.note else ""
    where = room_link(each.incident)
    yield section("\n".join(filter(None, (headline(each.incident, policy), said, note, where))))
    if not each.shadow:
        yield actions(*_buttons(each))


def _buttons(each: Wanted) -> Iterable[Block]:
    number = each.incident.number
    if _is_to_command(each):
        yield button("Take command", "incident:command", number, "primary")
    else:
        yield button("Acknowledge", "incident:acknowledge", number, "primary")
    yield button("Can't, next please", "incident:decline_page", number)


def plain(wanted: Sequence[Wanted], paper: Paper, address: str = "") -> Told:
    """The page for where no markup is read; `address` is the page on which it is acknowledged, where there is one."""
    lines = [_line(each, paper) for each in wanted[:MOST]]
    names = "; ".join(paper.plain(spoken(each.incident)) for each in wanted[:MOST])
    way = f"Acknowledge: {address}" if address else "Acknowledge in Slack."
    more = [f"And {len(wanted) - MOST} more."] if len(wanted) > MOST else []
    zone = f"Times are those of {paper.zone_name}."
    subject = f"Paged: {names}" if len(wanted) == 1 else f"Paged for {len(wanted)}: {names}"
    then = paper.plain(_then(wanted[0], paper.now)) if len(wanted) == 1 else ""
    pressed = "" if address else "Acknowledge in Slack."
    aloud = " ".join(filter(None, ("Tocsin pages you.", ended(names), then, pressed)))
    return Told(subject, "\n\n".join([*lines, *more, way, zone]), f"{_short(names)}\n{way}", aloud)


def _line(each: Wanted, paper: Paper) -> str:
    parts = (f"{spoken(each.incident)}: {_why(each)}", _then(each, paper.now), each.paged.note if each.paged else "")
    return paper.plain(unmarked(" ".join(filter(None, parts))))


def _short(names: str) -> str:
    return names if len(names) <= SHORTEST else f"{names[: SHORTEST - 1]}…"


def tried(way: str) -> Message:
    """The try of *Test my pager*, by direct message."""
    text = "This is your pager, as you asked: so a page comes by Slack. Press *It works*."
    press = {**button("It works", "person:answer_try", 0, "primary"), "value": way}
    return message(unmarked(text), section(text), actions(press))


def tried_plainly(address: str = "") -> Told:
    """The try, for where no markup is read."""
    way = f"It works: {address}" if address else "There is nothing to answer."
    said = "This is your pager, as you asked Tocsin for it."
    return Told("Your pager, tried out", f"{said}\n\n{way}", f"{said}\n{way}", said)
