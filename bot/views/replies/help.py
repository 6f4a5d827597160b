"""What can be typed."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.rules.policy import Policy
from bot.views.blocks import packed, section
from bot.views.message import Message, message
from bot.views.text import escape, one_line


class Verb(Protocol):
    """One row of the table of verbs."""

    @property
    def name(self) -> str:
        """`ack`."""

    @property
    def aliases(self) -> tuple[str, ...]:
        """Other words for it."""

    @property
    def usage(self) -> str:
        """What follows the command, the verb included: `ack [INC-12]`."""

    @property
    def help(self) -> str:
        """What it does, in a few words."""


def help_(
    topics: Mapping[str, Sequence[Verb]], policy: Policy, *, unknown: str = "", nearest: str | None = None
) -> Message:
    """All verbs by topic, one a line; for an `unknown` word first that it is none, and the `nearest` one.

    The first line names the command once for all of them.
    """
    intro = _intro(policy, unknown, nearest)
    is_one = sum(map(len, topics.values())) == 1
    command = f"{policy.command} " if is_one else ""
    told = [_topic(topic, verbs, command) for topic, verbs in topics.items()]
    parts = [part for lines in told for part in packed(lines)]
    where = "In an incident's channel I know which one is meant; elsewhere `INC-12` comes first, or I ask."
    return message(intro, *(section(part) for part in (intro, *parts, where)))


def _intro(policy: Policy, unknown: str, nearest: str | None) -> str:
    if not unknown.strip():
        return f"*What you can type* after `{policy.command}`. To begin: `{policy.command} declare sev1 what is wrong`."
    guess = f" Did you mean `{policy.command} {nearest}`?" if nearest else ""
    return (
        f"I do not know “{one_line(unknown, 60)}”.{guess} Nothing was changed. What I know, after `{policy.command}`:"
    )


def _topic(topic: str, verbs: Sequence[Verb], command: str) -> list[str]:
    lines = [_line(verb, command) for verb in verbs]
    return [f"*{topic}*", *lines] if topic else lines


def _line(verb: Verb, command: str) -> str:
    others = f" _(also {', '.join(escape(alias) for alias in verb.aliases)})_" if verb.aliases else ""
    return f"`{command}{escape(verb.usage)}` {escape(verb.help)}{others}"
