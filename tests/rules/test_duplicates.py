"""What may be the same: open, of the same kind, on the same services or declared a moment ago."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules.duplicates import similar
from bot.rules.incident import Incident, Status
from tests.rules.given import declared, moment

NOW = moment("2026-03-02 10:20")


def known(number: int, clock: str = "09:00", **facts: Any) -> Incident:
    """An incident of that number, declared at that time of the Monday."""
    changed = {name: facts.pop(name) for name in ("status", "merged_into") if name in facts}
    return replace(declared(when=f"2026-03-02 {clock}", **facts), number=number, **changed)


@pytest.mark.parametrize(
    ("candidate", "found"),
    [
        (known(9, services=("checkout",)), True),
        (known(9, services=("search", "cart")), True),
        (known(9, services=("search",)), False),
        (known(9), False),
        (known(9, "10:05"), False),
        (known(9, "10:06"), True),
        (known(9, "10:06", services=("search",)), True),
        (known(9, "10:06", status=Status.RESOLVED), False),
        (known(9, services=("checkout",), status=Status.CANCELLED), False),
        (known(9, services=("checkout",), merged_into=8), False),
        (known(9, services=("checkout",), kind="test"), False),
    ],
)
def test_what_may_be_the_same(candidate: Incident, found: bool) -> None:
    assert similar([candidate], NOW, services=("checkout",)) == ((candidate,) if found else ())


def test_those_of_the_same_services_come_first_then_the_newest() -> None:
    candidates = [
        known(5, "07:00", services=("checkout",)),
        known(6, "10:10"),
        known(7, "08:00", services=("checkout",)),
        known(8, "10:12"),
        known(9, "10:12"),
    ]
    assert [each.number for each in similar(candidates, NOW, services=["checkout"])] == [7, 5, 9, 8, 6]
    assert [each.number for each in similar(candidates, NOW, services=())] == [9, 8, 6]


def test_a_test_is_like_other_tests_alone() -> None:
    tests = [known(8, "10:10", kind="test"), known(9, "10:10")]
    assert [each.number for each in similar(tests, NOW, services=(), kind="test")] == [8]
