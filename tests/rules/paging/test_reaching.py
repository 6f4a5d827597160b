"""How somebody is reached: at once, one message a minute, by one way after the other, until they answer."""

from dataclasses import replace

import pytest

from bot.rules.answering import placed
from bot.rules.change import Origin
from bot.rules.entries import Entry
from bot.rules.events import Asleep, Event, PersonPaged, WayFailed, WaysSet, WayTested
from bot.rules.moment import Moment
from bot.rules.paging.reaching import (
    KEPT,
    KIND,
    Reach,
    Way,
    answer_try,
    answered,
    asleep,
    failed,
    next_look,
    page,
    remind,
    set_ways,
    slot_of,
    stands,
    tell,
    try_out,
)
from bot.rules.refused import Refused
from bot.rules.subjects import Result
from tests.rules.given import BOB, POLICY, at, moment

SLACK, MAIL, SMS, VOICE = Way("slack"), Way("mail", "bo@example.com"), Way("sms", "+34600"), Way("voice", "+34600")
QUIET = Reach(BOB)
LOUD = Reach(BOB, ways=(SLACK, SMS, VOICE))


def second(text: str) -> Moment:
    """`02:31:10` in the night of a Monday."""
    return moment(f"2026-03-02 {text}")


def paged(result: Result[Reach]) -> list[tuple[tuple[int, ...], str]]:
    """For what, and by which way, a page goes out now."""
    return [(each.numbers, each.way) for each in result.events if isinstance(each, PersonPaged)]


@pytest.mark.parametrize("when", ["2026-03-06 17:30", "2026-03-19 03:00"], ids=["a friday evening", "a holiday"])
def test_the_first_page_goes_at_once(when: str) -> None:
    result = page(QUIET, moment(when), number=12)
    assert result.events == (PersonPaged((12,), "slack", at(when)),)
    assert next_look(result.state, moment(when)) is None


def test_what_follows_within_a_minute_is_one_more_message_with_all() -> None:
    first = page(QUIET, second("02:31:00"), number=12).state
    quiet = page(page(first, second("02:31:10"), number=13).state, second("02:31:50"), number=14)
    assert not quiet.events
    assert next_look(quiet.state, second("02:31:50")) == at("2026-03-02 02:32:00")
    assert paged(remind(quiet.state, second("02:32:00"))) == [((12, 13, 14), "slack")]


def test_the_next_way_after_a_minute_and_the_last_one_stays_alone() -> None:
    told = page(LOUD, second("02:31:00"), number=12).state
    assert not remind(told, second("02:31:59")).events
    by_sms = remind(told, second("02:32:00"))
    by_voice = remind(by_sms.state, second("02:33:00"))
    assert [*paged(by_sms), *paged(by_voice)] == [((12,), "sms"), ((12,), "voice")]
    assert next_look(by_voice.state, second("02:33:00")) is None


def test_a_new_page_keeps_nobody_from_their_louder_ways() -> None:
    """Paged again and again, they would hear of each by Slack alone."""
    state = page(LOUD, second("02:31:00"), number=12).state
    state = page(state, second("02:31:30"), number=13).state
    again = remind(state, second("02:32:00"))
    assert paged(again) == [((12, 13), "slack"), ((12, 13), "sms")]
    state = page(again.state, second("02:32:30"), number=14).state
    assert paged(remind(state, second("02:33:00"))) == [
        ((12, 13, 14), "slack"),
        ((12, 13, 14), "sms"),
        ((12, 13, 14), "voice"),
    ]


def test_who_has_answered_starts_from_the_first_way_again() -> None:
    state = remind(page(LOUD, second("02:31:00"), number=12).state, second("02:32:00")).state
    state = answered(state, second("02:32:30"), number=12).state
    assert next_look(state, second("02:32:30")) is None
    assert paged(page(state, second("02:40:00"), number=13)) == [((13,), "slack")]


def test_answered_before_it_is_told_it_is_not_told() -> None:
    state = page(QUIET, second("02:31:00"), number=12).state
    state = page(state, second("02:31:20"), number=13).state
    state = answered(state, second("02:31:40"), number=13).state
    assert not remind(state, second("02:32:00")).events
    assert state.pages.keys() == {12}


def test_asked_once_more_for_the_same_it_is_told_once_more() -> None:
    state = page(QUIET, second("02:31:00"), number=12).state
    assert paged(page(state, second("02:51:00"), number=12)) == [((12,), "slack")]


def test_paged_twice_at_once_for_the_same_the_phone_rings_no_later() -> None:
    told = page(LOUD, second("02:31:00"), number=12).state
    again = page(told, second("02:31:10"), number=12)
    assert (again.state, again.events) == (told, ())
    assert paged(remind(again.state, second("02:32:00"))) == [((12,), "sms")]
    shadow = page(LOUD, second("02:31:00"), number=12, shadow=True).state
    assert page(shadow, second("02:31:10"), number=12).state.pages[12].shadow is False


