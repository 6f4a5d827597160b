"""The list of incidents: compact lines, grouped by severity, never longer than Slack takes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views.blocks import SECTION, VALUE, Block, actions, button, context, section
from bot.views.labels import (
    KIND_SIGNS,
    LOCK,
    is_update_due,
    lasted,
    mark,
    room_link,
    spoken,
    state_word,
    wants_commander,
)
from bot.views.message import Message, message
from bot.views.text import age, clip, escape, length, listed, one_line, person

MOST = 20
"""Lines in one reply: two screens of a phone."""
TITLE = 70
_PERSON = re.compile(r"&lt;(@[UW][A-Z0-9]+)&gt;")


def listing(
    incidents: Sequence[Incident],
    policy: Policy,
    now: datetime,
    *,
    total: int | None = None,
    words: str = "",
    offset: int = 0,
) -> Message:
    """One page of incidents, most severe first, those that are open before others.

    `total` counts all that were asked for, `words` is what was asked for, as typed; `offset` of them stand before.
    """
    if not incidents:
        return _past_the_end(total, words) if total else _empty(policy, words)
    shown = sorted(incidents[:MOST], key=lambda incident: (not incident.is_open, policy.rank(incident.severity)))
    page = Page(offset, len(shown), max(total or 0, offset + len(incidents)), words)
    blocks = [section(part) for part in _groups(shown, policy, now)]
    if page.count > len(shown):
        blocks.append(_place(page, policy, shown[0].severity.lower()))
        blocks.append(actions(*page.buttons()))
    return message(_text(page, shown), *blocks)


@dataclass(frozen=True, slots=True)
class Page:
    """What is shown of all: `shown` of `count`, after the first `offset`."""

    offset: int
    shown: int
    count: int
    words: str

    @property
    def span(self) -> str:
        """`21–40 of 200`."""
        last = self.offset + self.shown
        lines = f"{self.offset + 1}–{last}" if self.shown > 1 else f"{last}"
        return f"{lines} of {self.count}"

    def buttons(self) -> Iterator[Block]:
        """The way back and the way on, as far as there is one."""
        if self.offset:
            yield turning("Previous", max(0, self.offset - MOST), self.words)
        if self.offset + self.shown < self.count:
            yield turning("Next", self.offset + self.shown, self.words)


def turning(label: str, offset: int, words: str) -> Block:
    """A button that shows another page of the same list."""
    made = {name: value for name, value in button(label, f"incident:list/{offset}", 0).items() if name != "value"}
    asked = words.strip()[:VALUE]
    return {**made, "value": asked} if asked else made


def _asked(words: str) -> str:
    """What was asked for; people in it, named by id, are shown by name."""
    return clip(_PERSON.sub(r"<\1>", one_line(words, VALUE)), 60)


def _past_the_end(total: int, words: str) -> Message:
    """The list became shorter while somebody read it."""
    text = f"The list is shorter by now: {total} in all."
    return message(text, section(text), actions(turning("From the first", 0, words)))


def _empty(policy: Policy, words: str) -> Message:
    asked, command = words.strip(), policy.command
    declare = f"If something is wrong, say so: `{command} declare sev1 what is wrong`."
    if not asked:
        text = f"No incident is open. All is quiet. {declare} `{command} list all` shows closed ones too."
    elif asked == "all":
        text = f"There has been no incident yet. {declare}"
    else:
        is_all = "all" in asked.lower().split()
        wider = "" if is_all else f" `{command} list all …` looks among closed ones too."
        text = f"No incident matches “{_asked(asked)}”.{wider}"
    return message(text, section(text))


def _text(page: Page, shown: Sequence[Incident]) -> str:
    asked = f" for “{_asked(page.words)}”" if page.words.strip() else " open" if shown[0].is_open else ""
    first = shown[0]
    noun = "incident" if page.count == 1 else "incidents"
    many = f"Incidents {page.span}{asked}" if page.offset else f"{page.count} {noun}{asked}"
    return f"{many}. First: {spoken(first)}, {state_word(first)}."


def _groups(shown: Sequence[Incident], policy: Policy, now: datetime) -> Iterator[str]:
    for (is_open, severity), group in groupby(shown, key=lambda incident: (incident.is_open, incident.severity)):
        title = f"{mark(severity, policy)} *{severity}*" if is_open else f"*{severity}, closed*"
        paragraph = title
        for incident in group:
            line = f"\n• {_line(incident, policy, now)}"
            if len(paragraph) + len(line) > SECTION:
                yield paragraph
                paragraph = title
            paragraph += line
        yield paragraph


def _line(incident: Incident, policy: Policy, now: datetime) -> str:
    """`INC-12 Checkout is down · investigating · 42 min · @bob · #inc-12-checkout-is-down`."""
    lock = f"{LOCK} " if incident.private else ""
    kind = f"{' '.join(KIND_SIGNS[incident.kind])} " if incident.kind in KIND_SIGNS else ""
    parts = [f"{kind}*{incident.name}* {lock}{one_line(incident.title, TITLE)}", state_word(incident)]
    end = incident.at("resolved")
    if incident.is_open:
        parts.append(age(lasted(incident, now)))
    elif end and incident.kind != "near miss":
        parts.append(length(lasted(incident, end)))
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


FILTERS = ("mine", "service:name", "commander:@name")
"""Words that narrow a list, beside a severity."""


def _place(page: Page, policy: Policy, severity: str) -> Block:
    """Where one is in the list, what makes it shorter, and what it leaves out."""
    kinds = {word.partition(":")[0] for word in page.words.lower().split()}
    narrower = [word for word in (severity, *FILTERS) if word.partition(":")[0] not in kinds]
    wider = [f"`{word}` {shows}" for word, shows in WIDER.items() if word not in kinds]
    hint = listed([*(f"`{word}`" for word in narrower), "words of the title"], "or")
    more = f" {listed(wider)}." if wider else ""
    return context(f"*{page.span}* · Say more after `{policy.command} list` to narrow it: {escape(hint)}.{more}")


WIDER = {"all": "adds closed ones", "tests": "shows tests"}
"""Words for what a list leaves out by itself."""
