"""Whom the configured names lead to in Slack: by handle, by shown name, by mail address."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.outside.slack import Problem
from bot.rules.policy import Known
from scheduler import rosters

USERS = [
    {"id": "U1", "name": "ada", "profile": {"display_name": "Ada L", "email": "ada@x.example"}},
    {"id": "U2", "name": "bob", "profile": {"display_name": "Sam"}},
    {"id": "U3", "name": "cleo", "profile": {"display_name": "Sam"}},
    {"id": "U4", "name": "dan", "deleted": True, "profile": {"display_name": "Dan"}},
    {"id": "U5", "name": "robot", "is_bot": True},
]


async def ask(method: str, *, email: str) -> Mapping[str, Any]:
    """What Slack answers to who has an address that the list of people does not tell."""
    assert method == "users.lookupByEmail"
    if email == "cleo@x.example":
        return {"user": {"id": "U3"}}
    raise Problem("users_not_found" if email == "eve@x.example" else "missing_scope", permanent=True)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@ada", "U1"),
        ("ADA", "U1"),
        ("@ada l", "U1"),
        ("@sam", None),
        ("@dan", "U4"),
        ("@robot", None),
        ("ada@x.example", "U1"),
        ("cleo@x.example", "U3"),
        ("eve@x.example", None),
        ("unknown@x.example", None),
    ],
)
async def test_a_configured_name_leads_to_one_person_or_nobody(text: str, found: str | None) -> None:
    people = await rosters.people(ask, [Known("somebody", text)], USERS)
    assert people == ({text: found} if found else {})


async def test_an_id_needs_no_look_up() -> None:
    assert await rosters.people(ask, [Known("ada", "U1")], USERS) == {}


def test_unknown_are_those_whom_nobody_can_reach() -> None:
    configured = [Known("ada", "U1"), Known("dan", "@dan"), Known("eve", "@eve"), Known("gone", "U9")]
    assert rosters.unknown(configured, {"@dan": "U4"}, USERS) == {"dan", "eve", "gone"}


async def test_a_passing_problem_is_not_taken_for_an_answer() -> None:
    async def busy(_method: str, **_args: Any) -> Mapping[str, Any]:
        raise Problem("ratelimited", retry_after=1)

    with pytest.raises(Problem, match="ratelimited"):
        await rosters.people(busy, [Known("x", "x@x.example")], USERS)