def test_a_shadow_is_told_by_one_way_and_nobody_waits() -> None:
    result = page(LOUD, second("02:31:00"), number=12, shadow=True)
    assert paged(result) == [((12,), "slack")]
    assert next_look(result.state, second("02:31:00")) is None
    assert not KIND.is_open(result.state)
    later = page(result.state, second("03:31:00"), number=13)
    assert paged(later) == [((13,), "slack")]
    assert later.state.pages.keys() == {13}


def test_who_is_waited_for_stays_so_when_paged_as_a_shadow_too() -> None:
    state = page(LOUD, second("02:31:00"), number=12).state
    assert not page(state, second("02:31:01"), number=12, shadow=True).state.pages[12].shadow


def test_a_way_that_fails_is_followed_by_the_next_at_once() -> None:
    state = page(LOUD, second("02:31:00"), number=12).state
    result = failed(state, second("02:31:02"), way="slack", why="cannot_dm_bot", numbers=(12,))
    assert result.events == (
        WayFailed("slack", "cannot_dm_bot", (12,)),
        PersonPaged((12,), "sms", at("2026-03-02 02:31:02")),
    )
    assert next_look(result.state, second("02:31:02")) == at("2026-03-02 02:32:02")


@pytest.mark.parametrize("way", ["slack", "voice"], ids=["one before the last used", "one not used yet"])
def test_another_way_that_fails_is_only_written_down(way: str) -> None:
    state = remind(page(LOUD, second("02:31:00"), number=12).state, second("02:32:00")).state
    result = failed(state, second("02:32:01"), way=way, why="http_400", numbers=(12,))
    assert result.events == (WayFailed(way, "http_400", (12,)),)


def test_after_the_last_way_there_is_no_other() -> None:
    state = page(QUIET, second("02:31:00"), number=12).state
    assert not paged(failed(state, second("02:31:01"), way="slack", why="x", numbers=(12,)))


def test_they_are_lost_once_each_of_their_ways_has_failed_since_they_were_told() -> None:
    state = page(LOUD, second("02:31:00"), number=12).state
    for way, is_lost in (("slack", False), ("sms", False), ("voice", True)):
        state = failed(state, second("02:31:02"), way=way, why="http_400", numbers=(12,)).state
        assert state.is_lost is is_lost
    told = page(state, second("02:33:00"), number=13).state
    assert not told.is_lost
    assert not failed(QUIET, second("02:31:00"), way="slack", why="a test of it").state.is_lost


def test_whom_one_way_reached_is_not_lost_when_the_last_one_fails() -> None:
    state = remind(page(LOUD, second("02:31:00"), number=12).state, second("02:32:00")).state
    state = remind(state, second("02:33:00")).state
    for way in ("sms", "voice"):
        state = failed(state, second("02:33:01"), way=way, why="http_400", numbers=(12,)).state
    assert (state.used, state.is_lost) == (3, False)


def test_asleep_they_are_told_by_the_next_way_at_once() -> None:
    state = page(LOUD, second("02:31:00"), number=12).state
    result = asleep(state, second("02:31:01"), way="slack", numbers=(12,))
    assert result.events[0] == Asleep("slack", (12,))
    assert paged(result) == [((12,), "sms")]
    assert not asleep(
        page(QUIET, second("02:31:00"), number=12).state, second("02:31:01"), way="slack", numbers=()
    ).events


def test_ways_are_set_in_their_order() -> None:
    result = set_ways(QUIET, second("10:00"), ways=(SMS, SLACK))
    assert result.events == (WaysSet(("sms", "slack")),)
    assert (result.state.ways, result.state.chosen, result.state.loud) == ((SMS, SLACK), True, ("sms",))
    assert (QUIET.loud, replace(QUIET, ways=(SLACK, MAIL)).loud) == ((), ())
    with pytest.raises(Refused) as refused:
        set_ways(QUIET, second("10:00"), ways=())
    assert refused.value.field == "order"


def test_a_try_goes_by_each_way_and_its_answer_is_kept() -> None:
    result = try_out(LOUD, second("10:00"))
    assert result.events == (WayTested("slack"), WayTested("sms"), WayTested("voice"))
    once = answer_try(result.state, second("10:01"), way="sms")
    assert once.events == (WayTested("sms", answered=True),)
    assert once.state.tried["sms"].answered == at("2026-03-02 10:01")
    assert not answer_try(once.state, second("10:02"), way="sms").events
    assert answer_try(result.state, second("10:02"), way="sms", sent=second("10:00").now).events
    with pytest.raises(Refused, match="an earlier try"):
        answer_try(result.state, second("10:02"), way="sms", sent=second("09:59").now)
    broken = failed(once.state, second("10:03"), way="voice", why="http_400")
    assert (broken.state.tried["voice"].failed, broken.events) == ("http_400", (WayFailed("voice", "http_400"),))
    with pytest.raises(Refused, match="Test my pager"):
        answer_try(result.state, second("10:04"), way="mail")


