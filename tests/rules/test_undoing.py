"""Taking an act back: what it set is as it was; refused once built on, after five minutes, to others."""

from collections.abc import Callable

import pytest

from bot.rules import lifecycle, notes, reminders, undoing
from bot.rules.change import Change
from bot.rules.events import Undone
from bot.rules.incident import Incident, Status
from bot.rules.moment import Moment, Person
from bot.rules.refused import Refused
from bot.rules.roles import assign
from bot.rules.severity import change_severity
from bot.rules.updates import update
from tests.rules.acting import kept
from tests.rules.given import ADA, BOB, CLEO, declared, moment

START = moment("2026-03-02 10:01")
NOW = moment("2026-03-02 10:10")
SOON = moment("2026-03-02 10:14")

Act = Callable[[Incident, Moment], Change]


def acked(incident: Incident) -> Incident:
    return kept(incident, lifecycle.acknowledge(incident, START, by=ADA), START, by=ADA, first=2)


def done(incident: Incident, act: Act, *, first: int = 7) -> Incident:
    """The incident after Bob's act at NOW."""
    return kept(incident, act(incident, NOW), NOW, by=BOB, first=first)


ACTS: dict[str, tuple[Act, Undone]] = {
    "status": (
        lambda i, m: lifecycle.change_status(i, m, by=BOB, status="monitoring"),
        Undone("StatusChanged", was="monitoring", now="acknowledged"),
    ),
    "raise": (
        lambda i, m: change_severity(i, m, by=BOB, severity="sev1"),
        Undone("SeverityChanged", was="SEV1", now="SEV2"),
    ),
    "lowering": (
        lambda i, m: change_severity(i, m, by=BOB, severity="sev3", why="few users"),
        Undone("SeverityChanged", was="SEV3", now="SEV2", updated=True),
    ),
    "role": (
        lambda i, m: assign(i, m, by=BOB, role="lead", person=CLEO),
        Undone("RoleAssigned", was=CLEO, now="", role="lead"),
    ),
    "resolve": (
        lambda i, m: lifecycle.resolve(i, m, by=BOB, fix="rolled back"),
        Undone("Resolved", was="resolved", now="acknowledged"),
    ),
    "cancel": (
        lambda i, m: lifecycle.cancel(i, m, by=BOB, reason="planned"),
        Undone("Cancelled", was="cancelled", now="acknowledged"),
    ),
}


@pytest.mark.parametrize("name", ACTS)
def test_what_it_set_is_as_it_was(name: str) -> None:
    act, event = ACTS[name]
    before = acked(declared("sev2"))
    change = undoing.undo(done(before, act), SOON, by=BOB, seq=7)
    assert change.events == (event,)
    after = change.incident
    for fact in ("status", "severity", "roles", "milestones", "responders", "fix", "closed_at", "anchor"):
        assert getattr(after, fact) == getattr(before, fact), fact
    assert after.is_open
    assert after.undo is None


def test_an_acknowledgement_is_taken_back_with_who_came_by_it() -> None:
    before = declared()
    acknowledged = kept(before, lifecycle.acknowledge(before, NOW, by=BOB), NOW, by=BOB)
    change = undoing.undo(acknowledged, SOON, by=BOB)
    assert change.events == (Undone("Acknowledged", was=BOB, now=""),)
    assert (change.incident.status, change.incident.acknowledged_by) == (Status.DETECTED, None)
    assert change.incident.responders == ()


def test_taking_command_is_one_act_with_the_acknowledgement_in_it() -> None:
    before = declared()
    command = kept(before, assign(before, NOW, by=BOB, role="ic", person=BOB), NOW, by=BOB)
    assert command.undo is not None
    assert (command.undo.kind, command.undo.seq) == ("RoleAssigned", 8)
    after = undoing.undo(command, SOON, by=BOB).incident
    assert (after.commander, after.acknowledged_by) == (None, None)


