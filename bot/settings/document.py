"""A YAML file as plain data that still knows its lines."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from bot.settings.errors import ConfigError, Problem

Keys: TypeAlias = tuple[str | int, ...]


class _Loader(yaml.SafeLoader):
    """PyYAML's safe loader, except that an impossible date stays text for the shapes to refuse, and `10:30` a time."""


def _date_or_text(loader: _Loader, node: yaml.ScalarNode) -> Any:
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


def _number_or_time(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """YAML 1.1 counts `10:30` in sixties, as 630."""
    return node.value if ":" in node.value else loader.construct_yaml_int(node)


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date_or_text)
_Loader.add_constructor("tag:yaml.org,2002:int", _number_or_time)


class Document:
    """What a file says (`data`), and where it says it."""

    def __init__(self, file: str, data: Any, root: yaml.Node | None) -> None:
        self.file = file
        self.data = data
        self._root = root

    def problem(self, keys: Keys, expected: str, *, found: str | None = None) -> Problem:
        """A mistake at the value under these keys; `found` is read from the file unless given."""
        node, line, shown = self._look_up(keys)
        return Problem(shown, found or _described(node), expected, self.file, line)

    def place(self, keys: Keys) -> str:
        """`line 12`, for a mistake that names another place."""
        return f"line {self._look_up(keys)[1]}"

    def _look_up(self, keys: Keys) -> tuple[yaml.Node | None, int, str]:
        """The node under the keys, as far as the file has them, its line, and its name for people."""
        node, line = self._root, self._root.start_mark.line + 1 if self._root else 1
        shown: list[str] = []
        for key in keys:
            entry = _entry(node, key)
            if entry is None:
                # A key that is missing, or that a default brought: its owner's line.
                node = None if key == keys[-1] else node
                shown += [str(key)] if key == keys[-1] and isinstance(key, str) else []
                continue
            shown += [str(key)] if isinstance(node, yaml.MappingNode) else []
            name, node = entry
            line = name.start_mark.line + 1
        return node, line, ".".join(shown)


TEXT, YES_OR_NO = "tag:yaml.org,2002:str", "tag:yaml.org,2002:bool"


def load(path: Path) -> Document:
    """Read a file. Raises ConfigError for what is no readable YAML, with the line."""
    name = str(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return _parsed(name, text)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise ConfigError([Problem("", reason, "a readable file", name)]) from None
    except UnicodeDecodeError:
        raise ConfigError([Problem("", "bytes that are not UTF-8", "a text file in UTF-8", name)]) from None
    except yaml.YAMLError as error:
        raise ConfigError([_unreadable(name, error)]) from None
    except (ValueError, RecursionError):
        expected = "plain YAML: keys, texts, numbers, lists"
        raise ConfigError([Problem("", "a value that cannot be read", expected, name)]) from None


def _parsed(name: str, text: str) -> Document:
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        if root is None:
            return Document(name, None, None)
        if twice := list(_given_twice(name, root, set())):
            raise ConfigError(twice)
        _read_keys_as_written(root, set())
        return Document(name, loader.construct_document(root), root)
    finally:
        loader.dispose()


def _read_keys_as_written(node: yaml.Node, seen: set[int]) -> None:
    """`on` is a key like any other: YAML alone would take it for "yes"."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            key.tag = TEXT if key.tag == YES_OR_NO else key.tag
            _read_keys_as_written(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _read_keys_as_written(item, seen)


def _given_twice(file: str, node: yaml.Node, seen: set[int]) -> Iterator[Problem]:
    """Keys that stand twice in one mapping: YAML would silently keep the last."""
    if id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        first: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if first.setdefault(name, key) is not key:
                expected = f"it once (it is also on line {first[name].start_mark.line + 1})"
                yield Problem(name, "the key a second time", expected, file, line)
            yield from _given_twice(file, value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _given_twice(file, item, seen)


def _entry(node: yaml.Node | None, key: str | int) -> tuple[yaml.Node, yaml.Node] | None:
    """What stands under a key: the node whose line is shown, and the value."""
    if isinstance(node, yaml.MappingNode):
        return next(((name, value) for name, value in node.value if name.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key], node.value[key]
    return None


def _described(node: yaml.Node | None) -> str:
    if node is None:
        return "nothing"
    if isinstance(node, yaml.ScalarNode):
        empty = node.tag == "tag:yaml.org,2002:null"
        return "nothing (in YAML an unquoted # begins a comment)" if empty else f"“{_short(node.value)}”"
    return "a list" if isinstance(node, yaml.SequenceNode) else "a mapping"


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _unreadable(name: str, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    found = getattr(error, "problem", None) or "a character that YAML does not allow"
    context = getattr(error, "context", None)
    expected = f"valid YAML ({context})" if context else "valid YAML"
    return Problem("", str(found), expected, name, mark.line + 1 if mark else None)
