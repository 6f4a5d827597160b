"""Who takes turns in a team's rotations."""

from collections.abc import Iterable

from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import Rotation


def crew(moment: Moment, incident: Incident | None = None) -> frozenset[PersonId]:
    """The people of the rotations of the team that a change is about, or of the teams that own an incident's
    services; those of all rotations where neither is known yet."""
    found = (moment.roster.id_of(name) for each in _meant(moment, incident) for name in _names(moment, each))
    return frozenset(filter(None, found))


def _meant(moment: Moment, incident: Incident | None) -> Iterable[Rotation]:
    policy, (kind, _, team) = moment.policy, moment.subject.partition(":")
    if incident:
        owners = {each.team for each in policy.services_of(incident.services)}
        return (each for each in policy.rotations if each.team in owners)
    return (each for each in policy.rotations if kind != "team" or each.team == team)


def _names(moment: Moment, rotation: Rotation) -> Iterable[str]:
    yield from (name for layer in rotation.layers for name in layer.people)
    yield from (shift.person for shift in moment.roster.told.get(rotation.name, ()))
    yield from (each.person for each in moment.roster.overrides if each.rotation == rotation.name)