def test_an_update_that_went_with_it_stays_and_so_does_its_promise() -> None:
    before = acked(declared("sev2"))
    noted = done(before, lambda i, m: lifecycle.change_status(i, m, by=BOB, status="monitoring", note="It recovers"))
    after = undoing.undo(noted, SOON, by=BOB).incident
    assert (after.status, after.updates, after.promise) == (before.status, 1, noted.promise)


def test_a_raise_out_of_a_thread_remembers_the_thread_that_was_told() -> None:
    before = acked(declared("sev4"))
    raised = done(before, lambda i, m: change_severity(i, m, by=BOB, severity="sev1"))
    (undone,) = undoing.undo(raised, SOON, by=BOB).events
    assert undone == Undone("SeverityChanged", was="SEV1", now="SEV4", left=f"{before.subject}/thread@announce")


BUILT_ON: dict[str, Act] = {
    "another status": lambda i, m: lifecycle.change_status(i, m, by=CLEO, status="identified"),
    "an update": lambda i, m: update(i, m, by=CLEO, text="Rolling back"),
    "a role": lambda i, m: assign(i, m, by=CLEO, role="comms", person=CLEO),
    "a severity": lambda i, m: change_severity(i, m, by=CLEO, severity="sev1"),
}


@pytest.mark.parametrize("name", BUILT_ON)
def test_refused_once_somebody_has_built_on_it(name: str) -> None:
    changed = done(acked(declared("sev2")), ACTS["status"][0])
    built = kept(changed, BUILT_ON[name](changed, SOON), SOON, by=CLEO, first=8)
    with pytest.raises(Refused, match="has changed since"):
        undoing.undo(built, SOON, by=BOB, seq=7)


def test_a_note_and_a_reminder_build_on_nothing() -> None:
    changed = done(acked(declared("sev2")), ACTS["status"][0])
    noted = kept(changed, notes.note(changed, SOON, by=CLEO, text="disk at 97 %"), SOON, by=CLEO, first=8)
    later = moment("2026-03-02 10:15")
    reminded = kept(noted, reminders.remind(noted, later), later, by=CLEO, first=9)
    assert undoing.undo(reminded, later, by=BOB, seq=7).events


def test_only_for_five_minutes_and_only_by_who_did_it() -> None:
    changed = done(acked(declared("sev2")), ACTS["status"][0])
    assert undoing.undo(changed, moment("2026-03-02 10:15"), by=BOB)
    with pytest.raises(Refused, match="five minutes"):
        undoing.undo(changed, moment("2026-03-02 10:16"), by=BOB)
    with pytest.raises(Refused, match="<@U0BOB> did that last"):
        undoing.undo(changed, SOON, by=ADA)


def test_an_old_button_takes_back_nothing_newer() -> None:
    first = done(acked(declared("sev2")), ACTS["status"][0])
    second = done(first, ACTS["role"][0], first=8)
    with pytest.raises(Refused):
        undoing.undo(second, SOON, by=BOB, seq=7)
    assert undoing.undo(second, SOON, by=BOB, seq=8).incident.status is Status.MONITORING


def test_a_role_does_not_go_back_to_who_is_deactivated() -> None:
    before = done(acked(declared("sev2")), ACTS["role"][0])
    changed = done(before, lambda i, m: assign(i, m, by=BOB, role="lead", person=ADA), first=8)
    gone = Moment(SOON.now, SOON.policy, {CLEO: Person(CLEO, active=False)})
    with pytest.raises(Refused, match="<@U0CLEO> is deactivated"):
        undoing.undo(changed, gone, by=BOB)


def test_nothing_to_take_back_is_said_with_what_to_do_instead() -> None:
    with pytest.raises(Refused, match="Say what is right instead"):
        undoing.undo(declared(), NOW, by=ADA)
    undone = undoing.undo(done(acked(declared("sev2")), ACTS["status"][0]), SOON, by=BOB).incident
    with pytest.raises(Refused):
        undoing.undo(undone, SOON, by=BOB)
