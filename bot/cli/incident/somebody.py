"""Who acts at the command line: somebody of the workspace, by name or id."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.refused import Refused

ID = re.compile(r"[UW][A-Z0-9]{2,30}")
HOW = "Say who you are: --as and your name as Slack shows it, or your Slack id; or set TOCSIN_AS once."
NEAR = 60
"""How alike (of 100) a name must be to be offered instead."""
OFFERED = 3


def somebody(asked: str | None, known: Sequence[Person]) -> Person:
    """The person that is meant, among those whom Slack has told us of.

    Where it has told of nobody yet, any id is taken. Raises Refused with the nearest names.
    """
    name = (asked or "").strip().removeprefix("@")
    if not name:
        raise Refused(HOW)
    by_id = {person.id: person for person in known}
    if found := by_id.get(name):
        return _able(found)
    if ID.fullmatch(name) and not known:
        return Person(name)
    people = [person for person in known if person.active and not person.bot]
    named = [person for person in people if person.name.casefold() == name.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        ids = ", ".join(f"{person.name} {person.id}" for person in named)
        raise Refused(f"“{name}” is the name of {len(named)} people: {ids}. Say which by the id.")
    raise Refused(_unknown(name, people))


def commander(word: str, known: Sequence[Person], asker: PersonId) -> str:
    """A word of a list, in which a commander's name becomes an id, as a mention is in Slack. Raises Refused."""
    kind, colon, name = word.partition(":")
    if not colon or kind.casefold() not in {"commander", "ic"} or not name or name.casefold() in {"me", "myself"}:
        return word
    return f"{kind}:<@{somebody(name, known).id if name != asker else asker}>"


def _able(person: Person) -> Person:
    """Raises Refused for who cannot act."""
    if person.bot:
        raise Refused(f"{person.name or person.id} is a bot. Name a person.")
    if not person.active:
        raise Refused(f"{person.name or person.id} is deactivated in Slack. Name somebody else.")
    return person


def _unknown(name: str, people: Sequence[Person]) -> str:
    if not people:
        return f"Slack has told of nobody yet, so “{name}” is not known. Give your Slack id: --as U024BE7LH."
    names = list(dict.fromkeys(person.name for person in people if person.name))
    found = process.extract(
        name, names, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=NEAR, limit=OFFERED
    )
    near = [str(each[0]) for each in found]
    offered = f"Did you mean {' or '.join(near)}?" if near else "Give the name as Slack shows it, or the Slack id."
    return f"I know nobody called “{name}” here. {offered}"
