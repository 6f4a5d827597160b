"""Who is told alone: who is asked or waits, who follows, who comes late; what happens to channels that are left."""

from dataclasses import replace

import pytest

from bot.rules import events
from bot.rules.announcing import is_current
from bot.rules.audience import tell
from bot.rules.change import Change, Outgoing
from bot.rules.events import Event, Words
from bot.rules.incident import Handoff, Incident, Post
from tests.rules.acting import entries
from tests.rules.given import ADA, BOB, CLEO, POLICY, declared, moment

NOW = moment("2026-03-02 10:10")
EARLY = moment("2026-03-02 10:03")


def running(**facts: object) -> Incident:
    """INC-12 with its channel and its announcement; Ada has it."""
    incident = replace(declared(), channel="C12", announced={"announce": Post("C1", "1.1")}, acknowledged_by=ADA)
    return replace(incident, **facts)  # type: ignore[arg-type]


def rows(before: Incident, *told: Event, after: Incident | None = None, by: str = ADA) -> list[Outgoing]:
    """What goes out when that happens, done by somebody."""
    change = Change(after or before, told)
    return list(tell(before, change.incident, entries(change, NOW, by=by), POLICY))


def alone(found: list[Outgoing]) -> list[str]:
    """The people who get a direct message."""
    return [row.facts["person"] for row in found if row.lane.startswith("person:")]


@pytest.mark.parametrize(
    ("event", "person"),
    [
        (events.HandoffOffered(by=ADA, to=BOB), BOB),
        (events.HandoffDeclined(by=ADA, to=BOB), ADA),
        (events.HandoffWaiting(by=ADA, to=BOB, due_at=NOW.now), ADA),
        (events.TwoHats(person=ADA, roles=("lead",), due_at=NOW.now), ADA),
        (events.AccessRequested(person=CLEO, asked=ADA), ADA),
        (events.AccessGranted(person=CLEO), CLEO),
        (events.AccessDenied(person=CLEO), CLEO),
        (events.RoleAssigned(role="lead", person=BOB), BOB),
    ],
)
def test_somebody_is_told_alone(event: Event, person: str) -> None:
    assert alone(rows(running(roles={"commander": ADA}), event)) == [person]


def test_who_offered_command_and_is_gone_is_told_nothing() -> None:
    assert alone(rows(running(), events.HandoffDeclined(by=ADA, to=BOB))) == []


def test_who_hands_over_is_told_that_he_is_free() -> None:
    offered = running(handoff=Handoff(by=ADA, to=BOB, at=NOW.now), roles={"commander": ADA})
    taken = events.RoleAssigned(role="commander", person=BOB, previous=ADA)
    assert alone(rows(offered, taken, after=replace(offered, handoff=None), by=BOB)) == [ADA]


def test_followers_are_sent_what_matters_but_not_what_they_did() -> None:
    followed = running(followers=("U0SUE", BOB))
    update = events.Updated(number=1, severity="SEV1", status="acknowledged", text=Words("Rolling back"))
    assert alone(rows(followed, update, by=BOB)) == ["U0SUE"]
    assert alone(rows(followed, events.Noted(text=Words("disk")), by=ADA)) == []
    both = rows(followed, events.StatusChanged(before="detected", after="identified"), update)
    assert [row.facts["seqs"] for row in both if row.lane == "person:U0SUE"] == [[7, 8]]


@pytest.mark.parametrize(("at", "kinds"), [(EARLY, []), (NOW, ["catchup"])])
def test_who_joins_late_is_shown_what_is_known(at: object, kinds: list[str]) -> None:
    when = at if isinstance(at, type(NOW)) else NOW
    change = Change(running(members=(ADA, BOB)), (events.MemberJoined(person=BOB),))
    found = tell(running(), change.incident, entries(change, when, by=BOB), POLICY)
    assert [row.kind for row in found] == kinds


def test_who_comes_to_help_late_is_shown_it_too_but_not_who_was_sent_the_brief() -> None:
    joined = running(members=(ADA, CLEO), responders=(CLEO,))
    assert ("incident:12/channel", "catchup") in _called(rows(running(), events.Joined(person=CLEO), after=joined))
    offered = running(handoff=Handoff(by=ADA, to=BOB, at=NOW.now), roles={"commander": ADA})
    taken = replace(offered, handoff=None, members=(ADA, BOB))
    role = events.RoleAssigned(role="commander", person=BOB, previous=ADA)
    assert "catchup" not in {kind for _, kind in _called(rows(offered, role, after=taken, by=BOB))}


