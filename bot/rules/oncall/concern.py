"""Which incidents are a team's, for who takes over from whom."""

from bot.rules.incident import Incident
from bot.rules.oncall.duty import rotations_of
from bot.rules.paging.escalation import policies_of
from bot.rules.policy import Policy


def concerns(team: str, incident: Incident, policy: Policy) -> bool:
    """Whether an incident is the team's: a service of it is, or no team owns any and its rotations are paged for it."""
    owners = {each.team for each in policy.services_of(incident.services) if each.team}
    if owners:
        return team in owners
    ours = {each.name for each in rotations_of(policy, team)}
    levels = (level for escalation in policies_of(incident, policy) for level in escalation.levels)
    return any(target.kind == "rotation" and target.name in ours for level in levels for target in level.who)
