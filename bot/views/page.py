"""A page: for which incidents somebody is wanted, why, and who is next. By direct message, and as plain text."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.rules.automation.automatic import NOTE
from bot.rules.paging.asking import TO_COMMAND
from bot.rules.paging.escalation import WHY
from bot.rules.paging.levels import Reached
from bot.rules.paging.wanted import Ask, Wanted
from bot.rules.policy import Policy
from bot.views.alerts import newest_line, newest_said
from bot.views.blocks import Block, actions, button, context, section
from bot.views.labels import headline, room_link, spoken
from bot.views.message import Message, message
from bot.views.terminal.paper import Paper
from bot.views.text import (
    LINE,
    channel,
    cut,
    ended,
    listed,
    one_line,
    person,
    plain_line,
    quote,
    tells_time,
    unmarked,
    when,
    wrote,
)

NOTICEABLE = timedelta(minutes=1)
"""How much later than it is wanted a page comes before it says since when."""
MOST = 12
"""Incidents that one page shows; more are counted."""
LONGEST_NOTE = 500
NEW = "nobody has it yet"
PAGED_AS: Mapping[str, str] = {**WHY, "begun": NEW, "service": "it concerns a service of yours"}
"""Why a level is paged, to who is on it."""

LABELS: Mapping[Ask, str] = {"acknowledge": "Acknowledge", "command": "Take command", "join": "I'm coming"}
DOORS: Mapping[Ask, str] = {
    "acknowledge": "incident:acknowledge",
    "command": "incident:take_command",
    "join": "incident:join",
}
WHEREFORE: Mapping[Ask, str] = {
    "acknowledge": "to take it",
    "command": "if you can lead it",
    "join": "if you can help",
}
KEYS: Mapping[Ask, str] = {"acknowledge": "to acknowledge", "command": "to take command", "join": "if you are coming"}
"""What a key does in a phone call."""
ANSWER = "Answer"
"""What stands on the one button for several incidents that ask for different things."""

SHORTEST = 300
"""Characters of a text message to a phone, its link among them: two parts at most."""
LEAST = 60
"""Characters that a long link leaves to what happened."""
ALOUD = 3
"""Incidents that are read aloud; more are counted."""


@dataclass(frozen=True, slots=True)
class Told:
    """A page as plain text: a subject, a text in full, one below that subject on a phone, one alone for a phone, and
    one to be read aloud. `label` is what its link does, `key` what a key does."""

    subject: str
    text: str
    below: str
    short: str
    aloud: str
    label: str = LABELS["acknowledge"]
    key: str = ""


def direct(wanted: Sequence[Wanted], policy: Policy, now: datetime) -> Message:
    """The direct message."""
    shown, left = wanted[:MOST], len(wanted) - MOST
    blocks = [block for each in shown for block in asking(each, policy, now)]
    if left > 0:
        blocks.append(more(left, policy))
    return message(unmarked(_text(wanted, now)), *blocks)


def more(left: int, policy: Policy) -> Block:
    """That there are more than it shows."""
    return context(f"And {left} more: `{policy.command} list` shows them.")


def _text(wanted: Sequence[Wanted], now: datetime) -> str:
    """What a locked phone shows."""
    if len(wanted) > 1:
        names = "; ".join(spoken(each.incident) for each in wanted[:MOST])
        wherefore = "Acknowledge" if label(wanted) == LABELS["acknowledge"] else ANSWER
        return f"You are paged for {len(wanted)} incidents: {ended(names)} {wherefore} each."
    return asked(wanted[0], now)


def asked(each: Wanted, now: datetime) -> str:
    """One incident on a locked phone: what, why, what to press, who is next."""
    pressed = f"Press *{LABELS[each.asks]}* {WHEREFORE[each.asks]}." if each.asks else ""
    said = (ended(spoken(each.incident)), _alert(each), _why(each, now), pressed, _then(each, now))
    return " ".join(filter(None, said))


def _alert(each: Wanted) -> str:
    """What its newest alert says, as a sentence."""
    return newest_said(each.newest) if each.newest else ""


def _why(each: Wanted, now: datetime) -> str:
    """Why they are paged; since when, where what they read comes noticeably later, whatever held it up."""
    if each.shadow:
        return "You see its pages as a shadow, and nobody waits for you."
    is_late = each.since is not None and now - each.since >= NOTICEABLE
    paged = f"You were paged at {when(each.since, now)}" if each.since and is_late else "You are paged"
    return f"{paged}: {_reason(each, each.paged.why if each.paged else 'begun')}."


def _reason(each: Wanted, why: str) -> str:
    if why == "begun" and each.incident.acknowledged_by:
        return f"it is {one_line(each.incident.severity)} now"
    if why == "asked" and _is_by_rule(each):
        return f"{NOTE} asks for you"
    if why == "asked" and each.by:
        return f"{person(each.by)} asks for you"
    if why in TO_COMMAND and each.by:
        return f"{PAGED_AS[why]}, and {person(each.by)} asks you to take command"
    return PAGED_AS[why]


def _is_by_rule(each: Wanted) -> bool:
    return each.paged is not None and each.paged.note == NOTE


def _note(each: Wanted) -> str:
    """What who asked for them wrote."""
    return each.paged.note if each.paged and not _is_by_rule(each) else ""


def _then(each: Wanted, now: datetime) -> str:
    """Who is next, and when; who has it, where somebody has."""
    if each.incident.acknowledged_by:
        return f"{person(each.incident.acknowledged_by)} has it."
    if each.then is None:
        return ""
    at = when(each.then.at, now)
    if not each.then.reached.is_anybody:
        return f"Nobody is next: at {at} everybody is told that nobody answered."
    if _is_again(each):
        return f"You are paged again at {at}."
    return f"{_named(each.then.reached)} next, at {at}."


def _is_again(each: Wanted) -> bool:
    """Whether the next level comes to whom this page came to, and to nobody else."""
    if each.then is None or each.paged is None or each.shadow:
        return False
    reached = each.then.reached
    return not (reached.channels or reached.services) and set(reached.people) == set(each.paged.people)


def _named(reached: Reached) -> str:
    names = [person(each) for each in reached.people]
    names += [channel(each) if each[:1] in {"C", "G"} else one_line(each) for each in reached.channels]
    names += [f"PagerDuty ({one_line(each)})" for each in reached.services]
    return f"{listed(names)} {'is' if len(names) == 1 else 'are'}"


def asking(each: Wanted, policy: Policy, now: datetime) -> Iterable[Block]:
    """One incident in a direct message, with its buttons."""
    level = f"Level {each.paged.level} of {one_line(each.paged.policy)}." if each.paged and each.paged.policy else ""
    said = " ".join(filter(None, (_why(each, now), _then(each, now), level)))
    note = quote(wrote(_note(each), LONGEST_NOTE)) if _note(each) else ""
    alert = newest_line(each.newest) if each.newest else ""
    where = room_link(each.incident)
    yield section("\n".join(filter(None, (headline(each.incident, policy), alert, said, note, where))))
    if each.asks:
        press = button(LABELS[each.asks], DOORS[each.asks], each.incident.number, "primary")
        yield actions(press, button("Can't, next please", "incident:decline_page", each.incident.number))


def label(wanted: Iterable[Wanted]) -> str:
    """What is on the one button for all of them."""
    asks = {each.asks: None for each in wanted if each.asks}
    return LABELS[next(iter(asks))] if len(asks) == 1 else ANSWER


def plain(wanted: Sequence[Wanted], paper: Paper, address: str = "") -> Told:
    """The page for where no markup is read; `address` is the page on which it is answered, where there is one."""
    shown, left, is_one = wanted[:MOST], len(wanted) - MOST, len(wanted) == 1
    names = [paper.plain(spoken(each.incident)) for each in shown]
    lines = [_said(each, paper) for each in shown]
    alerts = [paper.plain(_alert(each)) for each in shown]
    about = ["\n".join(filter(None, (alert, " ".join(line)))) for alert, line in zip(alerts, lines, strict=True)]
    named = [f"{name}\n{text}" for name, text in zip(names, about, strict=True)]
    more = [f"And {left} more: see them in Slack."] if left > 0 else []
    way = _way(wanted, address)
    below = [about[0]] if is_one else [*named, *more]
    paged = "you are paged" if any(each.asks for each in wanted) else "you see it as a shadow"
    return Told(
        subject=f"{names[0]}{'' if is_one else f', and {len(wanted) - 1} more'}: {paged}",
        text="\n\n".join([*named, *more, way, *_zone(shown, paper)]),
        below="\n\n".join([*below, *([] if address else [way])]),
        short=f"{_short(names, lines[0], alerts[0], len(wanted), max(LEAST, SHORTEST - len(way) - 1))}\n{way}",
        aloud=_aloud(names, [alerts[0], *lines[0]], len(wanted), "" if address else way),
        label=label(wanted),
        key=_key(wanted),
    )


def _zone(shown: Sequence[Wanted], paper: Paper) -> list[str]:
    """Whose times they are, where one is told."""
    is_told = any(tells_time(_why(each, paper.now) + _then(each, paper.now)) for each in shown)
    return [f"Times are those of {paper.zone_name}."] if is_told else []


def _way(wanted: Sequence[Wanted], address: str) -> str:
    if not any(each.asks for each in wanted):
        return "There is nothing to answer."
    does = label(wanted)
    if address:
        return f"{does}: {address}"
    return f"{ANSWER if does == LABELS['join'] else does} in Slack."


def _key(wanted: Sequence[Wanted]) -> str:
    known = {LABELS[asks]: does for asks, does in KEYS.items()}
    return f"Press 1 {known.get(label(wanted), 'to answer')}."


def _said(each: Wanted, paper: Paper) -> list[str]:
    """Why, who is next, and what who asked for them wrote."""
    parts = (paper.plain(part) for part in (_why(each, paper.now), _then(each, paper.now)))
    note = plain_line(_note(each), LONGEST_NOTE)
    return [part for part in (*parts, note) if part]


def _short(names: Sequence[str], said: Sequence[str], alert: str, total: int, room: int) -> str:
    """What happened, and as much more as fits into so many characters; what its alert says comes last, and is cut."""
    if total > 1:
        return _fitting(f"Paged for {total}: {'; '.join(names)}", room)
    text = _fitting(names[0], room)
    for part in said:
        longer = f"{ended(text)} {part}"
        text = longer if len(longer) <= room else text
    left = room - len(ended(text)) - 1
    return f"{ended(text)} {_fitting(alert, left)}" if alert and left >= LEAST else text


def _fitting(text: str, room: int) -> str:
    """Cut with three full stops: an ellipsis would halve what fits into a text message."""
    return text if len(text) <= room else f"{text[: room - 3].rstrip()}..."


def _aloud(names: Sequence[str], said: Sequence[str], total: int, way: str) -> str:
    if total == 1:
        return " ".join(filter(None, ("This is Tocsin.", ended(names[0]), *(cut(part, LINE) for part in said), way)))
    more = [f"And {total - ALOUD} more."] if total > ALOUD else []
    first = (ended(name) for name in names[:ALOUD])
    return " ".join(filter(None, (f"This is Tocsin. You are paged for {total} incidents.", *first, *more, way)))


def tried(way: str) -> Message:
    """The try of *Test my pager*, by direct message."""
    text = "This is your pager, as you asked: a page by Slack comes like this. Press *It works*."
    press = {**button("It works", "person:answer_try", 0, "primary"), "value": way}
    return message(unmarked(text), section(text), actions(press))


def tried_plainly(address: str = "") -> Told:
    """The try, for where no markup is read."""
    way = f"It works: {address}" if address else "There is nothing to answer."
    said = "This is your pager, as you asked Tocsin for it."
    below = said if address else f"{said} {way}"
    return Told(
        subject="Your pager, tried out",
        text=f"{said}\n\n{way}",
        below=below,
        short=f"{said}\n{way}",
        aloud=said,
        label="It works",
        key="Press 1 if you hear this.",
    )
