"""Merging: one goes into another with its people, never into itself, a closed, private or test one; and back."""

from dataclasses import replace

import pytest

from bot.rules import lifecycle, merging
from bot.rules.events import Absorbed, Merged, Reopened, Separated, ServiceAdded, Undone
from bot.rules.incident import Incident, Status
from bot.rules.refused import Refused
from bot.rules.reminders import next_look
from tests.rules.acting import kept
from tests.rules.given import ADA, BOB, CLEO, declared, moment

NOW = moment("2026-03-02 10:10")
SOON = moment("2026-03-02 10:14")


def nine(**facts: object) -> Incident:
    """INC-9, which Cleo has."""
    other = replace(declared("sev2", services=("search",)), number=9, title="Search is slow", channel="C9")
    return replace(lifecycle.acknowledge(other, NOW, by=CLEO).incident, **facts)  # type: ignore[arg-type]


def twelve(**facts: object) -> Incident:
    """INC-12, which Bob has."""
    mine = replace(declared(services=("checkout",)), followers=("U0SUE",))
    return replace(lifecycle.acknowledge(mine, NOW, by=BOB).incident, **facts)  # type: ignore[arg-type]


def test_its_clocks_stop_and_people_and_services_go_along() -> None:
    gone, whole = merging.merge(twelve(), nine(), NOW, by=ADA)
    assert gone.events == (Merged(into=9, title="Search is slow", channel="C9"),)  # type: ignore[arg-type]
    assert (gone.incident.status, gone.incident.cancelled_because) == (Status.CANCELLED, "merged")
    assert (gone.incident.merged_into, gone.incident.closed_at) == (9, NOW.now)
    assert whole.events == (
        Absorbed(number=12, title="Checkout is down", people=(BOB, ADA), severity="SEV1"),  # type: ignore[arg-type]
        ServiceAdded(service="checkout"),
    )
    assert whole.incident.responders == (CLEO, BOB, ADA)
    assert whole.incident.services == ("search", "checkout")
    assert (whole.incident.followers, whole.incident.absorbed) == (("U0SUE",), (12,))


def test_nothing_falls_due_for_one_that_was_merged() -> None:
    gone, _ = merging.merge(twelve(channel=None), nine(), NOW, by=ADA)
    assert next_look(gone.incident, NOW) is None


@pytest.mark.parametrize(
    ("mine", "other", "sentence"),
    [
        ({"number": 9}, {}, "cannot go into itself"),
        ({}, {"merged_into": 3, "status": Status.CANCELLED}, "was merged into INC-3"),
        ({}, {"status": Status.RESOLVED}, "is resolved. Reopen it first"),
        ({}, {"private": True}, "INC-9 is private"),
        ({"private": True}, {}, "INC-12 is private"),
        ({}, {"kind": "test"}, "INC-9 is a test"),
        ({"kind": "test"}, {}, "INC-12 is a test"),
        ({"merged_into": 3, "status": Status.CANCELLED}, {}, "INC-3"),
        ({"status": Status.RESOLVED}, {}, "is already resolved"),
    ],
)
def test_what_cannot_become_one(mine: dict[str, object], other: dict[str, object], sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        merging.merge(twelve(**mine), nine(**other), NOW, by=ADA)


def test_no_loop_of_merges() -> None:
    gone, whole = merging.merge(twelve(), nine(), NOW, by=ADA)
    with pytest.raises(Refused, match="INC-12 was merged into INC-9"):
        merging.merge(whole.incident, gone.incident, NOW, by=ADA)


def test_reopening_makes_it_one_of_its_own_again() -> None:
    gone, whole = merging.merge(twelve(), nine(), NOW, by=ADA)
    mine, other = merging.separate(gone.incident, whole.incident, SOON, by=BOB, why="it is another")
    assert mine.events == (Reopened(why="it is another"),)  # type: ignore[arg-type]
    assert (mine.incident.status, mine.incident.merged_into) == (Status.INVESTIGATING, None)
    assert other.events == (Separated(number=12, title="Checkout is down"),)  # type: ignore[arg-type]
    assert (other.incident.absorbed, other.incident.responders) == ((), (CLEO, BOB, ADA))


def test_taken_back_within_five_minutes_it_is_as_though_it_had_not_been() -> None:
    before = twelve()
    gone, whole = merging.merge(before, nine(), NOW, by=ADA)
    mine, other = merging.unmerge(kept(before, gone, NOW, by=ADA), whole.incident, SOON, by=ADA, seq=7)
    assert mine.events == (Undone("Merged", was="INC-9", now="acknowledged"),)
    assert replace(mine.incident, undo=None) == before
    assert other.incident.absorbed == ()


def test_what_is_no_longer_part_of_the_other_is_left_alone() -> None:
    with pytest.raises(Refused, match="is not part of INC-9 any more"):
        merging.separate(twelve(), nine(), NOW, by=ADA, why="again")
