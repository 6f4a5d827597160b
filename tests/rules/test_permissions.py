"""Who may do what: each word, each default, who stands outside, and what a refusal says."""

import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

import bot.rules
from bot.rules import handoff, lifecycle, permissions, roles, updates
from bot.rules.acts import acts_of
from bot.rules.incident import ROLES, Incident, Said
from bot.rules.moment import Moment, Person
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import EscalationPolicy, Layer, Rotation
from bot.rules.paging import by_hand
from bot.rules.permissions import ACTS, OUTSIDE, WORDS, Asker, NotPermitted, allows, may, require
from bot.rules.private import request_access
from tests.rules.given import ADA, BOB, CLEO, MADRID, POLICY, declared, moment
from tests.rules.paging.escalating import configured, level

NOW = moment("2026-03-02 10:10")
DAN, EVE = "U0DAN", "U0EVE"
HELD = replace(declared(), roles={"commander": BOB, "scribe": CLEO}, responders=(BOB, CLEO, DAN))
"""INC-12, declared by Ada: Bob commands, Cleo writes, Dan responds, Eve has nothing to do with it."""
PAGED_HIGH = replace(HELD, said={"page payments": Said(HELD.paging_from or HELD.anchor, 2, NOW.now)})
EVERYBODY = (ADA, BOB, CLEO, DAN, EVE)


def permitted(*words: str, act: str = "resolve", **more: Any) -> Moment:
    """The moment with an act for those alone."""
    return replace(NOW, policy=replace(POLICY, permissions={act: words}), **more)


def refusal(act: str, asker: Asker, incident: Incident | None, now: Moment) -> NotPermitted:
    with pytest.raises(NotPermitted) as refused:
        require(act, asker, incident, now)
    return refused.value


@pytest.mark.parametrize(
    ("word", "people"),
    [
        ("anyone", EVERYBODY),
        ("responders", (BOB, CLEO, DAN)),
        ("roles", (BOB, CLEO)),
        ("commander", (BOB,)),
        ("scribe", (CLEO,)),
        ("lead", (BOB,)),  # nobody leads: who commands is asked
        ("comms", (BOB,)),
        ("guests", ()),
        ("bots", ()),
        ("strangers", ()),
        ("U0EVE", (EVE,)),
    ],
)
def test_a_word_means_these_members(word: str, people: tuple[str, ...]) -> None:
    askers = [Asker(each, within=frozenset({each})) for each in EVERYBODY]
    assert tuple(each.person for each in askers if allows("resolve", each, HELD, permitted(word))) == people


def test_several_words_mean_all_of_them() -> None:
    now = permitted("scribe", "@security")
    assert allows("resolve", Asker(CLEO), HELD, now)
    assert allows("resolve", Asker(EVE, within=frozenset({"@security"})), HELD, now)
    assert not allows("resolve", Asker(DAN), HELD, now)


@pytest.mark.parametrize("kind", ["guest", "bot", "stranger"])
def test_who_stands_outside_may_nothing_but_what_names_them(kind: Any) -> None:
    named = next(word for word, each in OUTSIDE.items() if each == kind)
    asker = Asker(BOB, kind)
    assert [act for act in ACTS if allows(act, asker, HELD, NOW)] == []
    for word in WORDS:
        assert allows("resolve", asker, HELD, permitted(word)) is (word == named)
    assert allows("resolve", replace(asker, within=frozenset({"@vendor"})), HELD, permitted("@vendor"))


def test_by_default_members_may_everything_but_decide_who_may_know() -> None:
    assert {act for act in ACTS if may(POLICY, act) != ("anyone",)} == {
        "page_further",
        "override",
        "private",
        "access",
    }
    others = ["page_further", "override", "private", "access"]
    assert [act for act in ACTS if not allows(act, Asker(EVE), HELD, NOW)] == others
    assert [act for act in ACTS if not allows(act, Asker(BOB), HELD, NOW)] == ["override"]


def test_who_takes_turns_for_the_team_may_change_them() -> None:
    layer = Layer(("bob", "cleo"), timedelta(days=7), datetime.fromisoformat("2026-01-05 09:00"))
    policy = replace(POLICY, rotations=(Rotation("primary", MADRID, "payments", (layer,)),))
    roster = Roster({"bob": BOB, "cleo": CLEO})
    ours = replace(NOW, policy=policy, roster=roster, subject="team:payments")
    assert [each for each in EVERYBODY if allows("override", Asker(each), None, ours)] == [BOB, CLEO]
    assert not allows("override", Asker(BOB), None, replace(ours, subject="team:search"))
    assert allows("override", Asker(BOB), None, replace(ours, subject=""))


@pytest.mark.parametrize(
    ("incident", "asked"),
    [
        (replace(declared(), roles={"lead": CLEO}), CLEO),
        (replace(declared(), acknowledged_by=DAN), DAN),
        (declared(), ADA),
    ],
)
def test_where_nobody_commands_who_is_asked_instead_may(incident: Incident, asked: str) -> None:
    assert [each for each in EVERYBODY if allows("private", Asker(each), incident, NOW)] == [asked]


def test_a_commander_who_has_left_or_is_outside_is_passed_over() -> None:
    gone = replace(NOW, people={BOB: Person(BOB, active=False)})
    assert allows("private", Asker(ADA), HELD, gone)
    assert not allows("private", Asker(BOB), HELD, gone)
    hidden = replace(HELD, private=True, members=(DAN,))
    assert [each for each in EVERYBODY if allows("access", Asker(each), hidden, NOW)] == [DAN]


