"""What a row of the table of verbs holds."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request

Act: TypeAlias = Callable[[Parts, Request, int, Spoken], Awaitable[Reply]]
Look: TypeAlias = Callable[[Parts, Request, Spoken], Awaitable[Reply]]
Needs: TypeAlias = Callable[[Spoken], str | None]


@dataclass(frozen=True, slots=True)
class Verb:
    """A word that people type. `run` does it where an incident is meant, `look` where none is needed.

    `needs` is the door of the modal that asks for what the words leave out, or None when everything is there.
    `takes` says what follows: text; a number that is no incident; another incident; or nothing but the incident.
    """

    name: str
    aliases: tuple[str, ...]
    usage: str
    help: str
    door: str
    run: Act | None = None
    look: Look | None = None
    needs: Needs = lambda _spoken: None
    takes: Literal["text", "number", "other", "nothing"] = "text"


def text(door: str) -> Needs:
    """Some text has to follow, or the modal behind `door` asks for it."""
    return lambda spoken: None if spoken.rest else door
