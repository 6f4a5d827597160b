"""What would happen: a simulation with what is known now, for Slack and the terminal alike."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.rules.foreseen.simulated import SetUp, Simulation
from bot.rules.foreseen.simulation import EVERYTHING, meant, simulate
from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.policy import Policy
from bot.transaction.knowing import looking, reaches


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A simulation, and those of its people whom Slack has told us of."""

    simulation: Simulation
    people: Mapping[PersonId, Person]


def foreseen(
    connection: Connection,
    policy: Policy,
    at: datetime,
    *,
    severity: str,
    names: Iterable[str] = (),
    set_up: SetUp = EVERYTHING,
) -> Foreseen:
    """Who would be told of an incident that is declared at that time; `names` are services or teams.

    Nothing is written. Raises Refused for an unknown severity, service or team.
    """
    configured, services = meant(policy, names)
    moment = looking(connection, configured, at)
    moment = replace(moment, roster=replace(moment.roster, is_told=True))  # whom Slack does not know then is unknown
    known = reaches(connection, moment)
    found = simulate(moment, known, severity=severity, services=services, set_up=set_up)
    return Foreseen(found, moment.people)
