"""Whatever people do, and whenever: who is to be paged is, and nobody else."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.rules import (
    handoff,
    lifecycle,
    merging,
    private,
    reminders,
    roles,
    rooms,
    services,
    severity,
    undoing,
    updates,
)
from bot.rules.alerts import incidents
from bot.rules.declaring import declare
from bot.rules.due import next_look
from bot.rules.events import NobodyAnswered, Paged, PageDeclined, Words
from bot.rules.events.alerts import AlertFired
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.oncall.shifts import Override
from bot.rules.paging import by_hand, levels, stopping
from tests.rules.given import ADA, at
from tests.rules.paging.escalating import NAMES
from tests.rules.paging.holding import Held, configuration

LEVELS = ("SEV1", "SEV2", "SEV3", "SEV4")
SERVICES = ("checkout", "cart", "search", "blog")
STARTS = ("2026-03-02 10:00", "2026-03-06 17:30", "2026-03-07 02:31")
FIRED = AlertFired("grafana", Words("Errors"), "alert:1")
EXAMPLES, STEPS = 120, 30
WHO = st.integers(0, 5)
WORK: dict[str, Any] = {
    **{each: partial(lifecycle.change_status, status=each) for each in ("acknowledged", "investigating", "monitoring")},
    "status": partial(lifecycle.change_status, status="identified", note="Looking"),
    "update": partial(updates.update, text="Rolling back"),
    "in hand": partial(reminders.in_hand, why="The rollback runs"),
    "awake": reminders.keep_awake,
    "lead": lambda i, m, by: roles.assign(i, m, by=by, role="lead", person=by),
}
UNDOABLE: dict[str, Any] = {
    **{each: partial(severity.change_severity, severity=each) for each in LEVELS},
    "acknowledge": partial(lifecycle.acknowledge, sure=True),
    "investigating": WORK["investigating"],
    "command": lambda i, m, by: roles.assign(i, m, by=by, role="commander", person=by),
    "resolve": partial(lifecycle.resolve, fix="Restarted"),
    "cancel": partial(lifecycle.cancel, reason="planned"),
}


class Paging(RuleBasedStateMachine):
    held: Held

    @initialize(
        start=st.sampled_from(STARTS),
        level=st.sampled_from(LEVELS),
        pages=st.sampled_from([("SEV1", "SEV2"), ("SEV1", "SEV2"), ("SEV1", "SEV2", "SEV3"), ("SEV1",)]),
        names=st.sets(st.sampled_from(SERVICES), max_size=2),
        kind=st.sampled_from(["incident", "incident", "incident", "test"]),
        hidden=st.sampled_from([False, False, False, True]),
        is_told=st.sampled_from([True, True, True, False]),
        sweeps=st.booleans(),
    )
    def declared(
        self,
        start: str,
        level: str,
        pages: tuple[str, ...],
        names: set[str],
        kind: str,
        hidden: bool,
        is_told: bool,
        sweeps: bool,
    ) -> None:
        policy = configuration(pages)
        facts = {"title": "Down", "severity": level, "services": tuple(sorted(names)), "kind": kind, "private": hidden}
        incident = declare(Moment(at(start), policy), number=12, by=ADA, **facts).incident
        self.held = Held(incident, at(start), policy, is_told=is_told)
        self.held.does(rooms.room_made, "", channel="C12", name="inc-12")
        if sweeps:
            self.held.sweep()

    def by(self, who: int) -> str:
        return self.held.here[who % len(self.held.here)]

    @precondition(lambda self: self.held.incident.acknowledged_by is None)
    @rule(who=WHO, sure=st.booleans())
    def acknowledged(self, who: int, sure: bool) -> None:
        before, by, moment = self.held.incident, self.by(who), self.held.moment
        if self.held.does(lifecycle.acknowledge, by, sure=sure) and not sure:
            assert not stopping.is_stopped_by(before, moment, by)

    @precondition(lambda self: self.held.incident.acknowledged_by)
    @rule(who=WHO, is_taken=st.booleans())
    def unacknowledged(self, who: int, is_taken: bool) -> None:
        if not self.held.does(lifecycle.unacknowledge, self.by(who)):
            return
        if is_taken:  # by somebody else at that moment
            self.held.does(lifecycle.acknowledge, self.by(who + 1), sure=True)
        elif self.held.is_told and self.held.incident.paging_from:
            self.is_paged({each.name for each in self.held.policies})

    @precondition(lambda self: self.held.incident.paged)
    @rule(who=WHO)
    def declined(self, who: int) -> None:
        paged = sorted(self.held.incident.paged)
        for event in self.held.does(by_hand.decline_page, paged[who % len(paged)]) or ():
            if isinstance(event, PageDeclined) and self.held.is_told:
                self.is_paged(set(event.policies))

    def is_paged(self, policies: set[str]) -> None:
        """At once, or it is said that nobody is left."""
        told = self.held.sweep()
        assert policies <= {event.policy for event in told if isinstance(event, Paged | NobodyAnswered)}

    @rule(who=WHO, act=st.sampled_from(sorted(WORK)))
    def at_work(self, who: int, act: str) -> None:
        self.held.does(WORK[act], self.by(who))

    @rule(who=WHO, level=st.sampled_from(LEVELS))
    def weighed(self, who: int, level: str) -> None:
        before, moment = self.held.incident, self.held.moment
        if not self.held.does(severity.change_severity, self.by(who), severity=level):
            return
        told = self.held.sweep()
        after = self.held.incident
        if before.paging_from or not after.paging_from or not self.held.is_told:
            assert before.paging_from is None or after.paging_from in {None, before.paging_from}
            return
        there = {after.acknowledged_by, after.commander} - {None}
        for policy in self.held.policies:
            is_there = not there.isdisjoint(levels.reach(policy.levels[0], moment).people)
            names = {event.policy for event in told if isinstance(event, Paged | NobodyAnswered)}
            assert policy.name in names or (after.acknowledged_by and is_there)

    @rule(who=WHO, person=WHO)
    def commanded(self, who: int, person: int) -> None:
        commander = self.held.incident.commander
        if commander and self.held.does(handoff.offer, commander, person=self.by(person)):
            self.held.does(handoff.accept, self.by(who))
        else:
            self.held.does(roles.assign, self.by(who), role="commander", person=self.by(person))

    @rule(who=WHO, person=WHO, whom=st.sampled_from(["person", "payments", "search", "further"]))
    def escalated(self, who: int, person: int, whom: str) -> None:
        named: dict[str, Any] = {"person": {"people": (sorted(NAMES)[person],)}, "further": {}}
        self.held.does(by_hand.escalate, self.by(who), **named.get(whom, {"team": whom}))

    @rule(who=WHO, is_resolved=st.booleans())
    def closed(self, who: int, is_resolved: bool) -> None:
        if is_resolved:
            self.held.does(lifecycle.resolve, self.by(who), fix="Restarted")
        else:
            self.held.does(lifecycle.cancel, self.by(who), reason="planned")

    @precondition(lambda self: not self.held.incident.is_open)
    @rule(who=WHO, is_alert=st.booleans())
    def reopened(self, who: int, is_alert: bool) -> None:
        if not is_alert:
            self.held.does(lifecycle.reopen, self.by(who), why="It is back")
        elif incidents.fate(self.held.incident, self.held.moment) == "reopen":
            self.held.does(incidents.reopen, "", fired=FIRED)
            assert self.held.incident.acknowledged_by is None

    @precondition(lambda self: not self.held.incident.private)
    @rule(who=WHO, invited=st.sets(WHO, max_size=2))
    def hidden(self, who: int, invited: set[int]) -> None:
        people = tuple(sorted({self.by(each) for each in invited}))
        self.held.does(private.make_private, self.by(who), people=people)

    @rule(who=WHO, service=st.sampled_from(SERVICES), is_added=st.booleans())
    def concerned(self, who: int, service: str, is_added: bool) -> None:
        self.held.does(services.add_service if is_added else services.remove_service, self.by(who), service=service)

    @rule(person=WHO)
    def left_slack(self, person: int) -> None:
        name = sorted(NAMES)[person]
        assume(len(self.held.gone) < 4 or name in self.held.gone)
        self.held.gone ^= {name}
        if name in self.held.gone:
            self.held.does(rooms.deactivated, "", person=name)

    @rule(person=st.none() | WHO, hours=st.integers(1, 12))
    def overridden(self, person: int | None, hours: int) -> None:
        end = self.held.now + timedelta(hours=hours)
        taken = [] if person is None else [sorted(NAMES.values())[person]]
        self.held.overrides = tuple(Override(hours, "payments", name, self.held.now, end) for name in taken)

    @precondition(lambda self: not self.held.is_told)
    @rule()
    def slack_tells(self) -> None:
        self.held.is_told = True

    @rule(
        who=WHO, names=st.sets(st.sampled_from(SERVICES), max_size=2), level=st.sampled_from(LEVELS), into=st.booleans()
    )
    def merged(self, who: int, names: set[str], level: str, into: bool) -> None:
        facts = {"title": "Another", "severity": level, "services": tuple(sorted(names))}
        other = declare(self.held.moment, number=9, by=ADA, **facts).incident
        if into:
            self.held.does(lambda i, m, by: merging.merge(i, other, m, by=by)[0], self.by(who))
        else:
            self.held.does(lambda i, m, by: merging.merge(other, i, m, by=by)[1], self.by(who))

    @precondition(lambda self: self.held.incident.is_merged)
    @rule(who=WHO)
    def separated(self, who: int) -> None:
        other = apart(self.held.incident)
        self.held.does(lambda i, m, by: merging.separate(i, other, m, by=by, why="Another matter")[0], self.by(who))

    @precondition(lambda self: self.held.incident.undo is not None)
    @rule()
    def taken_back(self) -> None:
        last, incident, before = self.held.incident.undo, self.held.incident, self.held.before
        assert last is not None
        if incident.is_merged:
            other = apart(incident)
            undone = self.held.does(lambda i, m, by: merging.unmerge(i, other, m, by=by)[0], last.by)
        else:
            undone = self.held.does(undoing.undo, last.by)
        if undone:
            self.held.is_as_before(before)

    @rule(who=WHO, act=st.sampled_from(sorted(UNDOABLE)), count=st.integers(0, 4))
    def tried(self, who: int, act: str, count: int) -> None:
        """Done, and taken back a few minutes later."""
        self.held.sweep()
        if self.held.does(UNDOABLE[act], self.by(who)):
            self.held.sweep()
            self.minutes_pass(count)
            if self.held.incident.undo:
                self.taken_back()

    @rule(count=st.integers(1, 40))
    def minutes_pass(self, count: int) -> None:
        self.held.until(self.held.now + timedelta(minutes=count))

    @rule(hours=st.sampled_from([1, 3, 12, 24 * 8]))
    def hours_pass(self, hours: int) -> None:
        self.held.until(self.held.now + timedelta(hours=hours))

    @rule(count=st.integers(1, 90))
    def nobody_looked(self, count: int) -> None:
        """The bot was down for so long."""
        self.held.now += timedelta(minutes=count)
        self.held.sweep()

    @rule(late=st.integers(0, 30))
    def something_falls_due(self, late: int) -> None:
        look = next_look(self.held.incident, self.held.moment)
        if look:
            self.held.now = max(self.held.now, look) + timedelta(seconds=late)
            self.held.sweep()


def apart(incident: Incident) -> Incident:
    """The incident that it is part of, as far as that matters to it."""
    return replace(incident, number=9, merged_into=None)


TestPaging = Paging.TestCase
TestPaging.settings = settings(
    max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, report_multiple_bugs=False
)
