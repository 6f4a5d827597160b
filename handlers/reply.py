"""What the person who asked is answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.views.message import Message
from handlers.grammar import Spoken

View: TypeAlias = dict[str, Any]
SILENCE = Spoken("")


@dataclass(frozen=True, slots=True)
class Form:
    """A modal that has to open: for which door, and the words so far; or what to do once an incident is chosen."""

    door: str
    spoken: Spoken = SILENCE
    carried: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A message, or a view where a modal is open, or a form that asks for what is missing; or nothing.

    `refused` is the sentence of a refusal as it stands beside a field, without markup; `field` the input at fault.
    """

    message: Message | None = None
    view: View | None = None
    form: Form | None = None
    refused: str | None = None
    field: str | None = None
    stays: bool = False
    """Whether a modal stays open and shows the message; otherwise it closes."""
    thread: str | None = None
    """The thread to say it in, where the request did not tell it."""
    replaces: bool = False
    """Whether it takes the place of the answer whose button was pressed, where only the person saw that."""
    asks: bool = False
    """Whether it asks something beside what was done; then it is shown though a modal closes or it is a Home."""
    undoable: bool = False
    """Whether it offers to take back what was done; then it is shown though a modal closes."""
    briefs: bool = False
    """Whether it tells what a role asks of who took it, once; then it is sent though a Home shows who holds it."""


NOTHING = Reply()
