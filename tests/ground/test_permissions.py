"""The table of acts in the configuration's page is the table in the code."""

from bot.rules.permissions import ACTS, WORDS
from tests.ground.tree import ROOT, table_rows

PAGE = (ROOT / "docs/configuration.md").read_text("utf-8")


def test_the_acts_and_who_may_by_default() -> None:
    told = [(act, default) for act, _, default in table_rows(PAGE, "### Who may do what")]
    assert told == [(f"`{name}`", ", ".join(f"`{word}`" for word in act.default)) for name, act in ACTS.items()]


def test_every_word_is_explained() -> None:
    section = PAGE.split("### Who may do what", 1)[1].split("###", 1)[0]
    assert [word for word in WORDS if f"`{word}`" not in section] == []
