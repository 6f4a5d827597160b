"""Each promise in README names the test that holds it."""

import re

import pytest

from tests.ground.tree import ROOT

README = (ROOT / "README.md").read_text("utf-8")
TEST = re.compile(r"\]\((tests/[^)]+\.py)\)")
IN_BULLETS = ("What it does without being asked", "On the second day")


def section(heading: str) -> str:
    """What stands under a heading."""
    return README.split(f"\n## {heading}\n")[1].split("\n## ")[0]


def promises() -> list[str]:
    """Each bullet and each row that promises something."""
    bullets = [each for heading in IN_BULLETS for each in re.split(r"\n(?=- )", section(heading))[1:]]
    rows = [line for line in section("What it keeps").splitlines() if line.startswith("| ")]
    return [each.split("\n\n")[0] for each in bullets] + rows[1:]


@pytest.mark.parametrize("promise", promises(), ids=lambda promise: promise[:40])
def test_it_names_a_test(promise: str) -> None:
    named = TEST.findall(promise)
    assert named
    assert all((ROOT / name).is_file() for name in named)
