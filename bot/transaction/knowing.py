"""What a rule is told beside its subject, read in the transaction of the change itself."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.rules.change import Origin
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging.reaching import Reach
from bot.rules.policy import Policy
from store import changes as kept
from store import remembered, rollouts, subjects

NOBODY = Origin("clock", "looking")


def moment_of(
    connection: Connection,
    policy: Policy,
    now: datetime,
    origin: Origin,
    facts: Iterable[Any],
    incidents: Iterable[Incident] = (),
    *,
    on_call: bool = True,
) -> Moment:
    """The time, the policy, the people concerned, and, where anybody may be paged, who is on call.

    Not `on_call`: no rule that is asked wants to know who that is.
    """
    concerned = set(_people(incidents, origin, facts))
    if not on_call:
        return Moment(now, policy, kept.people(connection, concerned))
    people, known = remembered.known(connection, policy, concerned)
    return Moment(now, policy, people, roster=known)


def looking(connection: Connection, policy: Policy, now: datetime, *incidents: Incident) -> Moment:
    """The same where nothing changes: nobody asks, and no fact names anybody."""
    return moment_of(connection, policy, now, NOBODY, (), incidents)


def reaches(connection: Connection, moment: Moment) -> dict[PersonId, Reach]:
    """How all who may be paged want to be reached; by Slack alone who has said nothing."""
    asked = {each: Reach(each) for each in moment.roster.people}
    kept_ones = subjects.find_each(connection, [f"person:{each}" for each in asked], Reach)
    return asked | {each.person: each for each in kept_ones}


def beginning(connection: Connection, moment: Moment, facts: Mapping[str, Any]) -> tuple[Moment, int]:
    """The same for what begins now, with what was changed just before on its services; and its number."""
    number, last = kept.begin(connection)
    if last is None or last < moment.now - moment.policy.changes_within:
        return moment, number
    found = rollouts.lately(connection, moment.policy, moment.policy.meant(facts.get("services", ())), moment.now)
    return replace(moment, rollouts=found), number


def _people(incidents: Iterable[Incident], origin: Origin, facts: Iterable[Any]) -> Iterable[PersonId]:
    """Whom a rule may have to know: who asks, whom a fact names, who holds something."""
    for fact in facts:
        named = fact if isinstance(fact, tuple) else (fact,)
        yield from (each for each in named if isinstance(each, str) and each.startswith(("U", "W")))
    if origin.person:
        yield origin.person
    for incident in incidents:
        yield from (incident.declarer,) if incident.declarer else ()
        yield from incident.roles.values()
        yield from incident.responders
