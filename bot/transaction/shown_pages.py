"""The pages that stand in direct messages: each is drawn anew once what it shows has changed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.rules.incident import Incident
from bot.rules.paging import reaching
from bot.rules.paging.reaching import Reach
from bot.rules.paging.standing import is_shown_anew
from store import outbox, pagings, subjects


def stirred(connection: Connection, changed: Iterable[Sequence[Incident]]) -> Mapping[str, Sequence[int]]:
    """Whose pages of which incidents read otherwise after a change: numbers by subject (`person:U1`).

    `changed` are incidents before and after; one that is new stands alone.
    """
    found: dict[str, list[int]] = {}
    for states in changed:
        if len(states) > 1 and is_shown_anew(states[0], states[-1]):
            for person in pagings.told(connection, states[-1].subject):
                found.setdefault(f"person:{person}", []).append(states[-1].number)
    return found


def show(connection: Connection, people: Mapping[str, Sequence[int]], now: datetime) -> None:
    """The pages of these incidents that stand in their direct messages, as soon as their turn has come."""
    for subject in sorted(people):
        reach = subjects.find(connection, subject, Reach(subject.partition(":")[2]))
        slots = dict.fromkeys(reach.messages[number] for number in people[subject] if number in reach.messages)
        outbox.enqueue(connection, subject, [reaching.edit(reach, slot) for slot in slots], now)
