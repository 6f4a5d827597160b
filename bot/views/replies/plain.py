"""Short replies that need no incident."""

import re
from collections.abc import Mapping

from bot.views.acts import ACTS
from bot.views.blocks import VALUE, Block, actions, button, section
from bot.views.message import Message, message
from bot.views.text import PARAGRAPH, clean, cut, escape, one_line

_MENTION = re.compile(r"&lt;@([UW][A-Z0-9]+)&gt;")
_RAW_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")

OTHERS = {"incident:declare": "Declare incident", "incident:pick": "Choose an incident"}


def refused(sentence: str, *, passable: bool = False) -> Message:
    """A rule's no. Words in it stay words; people whom the rule names by id are shown by name.

    `passable`: breaking the glass passes it.
    """
    text = shown(sentence).strip() or "That is not possible."
    way = (actions(button("Break glass…", "incident:breakglass", 0, "danger")),) if passable else ()
    return message(text, section(text), *way)


QUESTIONS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "command": (("Take over all the same", "incident:take_command/sure"),),
    "acknowledge": (("I'm on it", "incident:acknowledge/sure"), ("Only looking", "incident:follow/looking")),
}
"""What waits for an answer, and the answers: label and door."""


def asks(sentence: str, act: str, number: int) -> Message:
    """A rule's question, with a button for each answer."""
    text = shown(sentence)
    return message(text, section(text), actions(*answers(act, number)))


def answers(act: str, number: int) -> tuple[Block, ...]:
    """A button for each answer to a question."""
    return tuple(button(label, door, number) for label, door in QUESTIONS[act])


def shown(sentence: str) -> str:
    """A rule's sentence as markup: escaped, except for people named by id (only the caller sees it)."""
    return with_people(escape(clean(sentence)))


def with_people(markup: str) -> str:
    """Escaped markup in which people named by id are mentions again."""
    return _MENTION.sub(r"<@\1>", markup)


def beside_field(sentence: str, names: Mapping[str, str] | None = None) -> str:
    """A rule's sentence for a modal's field, where no markup is read; `names` by id."""
    known = names or {}
    named = _RAW_MENTION.sub(lambda found: f"@{known.get(found[1], 'that person')}", clean(sentence))
    return cut(named.replace("`", ""), PARAGRAPH)


def still_working() -> Message:
    """It takes longer than two seconds."""
    text = "Still working on it. The answer follows here; there is no need to try again."
    return message(text, section(text))


def apology(identity: str) -> Message:
    """Something unforeseen; the id is in the log."""
    text = (
        f"Sorry, that went wrong, and it is my fault. Please look whether it had its effect before you try again. "
        f"If it happens again, tell whoever runs Tocsin: the log has it under `{one_line(identity).replace('`', '')}`."
    )
    return message(text, section(text))


def opens(door: str, number: int | None = None, *, words: str = "") -> Message:
    """Where no modal can open by itself, a button that does; its value is the number (0: none yet) and the words."""
    act = ACTS.get(door.removeprefix("incident:"))
    label = act.label if act else OTHERS.get(door, "Go on")
    made = button(label, door, number or 0)
    text = f"I need a little more for that. Press *{label}*, and I ask for it."
    return message(text, section(text), actions({**made, "value": f"{number or 0} {words}".strip()[:VALUE]}))


def unchanged(sentence: str, identity: str) -> Message:
    """The record takes no change now; the id is in the log."""
    text = (
        f"Sorry, I could not do that. {escape(sentence)} "
        f"If it lasts, tell whoever runs Tocsin: the log has it under `{one_line(identity).replace('`', '')}`."
    )
    return message(text, section(text))


def say(sentence: str) -> Message:
    """A finished sentence of ours, already markup."""
    return message(sentence, section(sentence))
