"""How a rule says no."""

from collections.abc import Iterable


class Refused(Exception):
    """A rule's no: one sentence for the person, which says what to do instead.

    `field` names the input that is at fault (a modal shows the sentence beside it), or is None.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class Asked(Refused):
    """No no yet: first a question. `asks` is the act that is done when it is answered with yes (`acknowledge`)."""

    def __init__(self, sentence: str, *, asks: str) -> None:
        super().__init__(sentence)
        self.asks = asks


def known(what: str, word: str, names: Iterable[str]) -> str:
    """The sentence for an unknown name: which it was, and which there are."""
    listed = ", ".join(names)
    return (
        f"I know no {what} “{word}”. Known: {listed}." if listed else f"I know no {what} “{word}”: none is configured."
    )


def listed(items: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    *first, final = list(items) or [""]
    return f"{', '.join(first)} {last} {final}" if first else final
