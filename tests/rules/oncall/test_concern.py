"""Which incidents stand in a team's hand-off: those of its services, and those for which nobody else is on call."""

from dataclasses import replace

import pytest

from bot.rules.oncall.concern import concerns
from bot.rules.oncall.rotation import WAITS, EscalationPolicy, Level, Target
from tests.rules.given import declared
from tests.rules.oncall.duties import policy_of, rotation

LEVEL = Level((Target("rotation", "primary"),), WAITS[0])
PAGING = EscalationPolicy("all", (LEVEL,))
POLICY = replace(policy_of(rotation("bob", "cleo")), policies=(PAGING,), default_policy="all")
NOBODYS = replace(POLICY, policies=(EscalationPolicy("all", (Level((Target("person", "ada"),), WAITS[0]),)),))


@pytest.mark.parametrize(
    ("services", "team", "is_theirs"),
    [
        (("checkout",), "payments", True),
        (("checkout",), "silent", False),
        (("search",), "payments", True),
        ((), "payments", True),
        ((), "silent", False),
    ],
    ids=["its service", "another team's", "nobody's service", "no service", "not paged"],
)
def test_concerns(services: tuple[str, ...], team: str, is_theirs: bool) -> None:
    assert concerns(team, declared(services=services), POLICY) is is_theirs


def test_what_pages_none_of_its_rotations_is_not_theirs() -> None:
    assert not concerns("payments", declared(), NOBODYS)
