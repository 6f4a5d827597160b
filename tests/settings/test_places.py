"""Every channel, user group and person that the configuration names is looked for, whatever they are for."""

from bot.cli.checks.places import wanted_channels, wanted_groups, wanted_people
from bot.settings.document import Document
from bot.settings.policy import read_policy

NAMED = {
    "channels": {"announce": "#incidents", "triage": "#triage"},
    "teams": [{"name": "payments", "channel": "#payments"}, {"name": "web", "channel": "#incidents"}],
    "people": [{"name": "ada", "slack": "@ada"}],
    "policies": [{"name": "payments", "levels": [{"page": "#war-room"}, {"page": "ada"}]}],
    "default_policy": "payments",
    "audiences": [{"name": "executives", "severities": ["SEV1"], "channel": "#board"}],
    "rules": [{"on": "declared", "do": "post", "channel": "#status"}],
}


def test_channels_of_teams_levels_audiences_and_rules() -> None:
    policy = read_policy(Document("tocsin.yaml", NAMED, None))
    found = dict(wanted_channels(policy))
    assert found == {
        "#incidents": "announcements",
        "#triage": "triage",
        "#payments": "team payments",
        "#war-room": "paged by payments",
        "#board": "audience executives",
        "#status": "a rule",
    }
    assert set(found) == set(policy.places)


def test_groups_and_people_of_rules() -> None:
    rules = [
        {"on": "declared", "do": "invite", "invite": ["@security"]},
        {"on": "resolved", "do": "page", "page": ["@managers", "ada"]},
    ]
    policy = read_policy(Document("tocsin.yaml", {**NAMED, "rules": rules}, None))
    assert list(wanted_groups(policy)) == [("rule 2", "@managers")]
    assert list(wanted_people(policy)) == [("@security", "rule 1")]
