"""The list of incidents: compact lines, grouped by severity, never longer than Slack takes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby

from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views.blocks import SECTION, Block, context, section
from bot.views.labels import LOCK, is_update_due, lasted, mark, room_link, wants_commander
from bot.views.message import Message, message
from bot.views.text import escape, length, listed, one_line, person

MOST = 20
"""Lines in one reply: two screens of a phone."""
TITLE = 70


def listing(
    incidents: Sequence[Incident], policy: Policy, now: datetime, *, total: int | None = None, words: str = ""
) -> Message:
    """The incidents in the order given, most severe first; `total` counts those that were not handed over as well.

    `words` is what was asked for, as typed.
    """
    if not incidents:
        return _empty(policy, words)
    count = max(total or 0, len(incidents))
    shown = sorted(incidents[:MOST], key=lambda incident: (not incident.is_open, policy.rank(incident.severity)))
    blocks = [section(part) for part in _groups(shown, policy, now)]
    left = count - len(shown)
    if left:
        blocks.append(_more(left, policy, shown[0].severity.lower(), words))
    return message(_text(count, shown, words), *blocks)


def _empty(policy: Policy, words: str) -> Message:
    asked, command = words.strip(), policy.command
    what = f"No incident matches “{one_line(asked, 60)}”." if asked else "No incident is open. All is quiet."
    if asked == "all":
        what = "There has been no incident yet."
    everything = f" `{command} list all` shows closed ones too." if asked != "all" else ""
    text = f"{what} If something is wrong, say so: `{command} declare sev1 what is wrong`.{everything}"
    return message(text, section(text))


def _text(count: int, shown: Sequence[Incident], words: str) -> str:
    asked = f" for “{one_line(words, 60)}”" if words.strip() else " open" if shown[0].is_open else ""
    first = shown[0]
    noun = "incident" if count == 1 else "incidents"
    return f"{count} {noun}{asked}. First: {first.severity} {first.name} {one_line(first.title)}, {first.status}."


def _groups(shown: Sequence[Incident], policy: Policy, now: datetime) -> Iterator[str]:
    for (is_open, severity), group in groupby(shown, key=lambda incident: (incident.is_open, incident.severity)):
        title = f"{mark(severity, policy)} *{severity}*" if is_open else f"*{severity}, closed*"
        paragraph = title
        for incident in group:
            line = f"\n{_line(incident, policy, now)}"
            if len(paragraph) + len(line) > SECTION:
                yield paragraph
                paragraph = title
            paragraph += line
        yield paragraph


def _line(incident: Incident, policy: Policy, now: datetime) -> str:
    """`INC-12 Checkout is down · investigating · 42 min · @bob · #inc-12-checkout-is-down`."""
    lock = f"{LOCK} " if incident.private else ""
    parts = [f"*{incident.name}* {lock}{one_line(incident.title, TITLE)}", incident.status.value]
    end = incident.at("resolved")
    if incident.is_open or end:
        parts.append(length(lasted(incident, end if end and not incident.is_open else now)))
    parts += [*_needs(incident, policy, now), room_link(incident)]
    return " · ".join(filter(None, parts))


def _needs(incident: Incident, policy: Policy, now: datetime) -> Iterator[str]:
    if not incident.is_open:
        return
    if incident.acknowledged_by is None:
        yield "*nobody has it*"
    elif wants_commander(incident, policy):
        yield f"{person(incident.acknowledged_by)}, no commander"
    else:
        yield person(incident.commander or incident.acknowledged_by)
    if is_update_due(incident, now):
        yield "⏰ update due"


def _more(left: int, policy: Policy, severity: str, words: str) -> Block:
    asked = words.lower().split()
    narrower = [word for word in (severity, "mine", "service:name") if word not in asked]
    hint = f"`{policy.command} list {' '.join([*asked, narrower[0]])}` narrows it"
    return context(f"and {left} more — {escape(hint)}, so {'do' if narrower[2:] else 'does'} {_coded(narrower[1:])}.")


def _coded(words: Sequence[str]) -> str:
    return listed(f"`{word}`" for word in words)
