"""Who is invited into a channel: people, and whoever the names of groups and people lead to."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.outside.slack import Problem
from bot.rules import rooms
from bot.rules.incident import PersonId
from scheduler.calls.done import DELIVERY, Done
from scheduler.desk import Desk, number_of
from store.outbox import Row

AT_ONCE = 100
"""How many people one call invites at most."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Somebody, or a name, whom no invitation reaches, and Slack's reason."""

    who: str
    code: str


async def invite(desk: Desk, row: Row) -> Done:
    """Invites people; when Slack refuses them together, one by one, and says who cannot come."""
    await desk.incident(row)
    channel, refused = await desk.channel(row), []
    people: list[PersonId] = list(row.facts["people"])
    for name in row.facts.get("names", ()):
        found = await _led_to(desk, name)
        if isinstance(found, Refusal):
            refused.append(found)
        else:
            people += found
    for several in _batches([each for each in dict.fromkeys(people) if each != desk.workspace.bot_user]):
        refused += await _invited(desk, channel, several)

    def keep(connection: Connection) -> None:
        for each in refused:
            facts = {"what": "invite", "lane": f"person:{each.who}", "reason": each.code}
            desk.changes.apply(connection, number_of(row), rooms.gave_up, DELIVERY, **facts)

    return Done(keep)


async def _led_to(desk: Desk, name: str) -> Sequence[PersonId] | Refusal:
    """The people behind a name: a group's (`@payments-oncall`, or its id), somebody's (`@ada`), or an id."""
    if name.startswith(("U", "W")):
        return [name]
    group = name if name.startswith("S") else await desk.group(name)
    if group:
        return await _members(desk, name, group)
    named = await desk.people_named(name)
    if not named and not desk.workspace.ready.is_set():
        raise Problem("the workspace is not known yet", retry_after=1)
    return named if len(named) == 1 else Refusal(name, "several_of_that_name" if named else "nobody_of_that_name")


async def _members(desk: Desk, name: str, group: str) -> Sequence[PersonId] | Refusal:
    try:
        answer = await desk.slack.ask("usergroups.users.list", usergroup=group)
    except Problem as problem:
        if not problem.permanent:
            raise
        return Refusal(name, problem.code)
    return [str(person) for person in answer.get("users", [])]


def _batches(people: Sequence[PersonId]) -> Iterator[Sequence[PersonId]]:
    for first in range(0, len(people), AT_ONCE):
        yield people[first : first + AT_ONCE]


async def _invited(desk: Desk, channel: str, people: Sequence[PersonId]) -> list[Refusal]:
    """Who of them cannot be invited."""
    try:
        await _invite(desk, channel, people)
    except Problem as problem:
        if not problem.permanent:
            raise
        return [refusal for person in people if (refusal := await _why_not(desk, channel, person))]
    return []


async def _invite(desk: Desk, channel: str, people: Iterable[PersonId]) -> None:
    try:
        await desk.slack.call("conversations.invite", channel=channel, users=",".join(people))
    except Problem as problem:
        if problem.code != "already_in_channel":
            raise


async def _why_not(desk: Desk, channel: str, person: PersonId) -> Refusal | None:
    try:
        await _invite(desk, channel, [person])
    except Problem as problem:
        if not problem.permanent:
            raise
        return Refusal(person, problem.code)
    return None
