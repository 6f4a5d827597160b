"""What a page tells of an incident: who is next is who will be paged then, as far as can be known now."""

from dataclasses import replace

import pytest

from bot.rules.answering import placed
from bot.rules.change import Origin
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.oncall.shifts import Override
from bot.rules.paging.reaching import Page, Reach
from bot.rules.paging.wanted import Next, wanted
from tests.rules.given import BOB, CLEO, at
from tests.rules.paging.escalating import DAN, EVE, PAYMENTS, ROSTER, Night, configured, level
from tests.rules.paging.test_escalation import begun

DECLARED, DUE = "2026-03-02 10:00", "2026-03-02 10:05"


def following(night: Night) -> Next | None:
    """What the page to Bob tells of who is next."""
    entries = placed("incident:12", (event for _, event in night.events), night.moment, Origin("clock", "clock"), 0)
    told = wanted(Reach(BOB, pages={12: Page(at(DECLARED))}), night.incident, entries, night.moment)
    assert told
    return told.then


@pytest.mark.parametrize(
    ("levels", "people"),
    [
        (("bob", "cleo", "@data"), (CLEO,)),
        (("bob", "@nobody", "@data"), (DAN, EVE)),
        (("bob", "@nobody"), ()),
        (("bob",), ()),
    ],
)
def test_a_level_that_comes_to_nobody_is_passed_and_not_told_of_as_the_end(
    levels: tuple[str, ...], people: tuple[str, ...]
) -> None:
    then = following(begun(configured(EscalationPolicy("payments", tuple(level(5, each) for each in levels)))))
    assert then
    assert (then.at, then.reached.people) == (at(DUE), people)


def test_who_takes_the_shift_until_then_is_next() -> None:
    rota = EscalationPolicy("payments", (level(5, "bob"), level(5, "rota:payments")))
    taken = Override(1, "payments", "eve", at("2026-03-02 10:03"), at("2026-03-02 12:00"))
    then = following(begun(configured(rota), roster=replace(ROSTER, overrides=(taken,))))
    assert then
    assert then.reached.people == (EVE,)


def test_nobody_is_next_once_somebody_has_it() -> None:
    night = begun(configured(PAYMENTS))
    night.incident = replace(night.incident, acknowledged_by=CLEO)
    assert following(night) is None
