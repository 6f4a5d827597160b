"""README's list of commands is the table of verbs; after a change, paste what this test expects."""

import re

from handlers.verbs import VERBS
from tests.ground.tree import ROOT

BEGIN, END = "<!-- commands -->", "<!-- /commands -->"


def commands() -> str:
    """The list as README should have it."""
    rows = [
        f"| `/incident {verb.usage}` | {verb.help} | {', '.join(f'`{alias}`' for alias in verb.aliases)} |".replace(
            "|  |", "| |"
        )
        for verb in VERBS
    ]
    return "\n".join(["| Type | What it does | Also |", "|---|---|---|", *(_escaped(row) for row in rows)])


def _escaped(row: str) -> str:
    """A row whose bars inside of code do not end its cells."""
    return re.sub(r"`[^`]*`", lambda code: code[0].replace("|", "\\|"), row)


def test_the_list_of_commands_is_the_table_of_verbs() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert readme.split(BEGIN)[1].split(END)[0].strip() == commands()
