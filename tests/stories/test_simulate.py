"""Simulating: who would be told, when, how loud and why, to whoever asks alone; nobody is told anything."""

from typing import Any

import pytest

from tests.stories.kit import Person, Stage, told

ROTATION: dict[str, Any] = {
    "people": [{"name": "bob", "slack": "U0BOB"}, {"name": "cleo", "slack": "U0CLEO"}],
    "teams": [{"name": "payments", "channel": "#payments", "policy": "payments"}],
    "rotations": [{"name": "payments nights", "team": "payments", "people": ["bob", "cleo"]}],
    "policies": [
        {"name": "payments", "levels": [{"page": "payments nights", "wait": "5m"}, {"page": ["cleo", "#payments"]}]}
    ],
    "default_policy": "payments",
}


def configured(ids: dict[str, str]) -> dict[str, Any]:
    return {**ROTATION, "people": [{"name": name, "slack": identity} for name, identity in ids.items()]}


async def _known(stage: Stage) -> dict[str, str]:
    """The ids that people have in the sandbox."""
    async with told(stage) as story:
        return {name: story.person(name).id for name in ("bob", "cleo")}


@pytest.fixture
async def ids(stage: Stage) -> dict[str, str]:
    return await _known(stage)


async def test_the_table_of_a_sunday_night(stage: Stage, ids: dict[str, str]) -> None:
    async with told(stage, configuration=configured(ids)) as story:
        ada: Person = story.person("ada")
        await ada.types('/incident simulate sev1 payments at "Sun 02:30"')
        answer = ada.is_told("Simulation of SEV1 for checkout", "would be paged")
        answer.says("level 1 of payments: it was declared", "level 2 of payments: nobody has acknowledged it")
        answer.says("#incidents: announced", "nobody has answered payments", "wakes nobody up")
        answer.says("Nobody was told anything")


async def test_what_the_configurations_rules_do_is_in_it(stage: Stage, ids: dict[str, str]) -> None:
    rules = [
        {"on": "declared", "do": "page", "page": "cleo", "when": {"severity": "sev1"}},
        {"on": "declared", "do": "post", "channel": "#payments"},
        {"on": "status", "do": "post", "channel": "#incidents", "when": {"status": "monitoring"}},
    ]
    async with told(stage, configuration={**configured(ids), "rules": rules}) as story:
        ada: Person = story.person("ada")
        await ada.types("/incident simulate sev1 payments")
        answer = ada.is_told("Simulation of SEV1 for checkout")
        answer.says("Slack message: a rule of the configuration", "• #payments: announced")
        answer.says("Once its status changes to monitoring, a rule would post in #incidents.")


async def test_who_is_deactivated_is_passed_and_named(stage: Stage, ids: dict[str, str]) -> None:
    async with told(stage, configuration=configured(ids)) as story:
        cleo = story.person("cleo")
        await story.deactivates(cleo)
        ada: Person = story.person("ada")
        await ada.types("/incident simulate sev1 checkout")
        ada.is_told("Simulation of SEV1 for checkout").says(f"<@{cleo.id}>", "cannot be reached")


async def test_where_nothing_is_configured_it_says_that_nobody_is_paged(stage: Stage) -> None:
    async with told(stage) as story:
        ada: Person = story.person("ada")
        await ada.types("/incident simulate sev1")
        ada.is_told("nobody would be paged", "pages nobody")


async def test_what_cannot_be_meant_is_said(stage: Stage) -> None:
    async with told(stage) as story:
        ada: Person = story.person("ada")
        await ada.types("/incident simulate")
        ada.is_told("Say how severe it would be")
        await ada.types("/incident simulate sev1 payrol")
        ada.is_told("I know no service or team “payrol”")
        await ada.types("/incident simulate sev1 at noon")
        ada.is_told("Write the time as")