def _called(found: list[Outgoing]) -> list[tuple[str, str]]:
    return [(row.lane, row.kind) for row in found]


def test_made_private_it_gets_a_fresh_channel_and_the_old_one_a_farewell() -> None:
    before = running(members=(ADA, BOB), responders=(BOB,))
    private = {"private": True, "announce": None, "channels": 2, "channel": None, "former_channels": ("C12",)}
    after = replace(before, **private)  # type: ignore[arg-type]
    found = rows(before, events.MadePrivate(people=(ADA, BOB), former="C12"), after=after)
    assert [(row.lane, row.kind) for row in found][:6] == [
        ("incident:12/channel", "farewell"),
        ("incident:12/thread@announce", "conceal"),
        ("incident:12/setup", "room"),
        ("incident:12/channel.2", "card"),
        ("incident:12/channel.2", "invite"),
        ("incident:12/channel.2", "topic"),
    ]
    said = {row.lane for row in found if row.kind == "message"}
    assert said == {"incident:12/channel.2"}
    assert ("incident:12/announcement@announce", "announcement") in [(row.lane, row.kind) for row in found]


def test_the_own_channel_is_archived_after_its_last_word_one_that_was_left_at_once() -> None:
    closed = running(former_channels=("C11",))
    own = rows(closed, events.ArchiveRequested(channel="C12"))
    assert [(row.lane, row.kind) for row in own] == [
        ("incident:12/channel", "message"),
        ("incident:12/channel", "archive"),
    ]
    left = rows(closed, events.ArchiveRequested(channel="C11"))
    assert [(row.lane, row.kind) for row in left] == [("incident:12/setup", "archive")]


def test_a_correction_is_as_loud_as_what_it_corrects() -> None:
    def is_loud(undone: events.Undone) -> bool:
        return any(row.facts.get("broadcast") for row in rows(running(severity="SEV2"), undone))

    assert is_loud(events.Undone("Resolved", was="resolved", now="monitoring"))
    assert is_loud(events.Undone("SeverityChanged", was="SEV1", now="SEV3"))
    assert not is_loud(events.Undone("SeverityChanged", was="SEV3", now="SEV1"))
    assert not is_loud(events.Undone("StatusChanged", was="monitoring", now="identified"))
    assert is_loud(events.Undone("StatusChanged", was="monitoring", now="identified", updated=True))


@pytest.mark.parametrize(
    ("lane", "public", "private"),
    [
        ("announce", True, False),
        ("team:payments", True, False),
        ("incident:12/thread@announce", True, False),
        ("incident:12/announcement@announce", True, True),
        ("incident:12/channel", False, False),
        ("incident:12/channel.2", True, True),
        ("incident:12/card", False, False),
        ("incident:12/card.2", True, True),
        ("incident:12/people-7.2", True, True),
        ("incident:12/setup", True, True),
        ("person:U0ADA", True, True),
    ],
)
def test_which_places_it_still_has_in_its_second_channel(lane: str, public: bool, private: bool) -> None:
    moved = running(channels=2, channel="C13")
    assert is_current(moved, lane) is public
    assert is_current(replace(moved, private=True, announce=None), lane) is private


def test_groups_are_invited_by_severity_and_team_but_not_to_what_is_private_or_a_test() -> None:
    level = replace(POLICY.severities[0], invite=("@sre",))
    team = replace(POLICY.teams[0], invite=("@payments-oncall",))
    policy = replace(POLICY, severities=(level, *POLICY.severities[1:]), teams=(team, *POLICY.teams[1:]))

    def named(**facts: object) -> list[str]:
        made = replace(declared(services=("checkout",)), **facts)  # type: ignore[arg-type]
        invites = [row for row in tell(None, made, (), policy) if row.kind == "invite"]
        return list(invites[0].facts["names"])

    assert named() == ["@sre", "@payments-oncall"]
    assert named(private=True) == []
    assert named(kind="test") == []
