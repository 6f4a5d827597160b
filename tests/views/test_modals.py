"""What acts ask for."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from bot.rules.calendar import Duration
from bot.rules.incident import Handoff
from bot.rules.policy import Service
from bot.views import modals
from tests.views.limits import view_problems
from tests.views.samples import BOB, CAROL, DAVE, POLICY, STATES, at

OPEN, FRESH, CLOSED = STATES["identified"], STATES["detected"], STATES["resolved"]
SIMILAR = (
    replace(OPEN, number=9, title="Carts are <empty>"),
    replace(FRESH, number=11, services=("search",), private=True),
)
OTHERS = (OPEN, SIMILAR[0], SIMILAR[1], replace(FRESH, number=14), replace(FRESH, number=15, kind="test"), CLOSED)

VIEWS: dict[str, Callable[[], dict[str, Any]]] = {
    "declare": lambda: modals.declare(POLICY),
    "declare from a message": lambda: modals.declare(
        POLICY,
        title="All is red",
        severity="SEV2",
        private=True,
        quote="All is red <!channel>\nlook",
        link="https://x.slack.com/archives/C1/p1",
        channel="C1",
        services=("checkout",),
    ),
    "declare without services": lambda: modals.declare(replace(POLICY, services=())),
    "declare what may be the same": lambda: modals.declare(POLICY, services=("checkout",), similar=SIMILAR, now=at(20)),
    "declare what is over": lambda: modals.declare(POLICY, kind="over", now=at(20)),
    "declare a near miss": lambda: modals.declare(POLICY, kind="near miss", now=at(20)),
    "declare a test": lambda: modals.declare(POLICY, kind="test", severity="SEV3", now=at(20)),
    "edit": lambda: modals.edit(replace(OPEN, figures={"users": "1200"}), POLICY, at(20), channel="C12"),
    "edit what is closed": lambda: modals.edit(CLOSED, POLICY, at(90)),
    "merge": lambda: modals.merge(OPEN, POLICY, OTHERS),
    "merge into one": lambda: modals.merge(OPEN, POLICY, OTHERS[:2]),
    "merge into none": lambda: modals.merge(OPEN, POLICY, (OPEN,)),
    "hand over": lambda: modals.handoff(OPEN, POLICY),
    "hand over again": lambda: modals.handoff(
        replace(OPEN, handoff=Handoff(BOB, CAROL, at(12))), POLICY, DAVE, "The vendor calls back"
    ),
    "break glass": lambda: modals.break_glass(),
    "make private": lambda: modals.private(OPEN, POLICY),
    "make a thread private": lambda: modals.private(STATES["thread"], POLICY),
    "update": lambda: modals.update(OPEN, POLICY, at(20), channel="C12"),
    "update when due": lambda: modals.update(STATES["update due"], POLICY, at(41), text="Rolling back"),
    "first update": lambda: modals.update(FRESH, POLICY, at(2)),
    "status": lambda: modals.status(OPEN, POLICY),
    "severity": lambda: modals.severity(OPEN, POLICY, chosen="SEV2"),
    "role": lambda: modals.role(OPEN, POLICY, chosen="lead", holder=BOB),
    "role, none taken": lambda: modals.role(FRESH, POLICY),
    "resolve": lambda: modals.resolve(OPEN, POLICY, fix="Rolled back"),
    "reopen": lambda: modals.reopen(CLOSED, POLICY),
    "cancel": lambda: modals.cancel(OPEN, POLICY, reason="duplicate"),
    "note": lambda: modals.note(OPEN, POLICY),
    "event": lambda: modals.event(OPEN, POLICY, at(20)),
    "event from a message": lambda: modals.event(
        OPEN, POLICY, at(20), text="I see 500s", at=at(3), author=BOB, link="https://x.slack.com/archives/C1/p1"
    ),
    "snooze": lambda: modals.snooze(OPEN, POLICY, at(35)),
    "snooze once more": lambda: modals.snooze(STATES["snoozed"], POLICY, at(60)),
    "snoozed twice": lambda: modals.snooze(replace(OPEN, snoozes=2), POLICY, at(60)),
    "service": lambda: modals.service(OPEN, POLICY),
    "no service configured": lambda: modals.service(OPEN, replace(POLICY, services=())),
    "in hand": lambda: modals.in_hand(OPEN, POLICY),
    "waiting": lambda: modals.waiting("Post an update"),
    "sentence": lambda: modals.sentence("Not possible", f"<@{BOB}> already has it & <!here>."),
    "picker": lambda: modals.picker(
        "incident:update", [FRESH, replace(OPEN, number=13)], POLICY, words="rolling back", channel="C1"
    ),
    "picker of one": lambda: modals.picker("incident:update", [FRESH], POLICY),
    "picker of none": lambda: modals.picker("incident:update", [], POLICY),
    "more": lambda: modals.more(OPEN, POLICY),
    "page somebody": lambda: modals.escalate(OPEN, POLICY, (BOB,), "The database"),
    "page somebody, no policy": lambda: modals.escalate(OPEN, replace(POLICY, policies=(), teams=())),
}


@pytest.mark.parametrize("name", VIEWS)
def test_modal(name: str, snapshot: SnapshotAssertion) -> None:
    view = VIEWS[name]()
    assert view_problems(view) == []
    assert view == snapshot


@pytest.mark.parametrize("name", VIEWS)
def test_a_field_is_named_once_unless_its_choice_opens_a_door(name: str) -> None:
    inputs = [block for block in VIEWS[name]()["blocks"] if block["type"] == "input"]
    named = {block["block_id"]: block["element"]["action_id"] for block in inputs}
    telling = {block["block_id"] for block in inputs if block.get("dispatch_action")}
    assert named == {name: f"incident:declare_{name}" if name in telling else name for name in named}


def test_metadata_remembers_incident_and_channel() -> None:
    assert json.loads(modals.update(OPEN, POLICY, at(20), channel="C1")["private_metadata"]) == {
        "number": 12,
        "channel": "C1",
    }
    picked = modals.picker("incident:update", [OPEN], POLICY, words="it works")
    assert json.loads(picked["private_metadata"]) == {
        "number": None,
        "channel": None,
        "door": "incident:update",
        "words": "it works",
    }
    assert picked["callback_id"] == "incident:pick"


def test_intervals_can_be_read_back() -> None:
    view = modals.update(OPEN, POLICY, at(20))
    options = next(block for block in view["blocks"] if block.get("block_id") == "next_in")["element"]
    lengths = [Duration.parse(option["value"]) for option in options["options"]]
    assert options["initial_option"]["value"] == "30 min"
    assert len(set(lengths)) == len(lengths)


def test_severity_offers_all_but_its_own_with_criteria() -> None:
    blocks = modals.severity(OPEN, POLICY)["blocks"]
    radios = next(block for block in blocks if block.get("block_id") == "severity")["element"]
    assert [option["value"] for option in radios["options"]] == ["SEV2", "SEV3", "SEV4"]
    assert radios["options"][0]["description"]["text"] == "a main feature is broken"


def test_many_services_stand_under_their_team() -> None:
    services = tuple(Service(f"service-{number}", team=f"team-{number % 3}") for number in range(150))
    policy = replace(POLICY, services=services)
    assert view_problems(modals.declare(policy)) == []
    assert view_problems(modals.service(OPEN, policy)) == []


def test_a_long_quote_still_fits_the_metadata() -> None:
    view = modals.declare(POLICY, quote="ü\n" * 20_000, link="https://x.slack.com/p1", title="x" * 9_000)
    assert view_problems(view) == []
    assert json.loads(view["private_metadata"])["link"] == "https://x.slack.com/p1"


def test_a_long_list_still_opens() -> None:
    incidents = [replace(OPEN, number=number, title="t" * 140) for number in range(1, 300)]
    assert view_problems(modals.picker("incident:show", incidents, POLICY)) == []


def names_of(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


@pytest.mark.parametrize("kind", ["now", "over", "near miss", "test"])
def test_title_and_severity_come_first_whatever_is_declared(kind: str) -> None:
    view = modals.declare(POLICY, kind=kind, similar=SIMILAR, now=at(20))
    assert names_of(view)[:3] == ["title", "severity", "kind"]


FURTHER = {
    "now": ["services", "affected", "began"],
    "over": ["began", "detected", "mitigated", "resolved", "fix", "services", "affected"],
    "near miss": ["detected", "fix", "services", "affected"],
    "test": ["services", "affected", "began"],
}


@pytest.mark.parametrize("kind", FURTHER)
def test_a_kind_asks_for_its_times(kind: str) -> None:
    assert names_of(modals.declare(POLICY, kind=kind))[3:] == [*FURTHER[kind], "noticed_by", "private"]


def test_what_may_be_the_same_has_a_button_each() -> None:
    blocks = modals.declare(POLICY, services=("checkout",), similar=SIMILAR, now=at(20))["blocks"]
    joins = [block["accessory"] for block in blocks if "accessory" in block]
    assert [(each["action_id"], each["value"]) for each in joins] == [("incident:join", "9"), ("incident:join", "11")]
    told = [block["elements"][0]["text"] for block in blocks if block["type"] == "context"]
    assert "Open on the same services: INC-9, see the top of this form." in told


def test_edit_offers_the_times_that_are_reached() -> None:
    assert names_of(modals.edit(FRESH, POLICY, at(9)))[-3:] == ["began", "detected", "why"]
    assert names_of(modals.edit(CLOSED, POLICY, at(90)))[-6:] == [
        "began",
        "detected",
        "acknowledged",
        "mitigated",
        "resolved",
        "why",
    ]


def test_private_has_those_at_work_chosen() -> None:
    blocks = modals.private(OPEN, POLICY)["blocks"]
    chosen = next(block["element"]["initial_users"] for block in blocks if block.get("block_id") == "people")
    assert chosen == [BOB, CAROL]


def test_merge_names_both_and_offers_what_fits() -> None:
    into = next(block for block in modals.merge(OPEN, POLICY, OTHERS)["blocks"] if block["type"] == "input")
    assert into["label"]["text"] == "INC-12 Checkout is down goes into"
    assert [option["value"] for option in into["element"]["options"]] == ["9", "14"]
