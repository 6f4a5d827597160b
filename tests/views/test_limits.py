"""Nothing that people write makes a message or a modal that Slack refuses, or that calls everybody."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules import events
from bot.rules.change import Answer
from bot.rules.events import Event, Words
from bot.rules.incident import Handoff, Incident
from bot.rules.needs import Need
from bot.views import modals, replies
from bot.views.announcement import announcement
from bot.views.brief import brief
from bot.views.card import card
from bot.views.catchup import catchup
from bot.views.home import Home, home
from bot.views.messages import render
from bot.views.messages.scene import Place
from bot.views.topic import topic
from tests.views.limits import LOUD, message_problems, view_problems
from tests.views.samples import POLICY, STATES, at, entry

PIECES = st.sampled_from(
    [
        "<!channel>",
        "<!here|x>",
        "<@U1ADA>",
        "<https://evil.example|bank>",
        "&",
        "&amp;",
        "<",
        ">",
        "*",
        "`",
        "\n",
        "\r\n",
        "🔥",
        "👩‍👩‍👧‍👦",
        "شبكة",
        "\u202e",
        "\u0000",
        "https://a.example/?q=1&r=<2>",
        " ",
        "x" * 200,
        "𝔘",
        "|",
        "<<",
        "@here",
    ]
)
NASTY = st.one_of(
    st.lists(PIECES, min_size=1, max_size=40).map("".join),
    st.text(min_size=1, max_size=80),
    PIECES.map(lambda piece: (piece * 3000)[:3000]),
)
INCIDENTS = st.builds(
    lambda incident, title, affected, impact, fix: replace(
        incident,
        title=title,
        affected=affected,
        impact=impact,
        fix=fix,
        cause=impact,
        figures={"users": title, "revenue": fix, "tickets": "1200"},
    ),
    st.sampled_from(list(STATES.values())),
    NASTY,
    NASTY,
    NASTY,
    NASTY,
)
quick = settings(deadline=None, max_examples=20)
PLACES: st.SearchStrategy[Place] = st.sampled_from(["channel", "thread", "announce", "person"])


def spoken(words: str) -> list[Event]:
    """Every event that carries what people wrote."""
    said = Words(words)
    return [
        events.Declared(said, "SEV1", quote=said, affected=said),
        events.SeverityChanged("SEV2", "SEV1", True, said),
        events.Updated(1, "SEV1", "identified", said, said, at(30)),
        events.Noted(said),
        events.EventRecorded(said, at(1), "U1ADA", "https://x.slack.com/p1"),
        events.Resolved(said, at(0), said, said),
        events.Reopened(said),
        events.Cancelled("other", said),
        events.InHand(said),
        events.GaveUp("message", "announce", words),
        events.HandoffOffered("U1ADA", "U2BOB", said),
        events.Edited("title", said, said),
        events.Edited("users", said, said),
        events.MilestoneEdited("began", None, at(1), said),
        events.Undone("StatusChanged", words, words),
        events.Merged(9, said, "C9"),
        events.Absorbed(13, said, ("U1ADA",)),
        events.Separated(13, said),
        events.RoomRenamed(words, words),
    ]


@quick
@given(INCIDENTS)
def test_faces(incident: Incident) -> None:
    assert message_problems(card(incident, POLICY, at(5))) == []
    assert message_problems(announcement(incident, POLICY)) == []
    title = topic(incident, POLICY)
    assert len(title) <= 250
    assert not LOUD.search(title)


@quick
@given(INCIDENTS, NASTY, PLACES)
def test_messages(incident: Incident, words: str, place: Place) -> None:
    entries = [entry(event, seq=seq) for seq, event in enumerate(spoken(words))]
    for one in entries:
        assert message_problems(render([one], incident, POLICY, place=place, now=at(9))) == []
    late = timedelta(hours=1)
    everything = render(entries, incident, POLICY, place=place, now=at(9), late_by=late, doing=(words,) * 9)
    assert message_problems(everything) == []


@quick
@given(INCIDENTS, NASTY)
def test_replies(incident: Incident, words: str) -> None:
    entries = [entry(event, seq=seq) for seq, event in enumerate(spoken(words))]
    assert message_problems(replies.shown(incident, entries, POLICY, at(9))) == []
    assert message_problems(replies.refused(words)) == []
    many = [replace(incident, number=10**9 + number) for number in range(200)]
    assert message_problems(replies.listing(many, POLICY, at(9), words=words)) == []
    assert message_problems(replies.listing(many, POLICY, at(9), words=words, offset=40)) == []
    assert message_problems(replies.listing([], POLICY, at(9), words=words)) == []
    for one in entries:
        happened = Answer(12, words, "SEV1", undo=2, entries=(one,))
        assert message_problems(replies.done(happened, POLICY, {"U1ADA": words})) == []
    made = Answer(12, words, "SEV1", entries=(entries[0],))
    assert message_problems(replies.made(made, POLICY, [replace(incident, number=9)], at(9))) == []
    edits = tuple(each for each in entries if isinstance(each.event, events.Edited))
    assert message_problems(replies.done(Answer(12, words, "SEV1", entries=edits * 9), POLICY)) == []


@quick
@given(INCIDENTS, NASTY)
def test_looks(incident: Incident, words: str) -> None:
    entries = [entry(event, seq=seq) for seq, event in enumerate(spoken(words))]
    for since in (None, 3, 99):
        assert message_problems(catchup(incident, entries, POLICY, at(9), since)) == []
    assert not any(LOUD.search(line) for line in brief(incident, entries, POLICY, at(9)))
    offered = replace(incident, handoff=Handoff("U1ADA", "U2BOB", at(1), words))
    asked = replace(incident, access={f"U{number}": at(1) for number in range(50)})
    needed = (Need(offered, "handoff"), Need(asked, "access"), Need(incident, "update"), Need(incident, "acknowledge"))
    shown = Home(needed, (offered,) * 15, 200, 2)
    assert view_problems(home("U1ADA", shown, POLICY, at(9))) == []


@quick
@given(INCIDENTS, NASTY)
def test_modals(incident: Incident, words: str) -> None:
    views = [
        modals.declare(POLICY, title=words, quote=words, link="https://x.slack.com/p1"),
        modals.update(incident, POLICY, at(9), text=words),
        modals.status(incident, POLICY, text=words),
        modals.severity(incident, POLICY, why=words),
        modals.resolve(incident, POLICY, fix=words),
        modals.event(incident, POLICY, at(9), text=words, link="https://x.slack.com/p1"),
        modals.picker("incident:update", [incident], POLICY, words=words),
        modals.sentence("No", words),
        modals.more(incident, POLICY),
        modals.declare(POLICY, kind="over", similar=[incident] * 3, now=at(9), services=("checkout",)),
        modals.edit(incident, POLICY, at(9)),
        modals.merge(incident, POLICY, [replace(incident, number=number) for number in range(1, 150)]),
        modals.handoff(incident, POLICY, "U1ADA", words),
        modals.private(incident, POLICY),
    ]
    assert [problem for view in views for problem in view_problems(view)] == []
