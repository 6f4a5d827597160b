"""What was put into a modal, read by the names of its inputs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from handlers.grammar import clean
from handlers.request import Body, carried, digest, part, text_at


@dataclass(frozen=True, slots=True)
class Values:
    """Inputs by name; `about` is what the modal carries with it unseen (the incident's number, a quoted message)."""

    inputs: Mapping[str, Any]
    about: Mapping[str, Any]

    def is_touched(self, name: str) -> bool:
        """Whether an input holds something else than it was shown with; what was shown is in `about`."""
        if not self.has(name):
            return False
        shown = part(self.about, "shown")
        return shown.get(name) != _mark(self.inputs[name]) if name in shown else True

    @property
    def number(self) -> int | None:
        """The incident that the modal is about."""
        found = self.about.get("number")
        return found if isinstance(found, int) and not isinstance(found, bool) else None

    def has(self, name: str) -> bool:
        """Whether the modal has that input."""
        return name in self.inputs

    def text(self, name: str) -> str:
        """What was typed or chosen; empty where nothing was."""
        found = self.inputs.get(name)
        return found.strip() if isinstance(found, str) else ""

    def changed(self, name: str) -> str | None:
        """The text of an input that may take something back by being emptied; None where it is as it was shown."""
        return self.text(name) if self.is_touched(name) else None

    def several(self, name: str) -> tuple[str, ...]:
        """The values chosen in a select of several or ticked in boxes."""
        found = self.inputs.get(name)
        return tuple(found) if isinstance(found, tuple) else ()

    def moment(self, name: str) -> datetime | None:
        """The day and time chosen, in UTC."""
        found = self.inputs.get(name)
        return found if isinstance(found, datetime) else None


def read(view: Body) -> Values:
    """The values of a submitted modal, whatever shape they come in."""
    inputs: dict[str, Any] = {}
    for name, elements in part(view, "state", "values").items():
        if isinstance(elements, Mapping):
            element = next((each for each in elements.values() if isinstance(each, Mapping)), None)
            inputs[name] = _value(element) if element else None
    return Values(inputs, carried(view))


def _value(element: Mapping[str, Any]) -> Any:
    """The value of one element: text, several texts, a moment, or None."""
    if isinstance(options := element.get("selected_options"), list):
        return tuple(text for each in options if (text := text_at(each, "value")))
    if isinstance(people := element.get("selected_users"), list):
        return tuple(each for each in people if isinstance(each, str))
    if isinstance(at := element.get("selected_date_time"), int):
        return _moment(at)
    typed = element.get("value")
    if isinstance(typed, str):
        return clean(typed)
    return text_at(element, "selected_option", "value") or text_at(element, "selected_user") or None


def _moment(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def shown(view: Body) -> dict[str, str]:
    """Marks of what the inputs of a view show before anybody touches them, for the view to carry."""
    return dict(_shown(view))


def _shown(view: Body) -> Iterator[tuple[str, str]]:
    blocks = view.get("blocks")
    for block in blocks if isinstance(blocks, list) else []:
        element = part(block, "element")
        if element:
            as_chosen = {name.replace("initial_", "selected_", 1): each for name, each in element.items()}
            as_typed = {"value": element["initial_value"]} if "initial_value" in element else {}
            yield text_at(block, "block_id"), _mark(_value({**as_chosen, **as_typed}))


def _mark(value: Any) -> str:
    """Alike for values that a person cannot tell apart: order, blanks around, parts of a minute."""
    match value:
        case tuple():
            return digest(sorted(value))[:8] if value else ""
        case datetime():
            return digest(int(value.timestamp()) // 60)[:8]
        case str():
            return digest(value.strip())[:8] if value.strip() else ""
    return ""
