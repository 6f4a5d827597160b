"""One screen for who comes late: what is known, who leads, what was tried, what comes next; later, what is new."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.events import Event
from bot.rules.incident import ROLES, Incident, Status
from bot.rules.policy import Policy
from bot.views.acts import ACTS, ASIDE
from bot.views.blocks import Block, actions, button, packed, section
from bot.views.brief import known, missing, promised, steps
from bot.views.labels import FORGOTTEN, ROLE_NAMES, headline, services, spoken, state_word
from bot.views.message import Message, message
from bot.views.text import clip, length, one_line, person, sentence, when
from bot.views.timeline import timeline_line

MOST = 6
"""Lines of what was tried, or of what is new."""
LINE = 160
QUIET: tuple[type[Event], ...] = (
    events.Announced,
    events.ArchiveOffered,
    events.Followed,
    events.GaveUp,
    events.MemberJoined,
    events.MemberLeft,
    events.RoomMade,
    events.TwoHats,
    events.Unfollowed,
    events.UpdateSoon,
)
"""What is no news to who catches up."""


def catchup(
    incident: Incident,
    entries: Sequence[Entry],
    policy: Policy,
    now: datetime,
    since_seq: int | None = None,
    viewer: str | None = None,
) -> Message:
    """All that one needs, under 25 lines; with `since_seq` only what came after that entry.

    `entries` are its timeline, oldest first; `viewer` is who reads, where that is known.
    """
    if since_seq is None:
        lines, text = _whole(incident, entries, policy, now), "what is known so far"
    else:
        news = _news(incident, entries, since_seq)
        lines, text = _since(incident, news, policy, now), _told(news)
    parts = (section(part) for part in packed(lines))
    return message(f"{spoken(incident)}: {text}.", *parts, actions(*_buttons(incident, viewer)))


def _whole(incident: Incident, entries: Sequence[Entry], policy: Policy, now: datetime) -> Iterator[str]:
    yield headline(incident, policy)
    yield _state(incident, entries, now)
    yield from known(incident)
    if incident.services:
        yield clip(f"*Services* {services(incident.services, policy)}", LINE)
    yield _who(incident)
    tried = steps(entries, now, MOST)
    if tried and not incident.forgotten:
        yield "*What was tried*"
        yield from (f"• {clip(line, LINE)}" for line in tried)
    if incident.forgotten:
        yield FORGOTTEN
    yield from _next(incident, policy, now)


def _state(incident: Incident, entries: Sequence[Entry], now: datetime) -> str:
    """`*Identified* since 14:20 · declared 14:00, 42 min ago, by @ada`."""
    moves = [entry.at for entry in entries if isinstance(entry.event, events.StatusChanged)]
    since = f" since {when(moves[-1], now)}" if moves and incident.is_open else ""
    declared = incident.at("declared") or incident.anchor
    ago = f", {length(now - declared)} ago," if now > declared else ""
    by = person(incident.declared_by)
    return f"*{sentence(state_word(incident))}*{since} · declared {when(declared, now)}{ago} by {by}"


def _who(incident: Incident) -> str:
    held = [f"*{ROLE_NAMES[role]}* {person(incident.roles[role])}" for role in ROLES if role in incident.roles]
    if held:
        return " · ".join(held)
    if incident.acknowledged_by:
        return f"*Who leads* nobody commands; {person(incident.acknowledged_by)} has it"
    return "*Who leads* nobody has it yet"


def _next(incident: Incident, policy: Policy, now: datetime) -> Iterator[str]:
    if incident.status is Status.RESOLVED:
        yield f"*Fixed by* {one_line(incident.fix, LINE)}"
    elif not incident.is_open:
        yield f"*What comes next* nothing: it is {state_word(incident)}"
    else:
        yield f"*What comes next* {promised(incident, now)}"
        if lacking := list(missing(incident, policy)):
            yield f"*Still open* {'; '.join(lacking)}"


def _news(incident: Incident, entries: Sequence[Entry], since_seq: int) -> list[Entry]:
    """What came after that entry of its own timeline, without what is no news."""
    own = [entry for entry in entries if entry.subject == incident.subject and entry.seq > since_seq]
    return [entry for entry in own if not isinstance(entry.event, QUIET)]


def _told(news: Sequence[Entry]) -> str:
    if not news:
        return "nothing new since you looked"
    return f"{len(news)} {'entry' if len(news) == 1 else 'entries'} since you looked"


def _since(incident: Incident, news: Sequence[Entry], policy: Policy, now: datetime) -> Iterator[str]:
    yield headline(incident, policy)
    if news:
        left = len(news) - MOST
        yield f"*New since you looked*{f', the last {MOST} of {len(news)}' if left > 0 else ''}"
        yield from (f"• {clip(timeline_line(entry), LINE)}" for entry in news[-MOST:])
    else:
        yield f"Nothing new since you looked. It is {state_word(incident)}."
    yield _who(incident)
    yield from _next(incident, policy, now)


def _buttons(incident: Incident, viewer: str | None) -> Iterator[Block]:
    """All of it; and for who is at work already to say something, for others to help."""
    show, update, join = ACTS["show"], ACTS["update"], ASIDE["join"]
    yield button(show.label, show.door, incident.number)
    if incident.is_open:
        act = update if viewer and viewer in incident.responders else join
        yield button(act.label, act.door, incident.number)
