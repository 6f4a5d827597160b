"""How an incident begins: what is known at once, what is refused, where it lives, what is over already."""

from datetime import datetime

import pytest

from bot.rules import reminders
from bot.rules.declaring import Over, declare
from bot.rules.events import Declared, Resolved
from bot.rules.incident import Status
from bot.rules.refused import Refused
from tests.rules.given import ADA, at, declared, moment

NOON = moment("2026-03-02 12:00")


def test_declaring_sets_what_is_known_and_promises_an_update() -> None:
    incident = declared(services=("cart", "checkout"), affected="  all buyers ", began=at("2026-03-02 09:40"))
    assert (incident.name, incident.status, incident.severity) == ("INC-12", Status.DETECTED, "SEV1")
    assert incident.services == ("checkout",)
    assert incident.affected == "all buyers"
    assert incident.promise == at("2026-03-02 10:30")
    assert list(incident.milestones) == ["began", "detected", "declared"]
    assert incident.members == (ADA,)
    assert not incident.responders


def test_a_long_title_is_cut_and_kept_whole_in_the_timeline() -> None:
    change = declare(NOON, number=1, by=ADA, title="x" * 3000, severity="sev2")
    assert len(change.incident.title) == 140
    event = change.events[0]
    assert isinstance(event, Declared)
    assert event.quote == "x" * 3000


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"title": " \n "}, "title", "Say in a few words what is wrong"),
        ({"severity": "sev9"}, "severity", "Known: SEV1, SEV2, SEV3, SEV4."),
        ({"services": ("chekout",)}, "services", "Known: checkout, search, mail."),
        ({"began": at("2026-03-02 12:01")}, "began", "cannot have begun in the future"),
        ({"kind": "drill"}, "kind", "Known: incident, test, near miss."),
        ({"noticed_by": "owl"}, "noticed_by", "Known: alert, customer, colleague."),
    ],
)
def test_declaring_is_refused_beside_the_field(facts: dict[str, object], field: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        declare(NOON, **{"number": 1, "by": ADA, "title": "Down", "severity": "sev1", **facts})  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert words in refusal.value.sentence


@pytest.mark.parametrize(
    ("severity", "services", "private", "room", "lane"),
    [
        ("sev1", ("checkout",), False, "channel", "announce"),
        ("sev3", ("checkout",), False, "channel", "team:payments"),
        ("sev3", (), False, "channel", "announce"),
        ("sev3", ("mail",), False, "channel", "announce"),
        ("sev4", ("checkout",), False, "thread", "team:payments"),
        ("sev4", ("checkout",), True, "channel", None),
        ("sev1", (), True, "channel", None),
    ],
)
def test_where_it_lives_and_is_announced(
    severity: str, services: tuple[str, ...], private: bool, room: str, lane: str | None
) -> None:
    incident = declared(severity, services=services, private=private)
    assert (incident.room, incident.announce) == (room, lane)


def test_the_message_it_was_declared_from_is_kept_beside_a_cut_title() -> None:
    change = declare(NOON, number=1, by=ADA, title="x" * 200, severity="sev2", quote="as customers say")
    event = change.events[0]
    assert isinstance(event, Declared)
    assert event.quote == "x" * 200 + "\n\nas customers say"


def time(clock: str) -> datetime:
    """A time of that Monday."""
    return at(f"2026-03-02 {clock}")


def test_what_is_over_is_closed_from_the_start_with_its_times() -> None:
    over = Over(time("08:00"), time("08:10"), time("08:40"), time("09:00"), fix=" Rolled back ")
    change = declare(NOON, number=12, by=ADA, title="Checkout was down", severity="sev1", over=over)
    incident = change.incident
    assert (incident.status, incident.closed_at, incident.fix) == (Status.RESOLVED, NOON.now, "Rolled back")
    assert [(name, reached.at, reached.implied) for name, reached in incident.milestones.items()] == [
        ("began", time("08:00"), False),
        ("detected", time("08:10"), False),
        ("declared", time("12:00"), False),
        ("acknowledged", time("08:10"), True),
        ("mitigated", time("08:40"), False),
        ("resolved", time("09:00"), False),
    ]
    assert change.events == (
        Declared(title="Checkout was down", severity="SEV1", began=time("08:00"), over=True),  # type: ignore[arg-type]
        Resolved(fix="Rolled back", declared_at=time("08:10"), at=time("09:00")),  # type: ignore[arg-type]
    )
    assert incident.acknowledged_by is None


def test_nothing_falls_due_for_what_is_over() -> None:
    over = declared(when="2026-03-02 12:00", over=Over(resolved=time("09:00")))
    kinds = {each.kind for each in reminders.due(over, NOON)}
    assert kinds <= {"archive"}


@pytest.mark.parametrize(
    ("over", "detected", "mitigated", "since"),
    [
        (Over(resolved=time("09:00")), "09:00", "09:00", "09:00"),
        (Over(began=time("08:00"), resolved=time("09:00")), "08:00", "09:00", "08:00"),
        (Over(detected=time("08:10"), resolved=time("09:00")), "08:10", "09:00", "08:10"),
    ],
)
def test_the_times_that_nobody_told_are_implied(over: Over, detected: str, mitigated: str, since: str) -> None:
    change = declare(NOON, number=12, by=ADA, title="Down", severity="sev1", over=over)
    milestones = change.incident.milestones
    assert (milestones["detected"].at, milestones["mitigated"].at) == (time(detected), time(mitigated))
    assert milestones["detected"].implied is (over.detected is None)
    assert milestones["detected"].source == "colleague"
    assert milestones["mitigated"].implied
    assert change.incident.fix == "It was over when it was declared."
    ended = change.events[1]
    assert isinstance(ended, Resolved)
    assert ended.declared_at == time(since)


def test_a_near_miss_is_over_by_itself() -> None:
    over = Over(began=time("08:00"), detected=time("08:10"))
    change = declare(NOON, number=12, by=ADA, title="Nearly down", severity="sev1", kind="near miss", over=over)
    assert change.incident.at("resolved") == time("08:10")
    event = change.events[0]
    assert isinstance(event, Declared)
    assert (event.kind, event.over) == ("near miss", True)
    assert not change.incident.is_open


@pytest.mark.parametrize(
    ("kind", "over", "field", "words"),
    [
        ("incident", Over(detected=time("08:10")), "resolved", "Say when it was over"),
        ("near miss", Over(), "detected", "Say when it was noticed"),
        ("near miss", None, "detected", "Say when it was noticed"),
        ("incident", Over(resolved=time("12:01")), "resolved", "still to come"),
        ("incident", Over(began=time("12:01"), resolved=time("09:00")), "began", "still to come"),
        ("incident", Over(time("08:00"), time("07:59"), None, time("09:00")), "detected", "before it began"),
        ("incident", Over(None, time("08:30"), time("08:00"), time("09:00")), "mitigated", "before it was noticed"),
        ("incident", Over(None, None, time("09:30"), time("09:00")), "resolved", "before service was restored"),
        ("incident", Over(began=time("09:30"), resolved=time("09:00")), "resolved", "before it began"),
        ("near miss", Over(began=time("09:30"), detected=time("09:00")), "detected", "before it began"),
    ],
)
def test_times_of_the_past_are_refused_beside_the_one_at_fault(
    kind: str, over: Over | None, field: str, words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        declare(NOON, number=12, by=ADA, title="Down", severity="sev1", kind=kind, over=over)
    assert refusal.value.field == field
    assert words in refusal.value.sentence


@pytest.mark.parametrize(
    ("severity", "private", "room", "lane"),
    [
        ("sev1", False, "thread", "announce"),
        ("sev4", False, "thread", "announce"),
        ("sev1", True, "channel", None),
    ],
)
def test_what_is_over_makes_do_with_the_thread_of_its_announcement(
    severity: str, private: bool, room: str, lane: str | None
) -> None:
    incident = declared(severity, "2026-03-02 12:00", private=private, over=Over(resolved=time("09:00")))
    assert (incident.room, incident.announce) == (room, lane)


def test_a_test_is_an_incident_like_any_other_but_for_its_kind() -> None:
    change = declare(NOON, number=12, by=ADA, title="Down", severity="sev1", kind="test")
    event = change.events[0]
    assert isinstance(event, Declared)
    assert (event.kind, event.over) == ("test", False)
    assert change.incident.is_test
    assert change.incident.is_open
    assert change.incident.room == "channel"