def test_once_a_minute_a_pager_is_tried_whatever_was_set_meanwhile() -> None:
    state = set_ways(try_out(LOUD, second("10:00")).state, second("10:00:10"), ways=(Way("sms", "+34601"),)).state
    with pytest.raises(Refused, match=r"in 20 s\.$"):
        try_out(state, second("10:00:40"))
    assert try_out(state, second("10:01")).events == (WayTested("sms"),)


def test_another_address_has_not_been_tried() -> None:
    state = try_out(LOUD, second("10:00")).state
    moved = set_ways(state, second("10:05"), ways=(SLACK, Way("sms", "+34601"))).state
    assert moved.tried.keys() == {"slack"}


def rows(*events: Event) -> list[tuple[str, str]]:
    entries = tuple(
        Entry(f"person:{BOB}", seq, at("2026-03-02 02:31"), at("2026-03-02 02:31"), "clock", "clock", event)
        for seq, event in enumerate(events, start=1)
    )
    return [(each.lane, each.kind) for each in tell(LOUD, LOUD, entries, POLICY)]


def test_each_way_has_its_own_lane() -> None:
    due = at("2026-03-02 02:31")
    assert rows(PersonPaged((12,), "slack", due), PersonPaged((12,), "sms", due)) == [
        (f"person:{BOB}", "page_slack"),
        (f"person:{BOB}/sms", "page_sms"),
    ]
    home = (f"person:{BOB}/home", "home")
    assert rows(WayTested("voice")) == [(f"person:{BOB}/voice", "page_voice"), home]
    assert rows(WayTested("voice", answered=True)) == [home]
    assert rows(WaysSet(("slack",))) == [home]


def test_no_address_is_in_what_is_kept_to_be_said() -> None:
    ways = (Way("mail", "bo@secret.example"), Way("sms", "+34600112233"), Way("ntfy", "topic-of-bo"))
    chosen = set_ways(Reach(BOB), second("02:30:00"), ways=ways)
    called = page(chosen.state, second("02:31:00"), number=12)
    later = remind(called.state, second("02:32:00"))
    lost = failed(later.state, second("02:32:01"), way="sms", why="refused", numbers=(12,))
    happened = [event for each in (chosen, called, later, lost) for event in each.events]
    entries = placed(f"person:{BOB}", happened, second("02:32:01"), Origin("clock", "sweep"), 0)
    kept = str(entries) + str([*tell(chosen.state, lost.state, entries, POLICY)])
    assert all(f"page_{way.kind}" in kept for way in ways)
    assert [each for each in ("secret.example", "600112233", "topic-of-bo") if each in kept] == []


FIRST, SECOND = slot_of(f"person:{BOB}", 7), slot_of(f"person:{BOB}", 8)


def drawn(before: Reach, after: Reach) -> list[tuple[str, str | None, object]]:
    """Lane, slot and incidents of each page that is drawn anew."""
    return [(each.lane, each.slot, each.facts["numbers"]) for each in tell(before, after, (), POLICY)]


def test_each_incident_stands_in_the_last_message_that_tells_of_it() -> None:
    paged = page(page(QUIET, second("02:31:00"), number=12).state, second("02:31:10"), number=13).state
    one = stands(paged, second("02:31:01"), slot=FIRST, numbers=(12,)).state
    both = stands(one, second("02:32:01"), slot=SECOND, numbers=(12, 13)).state
    assert (one.told_in(FIRST), both.told_in(FIRST), both.told_in(SECOND)) == ((12,), (), (12, 13))
    assert drawn(paged, one) == []
    assert drawn(one, both) == [(FIRST, FIRST, [12])]  # it points to the later one


def test_what_they_answered_is_drawn_anew_once_in_a_lane_of_its_own() -> None:
    paged = page(page(QUIET, second("02:31:00"), number=12).state, second("02:31:10"), number=13).state
    both = stands(paged, second("02:31:01"), slot=FIRST, numbers=(12, 13)).state
    one = answered(both, second("02:32:00"), number=12).state
    assert (
        drawn(both, one) == drawn(one, answered(one, second("02:32:00"), number=13).state) == [(FIRST, FIRST, [12, 13])]
    )
    assert drawn(one, one) == []


def test_answered_while_the_page_is_on_its_way_it_is_drawn_anew_when_it_stands() -> None:
    paged = answered(page(QUIET, second("02:31:00"), number=12).state, second("02:31:01"), number=12).state
    assert drawn(paged, stands(paged, second("02:31:02"), slot=FIRST, numbers=(12,)).state) == [(FIRST, FIRST, [12])]


def test_of_a_storm_the_newest_are_kept() -> None:
    state = stands(QUIET, second("02:31:00"), slot=FIRST, numbers=tuple(range(1, KEPT + 1))).state
    state = stands(state, second("02:32:00"), slot=SECOND, numbers=(KEPT + 1,)).state
    assert (len(state.messages), 1 in state.messages, state.messages[KEPT + 1]) == (KEPT, False, SECOND)
