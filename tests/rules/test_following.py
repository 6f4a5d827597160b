"""Following an incident from afar, and coming to help: each once, and neither acknowledges."""

from collections.abc import Callable

import pytest

from bot.rules.change import Change
from bot.rules.events import Followed, Joined, Unfollowed
from bot.rules.following import follow, join, unfollow
from bot.rules.lifecycle import acknowledge, cancel, resolve
from bot.rules.paging.by_hand import escalate
from bot.rules.refused import Refused
from tests.rules.given import ADA, BOB, CLEO, declared, moment

NOW = moment("2026-03-02 10:05")


def test_who_follows_is_no_responder_and_no_member() -> None:
    change = follow(follow(declared(), NOW, by=BOB).incident, NOW, by=CLEO)
    assert change.events == (Followed(person=CLEO),)
    assert change.incident.followers == (BOB, CLEO)
    assert (change.incident.responders, change.incident.members) == ((), (ADA,))


def test_who_unfollows_is_gone_from_the_list_alone() -> None:
    both = follow(follow(declared(), NOW, by=BOB).incident, NOW, by=CLEO).incident
    change = unfollow(both, NOW, by=BOB)
    assert change.events == (Unfollowed(person=BOB),)
    assert change.incident.followers == (CLEO,)


def test_who_comes_to_help_responds_and_acknowledges_nothing() -> None:
    before = declared()
    change = join(before, NOW, by=BOB)
    assert change.events == (Joined(person=BOB),)
    assert (change.incident.responders, change.incident.members) == ((BOB,), (ADA, BOB))
    assert (change.incident.acknowledged_by, change.incident.promise) == (None, before.promise)


@pytest.mark.parametrize("act", [follow, join])
def test_a_second_time_it_is_refused_with_the_way_on(act: Callable[..., Change]) -> None:
    once = act(declared(), NOW, by=BOB).incident
    with pytest.raises(Refused, match=r"INC-12 already.*`/incident (unfollow|update) INC-12"):
        act(once, NOW, by=BOB)


def test_who_does_not_follow_is_told_how_to() -> None:
    with pytest.raises(Refused, match=r"You do not follow INC-12. `/incident follow INC-12`"):
        unfollow(declared(), NOW, by=BOB)


def test_who_has_it_is_a_responder_already() -> None:
    with pytest.raises(Refused, match="You are a responder of INC-12 already"):
        join(acknowledge(declared(), NOW, by=BOB).incident, NOW, by=BOB)


def test_who_is_paged_for_what_somebody_has_answers_once_that_they_come() -> None:
    has = acknowledge(declared(), NOW, by=BOB).incident
    paged = escalate(has, NOW, by=BOB, people=(CLEO,)).incident
    change = join(paged, moment("2026-03-02 10:06"), by=CLEO)
    assert change.events == (Joined(person=CLEO, called=True),)
    with pytest.raises(Refused, match="You are a responder of INC-12 already"):
        join(change.incident, moment("2026-03-02 10:07"), by=CLEO)
    again = escalate(change.incident, moment("2026-03-02 10:20"), by=BOB, people=(CLEO,)).incident
    assert join(again, moment("2026-03-02 10:21"), by=CLEO).events == (Joined(person=CLEO, called=True),)


@pytest.mark.parametrize("act", [follow, join])
def test_what_is_closed_has_no_news_to_follow(act: Callable[..., Change]) -> None:
    for closed in (
        resolve(declared(), NOW, by=BOB, fix="rolled back").incident,
        cancel(declared(), NOW, by=BOB, reason="test").incident,
    ):
        with pytest.raises(Refused, match="reopen INC-12"):
            act(closed, NOW, by=CLEO)


def test_what_is_closed_is_left_as_well_so_that_nothing_comes_should_it_be_back() -> None:
    closed = resolve(follow(declared(), NOW, by=CLEO).incident, NOW, by=BOB, fix="rolled back").incident
    assert unfollow(closed, NOW, by=CLEO).incident.followers == ()
