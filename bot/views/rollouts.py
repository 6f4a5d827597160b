"""What was changed, in a line: deploys, flags, configuration, migrations."""

from datetime import datetime, timedelta

from bot.rules.events import RolledOut
from bot.rules.policy import Policy
from bot.rules.rollouts.rollout import Rollout, event
from bot.views.blocks import Block, context, packed, section
from bot.views.message import Message, message
from bot.views.text import length, link, listed, one_line, sentence, when

TITLE, NAME = 90, 40
SHOWN = 8
"""Lines of the second message; the list has the rest."""
MOST = 20
"""Lines of the list: two screens of a phone."""
PAGE = "docs/alerts.md"
DAY = timedelta(days=1)


def what(told: RolledOut) -> str:
    """`deploy of checkout 1.4.2 (production): Faster carts, by ada`, as markup."""
    version = told.version if told.version != told.title else ""
    names = " ".join(one_line(each, NAME) for each in (told.service, version) if each)
    where = f" ({one_line(told.environment, NAME)})" if told.environment else ""
    title = link(told.url, told.title[:TITLE]) if told.url else one_line(told.title, TITLE)
    by = f", by {one_line(told.by, NAME)}" if told.by else ""
    return f"{told.kind}{f' of {names}' if names else ''}{where}: {title}{by}"


def line(rollout: Rollout, now: datetime) -> str:
    """One of several, with when."""
    return f"• {when(rollout.at, now)} {what(event(rollout))}"


def paragraph(found: list[Rollout], total: int, policy: Policy, now: datetime) -> str:
    """The newest of those that an incident found, for its second message; empty without any."""
    if not found:
        return ""
    shown = [line(each, now) for each in found[:SHOWN]]
    more = total - len(shown)
    rest = [f"and {more} more: `{policy.command} changes`"] if more > 0 else []
    return "\n".join(["*What changed?* Rolling back is often the fastest way out.", *shown, *rest])


def changes(
    found: list[Rollout], total: int, services: tuple[str, ...], back: timedelta, policy: Policy, now: datetime
) -> Message:
    """The list that somebody asked for, the newest first; `total` counts all of them."""
    on = f" on {listed(one_line(name, NAME) for name in services)}" if services else ""
    span = "in the last day" if back == DAY else f"in the last {length(back)}"
    if not found:
        return _none(f"No change was told{on} {span}.", back, policy)
    count = f"{total} {'change' if total == 1 else 'changes'}"
    text = f"{count}{on} {span}. Last: {what(event(found[0]))}"
    blocks: list[Block] = [section(f"*{count}*{on} {span}")]
    blocks += [section(part) for part in packed(line(each, now) for each in found[:MOST])]
    if total > MOST:
        hint = f"The newest {MOST} of {total}. Narrow it: `{policy.command} changes &lt;service&gt; 30m`."
        blocks.append(context(hint))
    return message(text, *blocks)


def _none(said: str, back: timedelta, policy: Policy) -> Message:
    further = "1d" if back < DAY else "7d"
    wider = f"Look further back with `{policy.command} changes {further}`."
    how = f"Whatever deploys tells Tocsin by `POST /changes` ({PAGE})."
    return message(f"{said} {wider}", section(f"{said} {wider}"), context(how))


def told(rolled_out: RolledOut) -> str:
    """As a timeline has it: `Deploy of checkout 1.4.2: Faster carts`."""
    return sentence(what(rolled_out))
