"""What each connection to the database remembers: who is on call, and people it was asked for.

Beside both the database keeps a mark (`directory.mark`), which is another one after each change of either, in whichever
program. It is read with every change, so that what another program changed counts at once; all else is read again only
where the mark is another. What a connection remembers ends with it, so that no other database is ever met with it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, literal_column, select

from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.oncall.roster import Roster
from bot.rules.policy import Policy
from store import changes, directory, rosters
from store.schema import workspace

MEMORY = "who is on call"
"""Under this key a connection's `info` holds what it remembers."""

_MARK = select(workspace.c.value).where(workspace.c.key == literal_column(f"'{directory.MARK}'"))


@dataclass(frozen=True, slots=True)
class _Memory:
    """Who was on call when there was that mark, by that configuration.

    `people` are all who may be paged, `others` whom else it was asked for.
    """

    policy: Policy
    mark: str
    roster: Roster
    people: dict[PersonId, Person]
    others: dict[PersonId, Person]


def known(connection: Connection, policy: Policy, ids: Iterable[PersonId]) -> tuple[Mapping[PersonId, Person], Roster]:
    """Those people and all who may be paged, as far as Slack has told of them; and who is on call."""
    if not rosters.may_page(policy):
        return changes.people(connection, ids), Roster()
    memory = _memory(connection, policy)
    others = sorted(set(ids) - memory.people.keys())
    memory.others.update(changes.people(connection, (each for each in others if each not in memory.others)))
    return memory.people | {each: memory.others[each] for each in others if each in memory.others}, memory.roster


def _memory(connection: Connection, policy: Policy) -> _Memory:
    mark = connection.execute(_MARK).scalar()
    last: _Memory | None = connection.info.get(MEMORY)
    if last and last.policy is policy and last.mark == mark:
        return last
    roster = rosters.roster(connection, policy)  # after the mark: it may be newer than that, never older
    found = _Memory(policy, mark or "", roster, changes.people(connection, roster.people), {})
    if mark:
        connection.info[MEMORY] = found
    return found
