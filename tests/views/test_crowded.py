"""Two hundred services, five hundred people, texts of forty thousand characters: still what Slack takes."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import events
from bot.rules.change import Answer
from bot.rules.events import Words
from bot.rules.incident import Incident
from bot.rules.needs import Need
from bot.rules.policy import Service
from bot.views import modals, replies
from bot.views.announcement import announcement
from bot.views.card import card
from bot.views.catchup import catchup
from bot.views.home import Home, home
from bot.views.messages import render
from bot.views.messages.scene import Place
from bot.views.topic import topic
from tests.views.limits import message_problems, view_problems
from tests.views.samples import POLICY, STATES, at, entry
from tests.views.test_limits import PLACES, spoken

PEOPLE = tuple(f"U{number:08}" for number in range(500))
NAMES = tuple(f"service-{number:03}-" + "x" * 47 for number in range(200))
CROWDED = replace(
    POLICY,
    services=tuple(Service(name, ("a" * 70,), dashboards=("https://x.example/" + "y" * 200,) * 5) for name in NAMES),
)
PIECES = ["word ", "🔥", "&", "<@U1ADA> ", "*_`", "x", "<", "https://x.example/?a=1&b=<2> ", "\n", "> "]
quick = settings(deadline=None, max_examples=5)


def long(piece: str) -> str:
    """40,000 characters of it."""
    return (piece * 40_000)[:40_000]


def crowded(incident: Incident, text: str) -> Incident:
    """With as much of everything as there could be; a title holds 3,000 characters."""
    return replace(
        incident,
        title=text[:3_000],
        affected=text,
        impact=text,
        fix=text,
        cause=text,
        cancelled_because=text,
        services=NAMES,
        responders=PEOPLE,
        members=PEOPLE,
        followers=PEOPLE,
        access=dict.fromkeys(PEOPLE, at(1)),
        absorbed=tuple(range(100, 200)),
        former_channels=tuple(f"C{number:08}" for number in range(60)),
        roles={**incident.roles, **{f"role-{number}": person for number, person in enumerate(PEOPLE[:60])}},
    )


@quick
@given(st.sampled_from(list(STATES.values())), st.sampled_from(PIECES))
def test_faces(state: Incident, piece: str) -> None:
    text = long(piece)
    incident = crowded(state, text)
    assert message_problems(card(incident, CROWDED, at(5))) == []
    assert message_problems(announcement(incident, CROWDED)) == []
    assert len(topic(incident, CROWDED)) <= 250
    needs = (Need(incident, "access"), Need(incident, "update"))
    assert view_problems(home("U1ADA", Home(needs, (incident,) * 15, 5_000, 2), CROWDED, at(9))) == []


@quick
@given(st.sampled_from(list(STATES.values())), st.sampled_from(PIECES), PLACES)
def test_what_is_said(state: Incident, piece: str, place: Place) -> None:
    text = long(piece)
    incident, said = crowded(state, text), spoken(text)
    said += [events.GlassBroken("U1ADA", text, Words(text)), events.Absorbed(13, Words(text), PEOPLE)]
    entries = [entry(event, seq=seq) for seq, event in enumerate(said)]
    for one in entries:
        assert message_problems(render([one], incident, CROWDED, place=place, now=at(9))) == []
        happened = Answer(12, text, "SEV1", undo=2, entries=(one,))
        assert message_problems(replies.done(happened, CROWDED, dict.fromkeys(PEOPLE, "Ada"))) == []
    many = entries * 5
    assert message_problems(replies.shown(incident, many, CROWDED, at(9))) == []
    assert message_problems(catchup(incident, many, CROWDED, at(9), None)) == []
    assert message_problems(replies.listing([incident] * 200, CROWDED, at(9), words=text)) == []


@quick
@given(st.sampled_from(list(STATES.values())), st.sampled_from(PIECES))
def test_forms(state: Incident, piece: str) -> None:
    text = long(piece)
    incident = crowded(state, text)
    others = [replace(incident, number=number) for number in range(100, 250)]
    views = [
        modals.declare(CROWDED, title=text, quote=text, link="https://x.slack.com/p1", services=NAMES),
        modals.declare(CROWDED, kind="over", similar=others[:3], now=at(9), services=NAMES),
        modals.update(incident, CROWDED, at(9), text=text),
        modals.status(incident, CROWDED, text=text),
        modals.severity(incident, CROWDED, why=text),
        modals.resolve(incident, CROWDED, fix=text),
        modals.reopen(incident, CROWDED, why=text),
        modals.note(incident, CROWDED, text=text),
        modals.event(incident, CROWDED, at(9), text=text),
        modals.snooze(incident, CROWDED, at(9)),
        modals.service(incident, CROWDED),
        modals.in_hand(incident, CROWDED, why=text),
        modals.picker("incident:update", others, CROWDED, words=text),
        modals.more(incident, CROWDED),
        modals.edit(incident, CROWDED, at(9)),
        modals.merge(incident, CROWDED, others),
        modals.handoff(incident, CROWDED, "U1ADA", text),
        modals.private(incident, CROWDED),
        modals.sentence(text, text),
        modals.waiting(text),
        modals.answer(text, replies.refused(text).blocks),
    ]
    assert [problem for view in views for problem in view_problems(view)] == []


@pytest.mark.parametrize("sentence", ["x" * 40_000, "<@U1ADA> " * 4_000, "🔥" * 20_000])
def test_a_refusal(sentence: str) -> None:
    assert message_problems(replies.refused(sentence)) == []
    assert len(replies.beside_field(sentence)) <= 3_000
