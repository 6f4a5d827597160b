"""What was changed, as a list and as a part of the second message."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from syrupy.assertion import SnapshotAssertion

from bot.rules.entries import Entry
from bot.rules.rollouts.rollout import Rollout, event
from bot.views.links import links
from bot.views.message import Message
from bot.views.messages import render
from bot.views.rollouts import MOST, changes, paragraph
from tests.views.limits import message_problems
from tests.views.samples import POLICY, STATES, at

DEPLOY = Rollout(
    "told/1",
    "deploy",
    at(-15),
    "Faster carts <!channel> & more",
    "checkout",
    "ada <@U1>",
    "https://ci.example.com/4711?a=1&b=2",
    "production",
    "1.4.2",
)
FLAG = Rollout("told/2", "flag", at(-40), "new-cart on", "checkout")
LONG = Rollout("told/3", "migration", at(-5), "x" * 300, "y" * 60, "z" * 80, None, "e" * 60, "v" * 80)
TWO_HOURS = timedelta(hours=2)


def shown(message: Message) -> dict[str, Any]:
    assert message_problems(message) == []
    return {"text": message.text, "blocks": list(message.blocks)}


def test_the_list(snapshot: SnapshotAssertion) -> None:
    listed = {
        "none": changes([], 0, (), TWO_HOURS, POLICY, at(0)),
        "none on a service": changes([], 0, ("checkout", "search"), timedelta(days=1), POLICY, at(0)),
        "one": changes([DEPLOY], 1, ("checkout",), TWO_HOURS, POLICY, at(0)),
        "two": changes([DEPLOY, FLAG], 2, (), TWO_HOURS, POLICY, at(0)),
        "very long ones": changes([LONG] * MOST, 200, (), TWO_HOURS, POLICY, at(0)),
    }
    assert {name: shown(message) for name, message in listed.items()} == snapshot


def test_in_the_second_message(snapshot: SnapshotAssertion) -> None:
    said = {
        "beside dashboards": links(STATES["detected"], POLICY, changed=paragraph([DEPLOY, FLAG], 2, POLICY, at(0))),
        "alone": links(STATES["no service"], POLICY, changed=paragraph([FLAG], 1, POLICY, at(0))),
        "many": links(STATES["no service"], POLICY, changed=paragraph([LONG] * 8, 90, POLICY, at(0))),
    }
    assert {name: shown(message) for name, message in said.items() if message} == snapshot
    assert paragraph([], 0, POLICY, at(0)) == ""


def test_a_storm_of_them_in_the_channel(snapshot: SnapshotAssertion) -> None:
    def entry(rollout: Rollout, seq: int) -> Entry:
        return Entry("incident:12", seq, at(seq), at(seq), "rollouts", "rollouts", event(rollout, during=True))

    storms = {
        "one": [DEPLOY],
        "two": [DEPLOY, FLAG],
        "on no service": [replace(FLAG, service="")] * 3,
        "many, long, everywhere": [replace(LONG, service=f"{'y' * 60}{number}") for number in range(40)],
    }
    told = {
        name: render(
            [entry(each, seq) for seq, each in enumerate(found, 7)],
            STATES["detected"],
            POLICY,
            place="channel",
            now=at(1),
        )
        for name, found in storms.items()
    }
    assert {name: shown(message) for name, message in told.items()} == snapshot
