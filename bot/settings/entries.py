"""What stands in the sections of the plain data, as far as it has the form of one: `checks` look at it.

Whatever has another form is passed over: the shapes say so.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from bot.settings.document import Document, Keys
from bot.settings.errors import Problem, one_of

Data: TypeAlias = Mapping[Any, Any]


def listed(value: Any) -> list[Any]:
    """A list; one thing alone as a list of it, nothing as an empty one."""
    return value if isinstance(value, list) else [] if value is None else [value]


def entries(data: Data, section: str) -> Iterator[tuple[int, Data]]:
    """The entries of a section, each with its place."""
    for place, entry in enumerate(listed(data.get(section))):
        if isinstance(entry, Mapping):
            yield place, entry


def spoken(data: Data, section: str) -> Iterator[tuple[Keys, str]]:
    """Each name and alias in a section, with where it stands."""
    for place, entry in entries(data, section):
        yield (section, place, "name"), str(entry.get("name", "")).strip()
        for number, alias in enumerate(listed(entry.get("aliases"))):
            yield (section, place, "aliases", number), str(alias)


def names(data: Data, *sections: str) -> list[str]:
    """All names and aliases in these sections."""
    return [name for section in sections for _, name in spoken(data, section)]


def is_known(name: str, known: Iterable[str]) -> bool:
    """Whether it is one of them, however it is written."""
    return name.strip().casefold() in {each.casefold() for each in known}


def unknown(document: Document, data: Data, keys: Keys, name: Any, section: str) -> Iterator[Problem]:
    """A mistake where something names what a section does not have."""
    known = names(data, section)
    if isinstance(name, str) and not is_known(name, known):
        yield document.problem(keys, f"{one_of(known, near=name)} from `{section}`")
