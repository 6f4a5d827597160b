"""The last line of defence: whatever is about to be logged, what is secret in it is blanked."""

import re
from collections.abc import Iterable

BLANK = "[hidden]"
SHORTEST = 6
"""Characters; what is shorter would blank common words, and protects nothing."""

SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"\bx(?:ox[a-z]|app|oxe\.xox[a-z])-[A-Za-z0-9-]{6,}"), BLANK),
    (re.compile(r"(\bBearer\s+)[^\s\"',;]+", re.IGNORECASE), rf"\1{BLANK}"),
    (re.compile(r"(://[^\s/:@]*:)[^\s/]+@"), rf"\1{BLANK}@"),
    (re.compile(r"(https?://hooks\.slack\.com/)[^\s\"')]+"), rf"\1{BLANK}"),
    (re.compile(r"(wss?://[^\s?\"']+\?)[^\s\"')]+"), rf"\1{BLANK}"),
)
"""What is secret wherever it comes from: Slack's tokens, bearers, passwords in addresses, addresses that let in."""


class Secrets:
    """Blanks what looks like a secret, and each of the values that are known to be one."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        longest_first = sorted({each for each in known if len(each) >= SHORTEST}, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def blanked(self, text: str) -> str:
        """The text without them."""
        for shape, instead in SHAPES:
            text = shape.sub(instead, text)
        return self._known.sub(BLANK, text) if self._known else text
