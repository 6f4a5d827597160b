"""What was changed: how it is read, and which incidents it concerns."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.rules.declaring import Over, declare
from bot.rules.events import RolledOut
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from bot.rules.rollouts import github, telling
from bot.rules.rollouts.rollout import FOUND, Rollout, concerned
from tests.rules.given import POLICY

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def rollout(minutes: float, service: str = "checkout", title: str = "Faster carts") -> Rollout:
    """One that took effect so many minutes before noon."""
    return Rollout(f"{service}/{minutes}", "deploy", NOON - timedelta(minutes=minutes), title, service)


def found(*told: Rollout, services: tuple[str, ...] = ("checkout",), **facts: Any) -> list[RolledOut]:
    """Those that an incident declared at noon finds."""
    moment = replace(Moment(NOON, POLICY), rollouts=told)
    change = declare(moment, number=1, by="U1", title="It is down", severity="SEV1", services=services, **facts)
    return [event for event in change.events if isinstance(event, RolledOut)]


def test_an_incident_finds_those_of_the_last_two_hours_on_its_services_the_earliest_first() -> None:
    told = (rollout(5), rollout(119), rollout(121), rollout(10, "search"), rollout(-1))
    assert [event.at for event in found(*told)] == [NOON - timedelta(minutes=119), NOON - timedelta(minutes=5)]


def test_without_a_service_it_finds_all_and_never_more_than_a_few() -> None:
    assert len(found(rollout(5), rollout(6, "search"), rollout(7, "no such"), services=())) == 3
    many = [rollout(minutes) for minutes in range(1, 60)]
    assert [event.at for event in found(*many)][-1] == NOON - timedelta(minutes=1)
    assert len(found(*many)) == FOUND


def test_what_was_over_finds_none() -> None:
    ended = Over(resolved=NOON - timedelta(minutes=1))
    assert found(rollout(5), over=ended) == []


def test_the_services_of_a_team_stand_together() -> None:
    team = next(each.team for each in POLICY.services if each.team)
    others = {each.name for each in POLICY.services if each.team == team}
    first = next(each.name for each in POLICY.services if each.team == team)
    assert set(concerned(POLICY, [first])) == others
    assert concerned(POLICY, []) == ()
    assert concerned(POLICY, ["unknown"]) == ("unknown",)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (None, NOON),
        ("", NOON),
        ("2026-11-18T11:00:00Z", NOON - timedelta(hours=1)),
        ("2026-11-18T12:30:00+01:00", NOON - timedelta(minutes=30)),
        (NOON.timestamp() - 60, NOON - timedelta(minutes=1)),
        ("2026-11-18T13:00:00Z", NOON),
    ],
)
def test_when_it_took_effect(at: Any, expected: datetime) -> None:
    assert telling.read({"title": "x", "at": at}, NOON, POLICY).at == expected


@pytest.mark.parametrize("at", ["now", "2026-11-18", "2026-11-18T11:00:00", True, {}, 1e30, "2026-01-01T00:00:00Z"])
def test_a_time_that_is_none_is_refused(at: Any) -> None:
    with pytest.raises(Refused, match="`at`"):
        telling.read({"title": "x", "at": at}, NOON, POLICY)


def test_the_same_without_an_id_is_a_repeat_for_a_while_and_with_a_time_for_ever() -> None:
    plain, dated = {"title": "x"}, {"title": "x", "at": "2026-11-18T11:00:00Z"}
    later = NOON + timedelta(minutes=10)
    assert telling.read(plain, NOON, POLICY).id == telling.read(plain, NOON + timedelta(minutes=1), POLICY).id
    assert telling.read(plain, NOON, POLICY).id != telling.read(plain, later, POLICY).id
    assert telling.read(dated, NOON, POLICY).id == telling.read(dated, later, POLICY).id
    assert telling.read({"title": "x", "id": 7}, NOON, POLICY).id == "told/7"


def test_what_is_nested_without_an_end_is_refused() -> None:
    nested: list[Any] = []
    for _ in range(2_000):
        nested = [nested]
    with pytest.raises(Refused, match="nested too deeply"):
        telling.read({"title": "Faster carts", "more": nested}, NOON, POLICY)


def test_texts_are_one_line_and_not_endless() -> None:
    told = telling.read({"title": "a\n b" + "c" * 400, "kind": "CONFIG", "version": 14}, NOON, POLICY)
    assert told.title.startswith("a bc")
    assert (len(told.title), told.kind, told.version) == (300, "configuration", "14")
    assert telling.read({"version": "v7"}, NOON, POLICY).title == "v7"


@pytest.mark.parametrize("payload", [{}, [], {"deployment": []}, {"deployment": {"id": 1}}, "x", None])
def test_a_payload_without_a_deployment_is_refused(payload: Any) -> None:
    with pytest.raises(Refused, match="`deployment`"):
        github.read("deployment", payload, NOON, POLICY)


def test_github_names_a_service_by_payload_or_repository() -> None:
    deployment = {"id": 1, "ref": "main", "payload": {"service": "cart"}}
    told = github.read("deployment", {"deployment": deployment, "repository": {"full_name": "a/b"}}, NOON, POLICY)
    assert told is not None
    assert told.title == told.version == "main"
    assert github.read("ping", {}, NOON, POLICY) is None


def test_a_deployment_that_github_actions_makes_is_told_by_its_commit() -> None:
    made = {"id": 1, "ref": "main", "sha": "f95f852bd8fca8fcc58a9a2d6c842781e32a215e", "task": "deploy", "payload": ""}
    of = {"repository": {"name": "cart", "full_name": "a/cart"}}
    told = github.read("deployment", {"deployment": {**made, "description": None}, **of}, NOON, POLICY)
    assert told is not None
    assert (told.title, told.version, told.service) == ("f95f852", "main", "checkout")
    told = github.read("deployment", {"deployment": {**made, "task": "deploy:migrations"}, **of}, NOON, POLICY)
    assert told is not None
    assert told.title == "deploy:migrations"
