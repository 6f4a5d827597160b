"""How an incident stands for who was paged for it: what is left to them, and when their page reads otherwise."""

from dataclasses import replace
from typing import Any

import pytest

from bot.rules import following, lifecycle, notes, private, roles, severity
from bot.rules.answering import placed
from bot.rules.change import Origin
from bot.rules.events import Event, Paged
from bot.rules.paging import by_hand
from bot.rules.paging.reaching import Page, Reach
from bot.rules.paging.standing import Standing, is_shown_anew, most_wanted, standing
from tests.rules.given import ADA, BOB, CLEO, POLICY, at
from tests.rules.paging.escalating import DAN, PAYMENTS, Night, configured
from tests.rules.paging.test_escalation import begun


def paged() -> Night:
    """Bob was paged at 10:00, Cleo at 10:05; nobody has it."""
    return begun(configured(PAYMENTS)).until("2026-03-02 10:06")


def stands(night: Night, person: str = BOB, *, waits: bool = False) -> Standing:
    """How it stands for somebody; `waits`: it is they who have to answer."""
    entries = placed("incident:12", (event for _, event in night.events), night.moment, Origin("clock", "clock"), 0)
    entries = tuple(replace(each, actor=f"slack:{who}") if (who := _by(each.event)) else each for each in entries)
    pages = {12: Page(at("2026-03-02 10:00"), told=at("2026-03-02 10:00"))} if waits else {}
    return standing(Reach(person, pages=pages), night.incident, entries, night.moment)


def _by(event: Event) -> str:
    if isinstance(event, Paged):
        return BOB if event.why == "asked" else ""
    return getattr(event, "by", None) or getattr(event, "person", "")


def test_while_nobody_has_it_who_was_paged_may_take_it() -> None:
    found = stands(paged())
    assert found.wanted
    assert (found.wanted.asks, found.wanted.then and found.wanted.then.at) == ("acknowledge", at("2026-03-02 10:15"))


def test_somebody_has_it_and_since_when() -> None:
    night = paged()
    night.does(lifecycle.acknowledge, by=CLEO)
    assert (stands(night).wanted, stands(night).since) == (None, at("2026-03-02 10:06"))
    night.does(lifecycle.unacknowledge, by=CLEO)
    assert (stands(night).is_left, stands(night).since) == (True, None)


def test_who_cannot_take_it_has_nothing_left_to_do() -> None:
    night = paged()
    night.does(by_hand.decline_page, by=BOB)
    assert (stands(night).passed, stands(night).is_left) == (True, False)
    assert stands(night, CLEO).is_left


def test_what_pages_nobody_any_more_asks_for_nobody() -> None:
    night = paged()
    night.does(severity.change_severity, by=ADA, severity="sev3", why="Few are hit")
    assert not stands(night).is_left


def test_paged_for_what_somebody_has_they_may_come_until_they_say_so() -> None:
    night = paged()
    night.does(lifecycle.acknowledge, by=BOB)
    night.does(by_hand.escalate, by=BOB, people=(DAN,))
    found = stands(night, DAN, waits=True)
    assert found.wanted
    assert (found.wanted.asks, found.wanted.by) == ("join", BOB)
    night.does(following.join, by=DAN)
    assert (stands(night, DAN).comes, stands(night, DAN).is_left) == (True, False)


def test_who_may_not_see_it_is_told_nothing_of_it() -> None:
    night = paged()
    night.does(lifecycle.acknowledge, by=CLEO)
    night.does(private.make_private, by=CLEO, people=())
    assert stands(night) == Standing(night.incident, BOB, hidden=True)


@pytest.mark.parametrize(
    ("rule", "facts", "anew"),
    [
        (lifecycle.acknowledge, {"by": CLEO}, True),
        (lifecycle.resolve, {"by": CLEO, "fix": "Rolled back"}, True),
        (lifecycle.cancel, {"by": CLEO, "reason": "test"}, True),
        (by_hand.decline_page, {"by": BOB}, True),
        (roles.assign, {"by": ADA, "role": "commander", "person": DAN}, True),
        (severity.change_severity, {"by": ADA, "severity": "sev2", "why": "Half"}, True),
        (private.make_private, {"by": ADA, "people": ()}, True),
        (notes.note, {"by": ADA, "text": "Looking"}, False),
        (roles.assign, {"by": ADA, "role": "scribe", "person": DAN}, False),
        (following.follow, {"by": DAN}, False),
    ],
    ids=lambda each: getattr(each, "__name__", ""),
)
def test_their_page_is_drawn_anew_only_where_it_reads_otherwise(rule: Any, facts: dict[str, Any], anew: bool) -> None:
    night = paged()
    before = night.incident
    change = rule(before, night.moment, **facts)
    assert is_shown_anew(before, change.incident) is anew


def test_the_next_level_is_told_on_the_page_of_the_first() -> None:
    night = begun(configured(PAYMENTS))
    before = night.incident
    assert is_shown_anew(before, night.until("2026-03-02 10:05").incident)


def test_of_what_was_never_paged_no_page_is_looked_for() -> None:
    night = begun(configured())
    assert not is_shown_anew(night.incident, night.does(lifecycle.acknowledge, by=CLEO).incident)


def test_what_is_left_to_them_comes_first_then_the_most_severe() -> None:
    night = paged()
    open_one = stands(night)
    assert open_one.wanted
    minor = replace(open_one, incident=replace(night.incident, number=9, severity="SEV3"))
    closed = Standing(replace(night.incident, number=1), BOB)
    assert [each.incident.number for each in most_wanted((closed, minor, open_one), POLICY)] == [12, 9, 1]
