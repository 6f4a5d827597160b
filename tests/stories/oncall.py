"""Who is on call in stories about paging: two rotations, levels, and a policy for what has no team."""

from typing import Any

from bot.rules.policy import Policy
from tests.stories.kit import CONFIGURATION, policy_of

PEOPLE = [
    {"name": "ada", "slack": "U0001"},
    {"name": "bob", "slack": "U0002"},
    {"name": "cleo", "slack": "U0003"},
]
PRIMARY = {"name": "primary", "team": "payments", "people": ["bob", "cleo"], "start": "2026-01-05"}
SECONDARY = {"name": "secondary", "team": "payments", "people": ["cleo", "bob"], "start": "2026-01-05"}
"""Both change hands on Mondays at 09:00 in Madrid; in the week of the stories Bob is primary, Cleo secondary."""

PAYMENTS = {"name": "payments", "levels": [{"page": "primary"}, {"page": "secondary"}, {"page": "ada"}]}
"""Levels after 5 and 10 minutes, as the guides have it; nobody after the third, which has 15."""


def on_call(**changes: Any) -> dict[str, Any]:
    """What to tell a story with (`told(stage, configuration=on_call())`): a page of checkout reaches Bob, then Cleo,
    then Ada; one of search, which has no team, reaches Ada. `changes` take the place of whole keys."""
    team = {**CONFIGURATION["teams"][0], "policy": "payments"}
    return {
        "teams": [team],
        "people": PEOPLE,
        "rotations": [PRIMARY, SECONDARY],
        "policies": [PAYMENTS, {"name": "everything else", "levels": [{"page": "ada"}]}],
        "default_policy": "everything else",
        **changes,
    }


def on_call_policy(**changes: Any) -> Policy:
    """The same, as the rules have it."""
    return policy_of(on_call(**changes))
