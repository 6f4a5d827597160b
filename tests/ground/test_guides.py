"""Every row of docs/guides.md is true: what it names exists, and what is still to come is not there yet."""

import re

import pytest

from bot.settings.defaults import SEVERITIES
from handlers.verbs import NAMES
from tests.ground.tree import ROOT, names_defined, table_rows

PAGE = (ROOT / "docs/guides.md").read_text("utf-8")
TO_COME = "to come: "
NONE = "—"
HEAD = "| System | Where it lives | Held by |"


def _sections() -> list[str]:
    """Headings with a table of systems under them."""
    return [part.splitlines()[0] for part in re.split(r"\n(?=## )", PAGE) if HEAD in part]


ROWS = [row for heading in _sections() for row in table_rows(PAGE, heading)]
CAPABILITIES = {row[0]: re.findall(r"`([^`]+)`", row[2]) for row in table_rows(PAGE, "## Capabilities to come")}


def missing(place: str) -> str | None:
    """What a place names that is not there; `file`, `file:name` or `file::test`."""
    file, _, name = place.replace("::", ":").partition(":")
    path = ROOT / file
    if path.is_dir():
        pattern = "test_*.py" if file.startswith("tests/") else "*.py"
        return None if any(path.rglob(pattern)) and not name else place
    if not path.is_file():
        return place
    return place if name and name not in names_defined(path) else None


def places(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_row_does_not_lie(row: list[str]) -> None:
    _, lives, held = row
    if lives.startswith(TO_COME):
        assert lives.removeprefix(TO_COME) in CAPABILITIES
        assert held == NONE
        return
    assert places(lives)
    assert places(held)
    assert all(place.startswith("tests/") for place in places(held))
    assert [place for place in places(lives) + places(held) if missing(place)] == []


@pytest.mark.parametrize("capability", CAPABILITIES)
def test_what_is_to_come_is_not_there_yet(capability: str) -> None:
    assert [word for word in CAPABILITIES[capability] if word in NAMES] == []


def test_every_capability_is_waited_for_by_a_row() -> None:
    awaited = {lives.removeprefix(TO_COME) for _, lives, _ in ROWS if lives.startswith(TO_COME)}
    assert awaited == set(CAPABILITIES)


def test_the_times_are_those_that_hold() -> None:
    columns = ("respond_within", "update_every", "escalate_after", "hours", "room", "announce")
    built_in = [
        [f"{level['name']} {level['title']}", *(str(level[column]) for column in columns)] for level in SEVERITIES
    ]
    assert table_rows(PAGE, "### Times") == built_in
