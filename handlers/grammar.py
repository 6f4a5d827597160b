"""What people type, taken apart: verb, incident, people, severity, the rest. Pure text in, records out.

Slack's entities and markup are undone here, once; what leaves is plain text.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from bot.rules.incident import PersonId
from bot.rules.refused import Refused

_TOKEN = re.compile(r"<([^<>]*)>|&(amp|lt|gt);")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">"}
_PERSON = re.compile(r"<@([UW][A-Z0-9]{1,30})(?:\|[^<>]*)?>")
_NAMED = re.compile(r"\s*(?:inc-|#)([0-9]{1,30})[:,]?(?=\s|$)\s*", re.IGNORECASE)
_BARE = re.compile(r"\s*([0-9]{1,9})(?=\s|$)\s*")
_FIRST = re.compile(r"\s*(\S+)\s*")
_LIKE_A_SEVERITY = re.compile(r"(?:sev|p)-?[0-9]{1,2}", re.IGNORECASE)
TEST = frozenset({"test", "drill"})
"""Words before a title that make it a try."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_OTHER = re.compile(r"\s*(?:(?:into|in|with|and|to)\s+)?(?:inc-|#)?([0-9]{1,9})[:,.]?(?=\s|$)", re.IGNORECASE)
_NEAR = 60
"""How alike (of 100) an unknown word must be to a known one to be offered instead."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line as somebody typed it: `word` is the verb as typed, `raw` what follows, still in Slack's markup.

    `bare` is a plain number at the start of `raw`; whether it names an incident depends on where it was said.
    `before` is the incident named before the verb, where another one is named behind it.
    """

    text: str
    word: str = ""
    number: int | None = None
    bare: int | None = None
    raw: str = ""
    before: int | None = None

    @property
    def rest(self) -> str:
        """What follows the verb, plain."""
        return plain(self.raw)

    @property
    def people(self) -> tuple[PersonId, ...]:
        """The people who are named, in order."""
        return tuple(_PERSON.findall(self.raw))

    @property
    def unpeopled(self) -> str:
        """What follows the verb without the people, plain."""
        return " ".join(plain(_PERSON.sub(" ", self.raw)).split())

    @property
    def beside_person(self) -> str:
        """What follows the verb without the first of the people, plain; lines stay lines."""
        return plain(_PERSON.sub(" ", self.raw, count=1))

    @property
    def other(self) -> int | None:
        """The incident that is named next behind the verb, with or without `INC-`; None where none is."""
        found = _OTHER.match(self.raw)
        return int(found[1]) if found else None

    @property
    def is_number_alone(self) -> bool:
        """Whether a plain number is all that follows the verb."""
        return self.bare is not None and _BARE.fullmatch(self.raw) is not None

    def about(self, number: int) -> "Spoken":
        """The same words about that incident."""
        return replace(self, number=number, bare=None)

    def numbered(self) -> "Spoken":
        """The same line with its plain number read as the incident."""
        return replace(self, number=self.bare, bare=None, raw=_BARE.sub("", self.raw, count=1))

    def into(self) -> "Spoken":
        """The same line as `merge` means it: the last incident named is the other one, one before it is this one."""
        if self.other is not None:
            return replace(self, bare=None)
        if self.number is None or (self.before is None and self._is_named_first):
            return self
        return replace(self, number=self.before, before=None, raw=f"INC-{self.number} {self.raw}".strip())

    @property
    def _is_named_first(self) -> bool:
        return _NAMED.match(self.text) is not None or _BARE.match(self.text) is not None


@dataclass(frozen=True, slots=True)
class Declaration:
    """What follows `declare`."""

    title: str = ""
    severity: str | None = None
    private: bool = False
    test: bool = False


def clean(text: str) -> str:
    """The text without what no database keeps and no screen shows: control characters, halves of characters."""
    return _UNPRINTABLE.sub("", text)


def plain(text: str) -> str:
    """Slack's markup and entities undone, once: links, channels, people and groups as they were typed."""
    return clean(_TOKEN.sub(_undone, text)).strip()


def _undone(token: re.Match[str]) -> str:
    if token[2]:
        return _ENTITIES[token[2]]
    inside = re.sub(r"&(amp|lt|gt);", lambda entity: _ENTITIES[entity[1]], token[1])
    target, _, label = inside.partition("|")
    match target[:1]:
        case "@":
            return f"@{label.removeprefix('@') or target[1:]}"
        case "#":
            return f"#{label or target[1:]}"
        case "!":
            return _special(target[1:], label)
    return _link(target, label) if ":" in target else f"<{inside}>"


def _special(target: str, label: str) -> str:
    """`<!here>`, `<!subteam^S1|@oncall>`, `<!date^…|fallback>`."""
    if target.startswith("date^"):
        return label
    return f"@{label.removeprefix('@') or target.removeprefix('subteam^')}"


def _link(target: str, label: str) -> str:
    """The address alone where the label is what was typed of it; otherwise both."""
    address = target.removeprefix("mailto:").removeprefix("tel:")
    if not label or address.removeprefix("https://").removeprefix("http://") in {label, f"{label}/"}:
        return label or address
    return address if label == address else f"{label} ({address})"


def parse(text: str) -> Spoken:
    """`[INC-12] verb [INC-12] rest`; a number alone stands for its incident."""
    whole = text.strip()
    number, line = _reference(_NAMED, whole)
    if number is None and _BARE.match(whole):
        number, line = _reference(_BARE, whole)
    first = _FIRST.match(line)
    if first is None:
        return Spoken(whole, number=number)
    word, raw = plain(first[1]).casefold().rstrip(".,:;!"), line[first.end() :]
    after, raw = _reference(_NAMED, raw)
    bare = _BARE.match(raw)
    named = number if after is None else after
    plainly = int(bare[1]) if bare and named is None else None
    return Spoken(whole, word, named, plainly, raw, before=None if after is None else number)


def _reference(form: re.Pattern[str], line: str) -> tuple[int | None, str]:
    found = form.match(line)
    return (int(found[1]), line[found.end() :]) if found else (None, line)


def first(text: str) -> tuple[str, str]:
    """The first word, without the punctuation that people put behind it, and what follows."""
    word, _, rest = text.partition(" ")
    return word.rstrip(".,:;") or word, rest.strip()


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is most like this one, or None where none is."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=_NEAR) if word else None
    return str(found[0]) if found else None


def declaration(raw: str, is_severity: Callable[[str], bool]) -> Declaration:
    """`private`, a severity, and before that `test` or `drill`, all before the title.

    Raises Refused for a severity that is none.
    """
    private, test, severity, left = False, False, None, raw
    while first := _FIRST.match(left):
        word = plain(first[1]).rstrip(",:")
        if not private and word.casefold() == "private":
            private = True
        elif not test and severity is None and word.casefold() in TEST:
            test = True
        elif severity is None and (named := _severity(word, is_severity)):
            severity = named
        else:
            break
        left = left[first.end() :]
    return Declaration(" ".join(plain(left).split()), severity, private, test)


def _severity(word: str, is_severity: Callable[[str], bool]) -> str | None:
    """The word as a severity's name; None where it is a title's first word."""
    for name in (word, word.replace("-", "")):
        if is_severity(name):
            return name
    return word if _LIKE_A_SEVERITY.fullmatch(word) else None


def person_meant(spoken: Spoken, words: str, asker: PersonId) -> PersonId | None:
    """Who is named: a mention, or `me` as all of the `words`; None where nobody is. Raises Refused for another name."""
    if spoken.people:
        return spoken.people[0]
    if words.casefold() in {"me", "myself"}:
        return asker
    if words:
        raise Refused(f"I do not know “{words}”. Type @ and choose the person from Slack's list.", field="person")
    return None
