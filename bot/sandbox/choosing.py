"""Finding what a person means to press or fill in: by its visible label, its action_id, its value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blocks import elements_of
from bot.sandbox.composition import choices
from bot.sandbox.records import Json, SandboxRefused
from bot.sandbox.state import KEPT, Person, chosen, find_option

Found = tuple[Json, Json]  # a block, and the element in it


@dataclass(frozen=True, slots=True)
class Aim:
    """What a person means: an element by action_id (and block_id), or by what is read on it; and what they choose."""

    action_id: str | None = None
    label: str | None = None
    value: Any = None
    block_id: str | None = None


def elements(blocks: Sequence[Json]) -> Iterator[Found]:
    """Every element that can be acted on, with its block."""
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def label_of(block: Json, element: Json) -> str:
    """What a person reads on an element, or beside it."""
    for place in (element.get("text"), block.get("label"), element.get("placeholder")):
        if place:
            return str(place["text"])
    return str(element.get("action_id", ""))


def option_labels(element: Json) -> list[str]:
    """What a person reads on an element's options."""
    return [str(option["text"]["text"]) for option in choices(element)]


def find(blocks: Sequence[Json], aim: Aim) -> Found:
    """The element aimed at, by its own visible label or by one of its options'; else SandboxRefused."""
    known = list(elements(blocks))
    fitting = [f for f in known if aim.action_id in (None, f[1]["action_id"])]
    fitting = [f for f in fitting if aim.block_id in (None, f[0]["block_id"])]
    if aim.label is not None:
        named = [f for f in fitting if label_of(*f) == aim.label]
        fitting = named or [f for f in fitting if aim.label in option_labels(f[1])]
    if len(fitting) > 1 and isinstance(aim.value, str):
        fitting = [f for f in fitting if f[1].get("value") == aim.value] or fitting
    if fitting and (aim.action_id is not None or aim.label is not None):
        return fitting[0]
    wanted = aim.label or repr(aim.action_id)
    raise SandboxRefused(f"There is nothing to press called {wanted}; there is: {_offer(known)}.")


def _offer(known: list[Found]) -> str:
    words = [word for f in known for word in (option_labels(f[1]) or [label_of(*f)])]
    return ", ".join(words) or "nothing at all"


def pressed(element: Json, aim: Aim, person: Person) -> Json:
    """What acting on an element chooses: nothing for a button, an option for a menu, a value for an input."""
    kind = element["type"]
    if kind == "button":
        return {}
    wanted = aim.value if aim.value is not None else aim.label
    if kind == "overflow":
        return {"selected_option": find_option(element, wanted)}
    return {k: v for k, v in chosen(element, wanted, person).items() if k == KEPT[kind][0]}
