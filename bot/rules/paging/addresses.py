"""Where a way leads to: what somebody may write there, and the sentence where it is something else."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from bot.rules.paging.reaching import Way, WayKind
from bot.rules.refused import Refused

LONGEST = 320


@dataclass(frozen=True, slots=True)
class Form:
    """What an address looks like, how it is brought into that form, and what is said where it is not."""

    field: str
    pattern: str
    sentence: str
    written: Callable[[str], str] = str.strip


def _number(text: str) -> str:
    """`+34 600 11-22 33` without what only helps the eye; `0034…` as `+34…`."""
    digits = re.sub(r"[\s().\-/]", "", text)
    return f"+{digits[2:]}" if digits.startswith("00") else digits


_NUMBER = Form(
    "number",
    r"\+[1-9][0-9]{6,14}",
    "Write the number with its country, such as +44 7700 900123.",
    _number,
)
_LETTERS, _WORD = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+", r"[^\W_](?:[\w-]*[^\W_])?"
"""Of a mail address: what stands between full stops before the @, and after it."""
FORMS: Mapping[str, Form] = {
    "mail": Form(
        "mail", rf"{_LETTERS}(?:\.{_LETTERS})*@{_WORD}(?:\.{_WORD})+", "Write one mail address: bo@example.com."
    ),
    "ntfy": Form(
        "ntfy", r"[A-Za-z0-9_-]{6,64}", "Write a topic of 6 to 64 letters, digits, _ or -. Who knows it reads along."
    ),
    "sms": _NUMBER,
    "voice": _NUMBER,
    "webhook": Form(
        "webhook",
        r"https://[^\s/?#@]+(?:[/?][^\s#]*)?",
        "Write an address that begins with https://, without a name or password in it.",
    ),
}
"""Each way that needs an address; `field` names the input that has it: two ways may share one."""


def ways_of(kinds: Iterable[str], written: Mapping[str, str]) -> tuple[Way, ...]:
    """The chosen ways in their order, each once. Raises Refused, with the field at fault."""
    return tuple(_way(kind, written) for kind in dict.fromkeys(kinds))


def _way(kind: str, written: Mapping[str, str]) -> Way:
    form = FORMS.get(kind)
    if form is None:
        return Way("slack")
    address = form.written(written.get(form.field, ""))
    if len(address) > LONGEST or not re.fullmatch(form.pattern, address):
        raise Refused(form.sentence, field=form.field)
    return Way(cast(WayKind, kind), address)
