"""SECURITY.md promises nothing without a test, and tells each scope with its reason: paste what that test expects."""

import re

from bot.settings.scopes import BOT_SCOPES
from tests.ground.tree import ROOT

PAGE = ROOT / ".github/SECURITY.md"
BEGIN, END = "<!-- scopes -->", "<!-- /scopes -->"


def test_each_promise_names_a_test_that_is_there() -> None:
    promises = PAGE.read_text("utf-8").split("## What is promised")[1].split("\n## ")[0]
    rows = [line for line in promises.splitlines() if line.startswith("| ") and not line.startswith("| Promise")]
    assert len(rows) > 8
    for row in rows:
        named = re.findall(r"\]\(\.\./(tests/[\w/]+\.py)\)", row)
        assert named, row
        assert [path for path in named if not (ROOT / path).is_file()] == []


def test_each_scope_is_told_with_its_reason() -> None:
    rows = [f"| `{scope}` | {reason} |" for scope, reason in sorted(BOT_SCOPES.items())]
    told = PAGE.read_text("utf-8").split(BEGIN)[1].split(END)[0].strip()
    assert told == "\n".join(["| Scope | What for |", "|---|---|", *rows])