@pytest.mark.parametrize(
    ("words", "incident", "sentence"),
    [
        (("commander",), HELD, "Only the commander of INC-12 can resolve it: that is <@U0BOB>."),
        (
            ("commander",),
            declared(),
            "Only the commander of INC-12 can resolve it. Nobody commands it, so now that is <@U0ADA>.",
        ),
        (
            ("commander", "@security", "U0EVE"),
            HELD,
            "Only the commander of INC-12, @security or <@U0EVE> can resolve it: that is <@U0BOB>.",
        ),
        (("@security",), HELD, "Only @security can resolve INC-12."),
    ],
)
def test_a_refusal_says_who_can_and_the_way(words: tuple[str, ...], incident: Incident | None, sentence: str) -> None:
    found = refusal("resolve", Asker(DAN), incident, permitted(*words))
    way = "`/incident breakglass why` passes this for 10 minutes, and everybody is told."
    assert found.sentence == f"{sentence} {way}"
    assert found.passable


@pytest.mark.parametrize("kind", ["bot", "stranger"])
def test_bots_and_strangers_learn_nothing(kind: Any) -> None:
    found = refusal("resolve", Asker(DAN, kind), HELD, NOW)
    assert (found.sentence, found.passable) == (permissions.UNWELCOME[kind], False)


def test_a_refusal_admits_that_a_group_is_not_known() -> None:
    found = refusal("resolve", Asker(DAN, unheard=("@security",)), HELD, permitted("@security"))
    assert "Slack has not told me yet who is in @security." in found.sentence


def test_a_guest_is_told_whom_to_ask() -> None:
    found = refusal("note", Asker(DAN, "guest"), HELD, NOW)
    assert found.sentence == (
        "You are a guest in this workspace, and guests cannot write into INC-12's timeline. "
        "Ask <@U0BOB> or another member of it."
    )
    assert not found.passable


def test_where_nobody_may_break_the_glass_it_is_not_offered() -> None:
    closed = replace(NOW, policy=replace(POLICY, permissions={"breakglass": ("bots",)}))
    found = refusal("private", Asker(DAN), HELD, closed)
    assert "breakglass" not in found.sentence
    assert not found.passable
    assert not refusal("breakglass", Asker(DAN), None, closed).passable


@pytest.mark.parametrize(
    ("rule", "incident", "facts", "acts"),
    [
        (lifecycle.change_status, HELD, {"status": "monitoring"}, ("status",)),
        (lifecycle.change_status, HELD, {"status": "Resolved"}, ("resolve",)),
        (updates.update, HELD, {"text": "Looking"}, ("update",)),
        (updates.update, HELD, {"text": "Looking", "status": "detected"}, ("update",)),
        (updates.update, HELD, {"text": "Looking", "status": "monitoring"}, ("update", "status")),
        (updates.update, HELD, {"text": "Looking", "status": "resolved"}, ("update", "resolve")),
        (roles.assign, HELD, {"role": "lead", "person": EVE}, ("role",)),
        (roles.assign, replace(HELD, private=True, members=(BOB,)), {"role": "lead", "person": BOB}, ("role",)),
        (
            roles.assign,
            replace(HELD, private=True, members=(BOB,)),
            {"role": "lead", "person": EVE},
            ("role", "access"),
        ),
        (handoff.offer, replace(HELD, private=True, members=(BOB,)), {"person": EVE}, ("role", "access")),
        (request_access, HELD, {}, ()),
        (by_hand.escalate, HELD, {}, ("page",)),
        (by_hand.escalate, PAGED_HIGH, {}, ("page", "page_further")),
        (by_hand.escalate, PAGED_HIGH, {"people": (EVE,)}, ("page",)),
        (by_hand.escalate, PAGED_HIGH, {"team": "search"}, ("page",)),
        (by_hand.escalate, replace(HELD, private=True, members=(BOB,)), {"people": (EVE,)}, ("page", "access")),
        (by_hand.escalate, replace(HELD, private=True, members=(BOB,)), {"people": (BOB,)}, ("page",)),
        (by_hand.decline_page, HELD, {"by": EVE}, ()),
        (lifecycle.acknowledge, HELD, {"by": EVE}, ("acknowledge",)),
        (lifecycle.acknowledge, replace(HELD, paged={EVE: NOW.now}), {"by": EVE}, ()),
    ],
)
def test_what_a_rule_comes_to(rule: Any, incident: Incident, facts: dict[str, Any], acts: tuple[str, ...]) -> None:
    assert acts_of(rule, incident, facts) == acts


@pytest.mark.parametrize(("levels", "acts"), [(2, ("page",)), (3, ("page", "page_further"))])
def test_nobody_needs_permission_to_hear_that_no_level_is_left(levels: int, acts: tuple[str, ...]) -> None:
    found = EscalationPolicy("payments", tuple(level(5, "bob") for _ in range(levels)))
    policy = configured(found, default="payments")
    assert acts_of(by_hand.escalate, PAGED_HIGH, {}, policy) == acts


def _rules() -> Iterator[Any]:
    """Every public rule that somebody can ask for."""
    for page in pkgutil.iter_modules(bot.rules.__path__):
        module = import_module(f"bot.rules.{page.name}")
        for name, found in inspect.getmembers(module, inspect.isfunction):
            wants = inspect.signature(found).parameters
            is_rule = {"moment", "by"} <= set(wants) and "Change" in str(inspect.signature(found).return_annotation)
            if found.__module__ == module.__name__ and is_rule and not name.startswith("_"):
                yield found


def test_no_rule_is_left_out() -> None:
    asked = {rule for act in ACTS.values() for rule in act.rules}
    assert set(_rules()) - asked == {request_access}
    assert len([rule for act in ACTS.values() for rule in act.rules]) == len(asked)


def test_each_role_is_a_word() -> None:
    assert set(ROLES) <= set(WORDS)
    assert set(permissions.VACANT) == permissions.OF_INCIDENT
