"""One incident through whatever people and time do to it, and the promises of its paging, asked after each step."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.rules import bursts
from bot.rules.change import Change
from bot.rules.due import due, next_look
from bot.rules.entries import Entry
from bot.rules.events import Event, NobodyAnswered, NotMitigated, Paged, SeverityChanged, Unacknowledged, Undone
from bot.rules.falling import Due
from bot.rules.follow_ups import follow_ups
from bot.rules.incident import Incident
from bot.rules.moment import Moment, Person
from bot.rules.oncall.rotation import EscalationPolicy
from bot.rules.oncall.shifts import Override
from bot.rules.paging import attendance, calling, escalation, levels
from bot.rules.paging.reaching import Reach
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.reminders import remind
from bot.rules.subjects import Follow
from bot.rules.undoing import remembered
from tests.rules.paging.escalating import NAMES, ROSTER, configured, level

PAGES_BY_ITSELF = frozenset({"page", "mitigation", *attendance.PAGED_FOR})
"""The kinds whose falling due may page somebody."""

AGAIN = frozenset({"begun", "unacknowledged", "commander", "update"})
"""Why the first level may come again once all were paged."""

PLACES = EscalationPolicy("payments", (level(5, "bob"), level(10, "rota:payments", "#payments"), level(15, "@data")))
TWICE = EscalationPolicy("search", (level(5, "#search"), level(5, "eve", "pagerduty:search")), repeat=1)
REST = EscalationPolicy("rest", (level(5, "fay", "bob"),))


def configuration(pages: tuple[str, ...]) -> Policy:
    """Two teams with policies of their own, one without; and which severities page."""
    found = configured(PLACES, TWICE, REST, default="rest")
    return replace(found, severities=tuple(replace(each, page=each.name in pages) for each in found.severities))


@dataclass
class Held:
    """The incident, its clock and who is there; what was said of it, with how it stood before and after that."""

    incident: Incident
    now: datetime
    policy: Policy
    gone: frozenset[str] = frozenset()
    overrides: tuple[Override, ...] = ()
    is_told: bool = True
    seq: int = 1
    paged: set[tuple[str, datetime, int]] = field(default_factory=set)
    """Which steps were paged by themselves, by policy and by what they are counted from."""
    before: Incident | None = None
    """How it stood before what may be taken back."""
    reaches: dict[str, Reach] = field(default_factory=dict)
    acted: set[str] = field(default_factory=set)
    """Who was paged and did something in it since."""
    ended: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    """Of which policies the last word was that nobody answered, from when on their levels were counted, and whether
    Slack had not told who they are."""

    begun_anew: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    """Which of those a raise let begin anew, and nothing was said of since: that is so until it is taken back."""

    @property
    def moment(self) -> Moment:
        people = {each: Person(each, active=each not in self.gone) for each in NAMES}
        ids = ROSTER.ids if self.is_told else {name: each for name, each in ROSTER.ids.items() if name == "eve"}
        roster = replace(ROSTER, ids=ids, overrides=self.overrides, is_told=self.is_told)
        return Moment(self.now, self.policy, people, roster=roster)

    @property
    def here(self) -> list[str]:
        """Who may do something in it."""
        seen = set(self.incident.members) if self.incident.private else set(NAMES)
        return sorted(seen - self.gone) or sorted(set(NAMES) - self.gone)

    @property
    def policies(self) -> tuple[EscalationPolicy, ...]:
        return escalation.policies_of(self.incident, self.policy)

    def does(self, rule: Any, by: str, **facts: Any) -> tuple[Event, ...] | None:
        """Somebody does something a second later, before anything is said of what is due; None where it was refused."""
        self.now += timedelta(seconds=1)
        try:
            change = rule(self.incident, self.moment, **{"by": by, **facts} if by else facts)
        except Refused:
            return None
        return self.takes(change, by)

    def takes(self, change: Change, by: str = "") -> tuple[Event, ...]:
        """What bot.changes keeps of a rule's answer."""
        before, subject = self.incident, self.incident.subject
        actor = f"slack:{by}" if by else "clock"
        entries = tuple(
            Entry(subject, seq, self.now, self.now, actor, "test", event)
            for seq, event in enumerate(change.events, self.seq)
        )
        self.seq += len(entries)
        after = bursts.counted(before, remembered(before, change.incident, entries), entries)
        self.incident = attendance.attended(before, after, entries, self.now)
        if self.incident.undo is not before.undo:
            self.before = before
        if by and entries:
            self.acted.add(by)
        for each in follow_ups(before, self.incident, entries):
            self._follow(each)
        for event in change.events:
            self._hold(event, before, is_clock=not by)
        self._told_of(before, change.events)
        return change.events

    def _follow(self, asked: Follow) -> None:
        person = asked.subject.removeprefix("person:")
        reach = self.reaches.get(person, Reach(person))
        self.reaches[person] = asked.rule(reach, self.moment, **asked.facts).state

    def sweep(self) -> tuple[Event, ...]:
        """Says all that is due by now: nothing of it may be due any more."""
        told: list[Event] = []
        for _ in range(4):
            falling = self._falling()
            if not falling:
                self.stands()
                return tuple(told)
            before = self.incident
            events = self.takes(remind(self.incident, self.moment))
            told += events
            again = {(each.mark, each.anchor, each.step) for each in falling}
            left = [each for each in self._falling() if (each.mark, each.anchor, each.step) in again]
            assert not left, f"said, and due again: {left}"
            self._caused(falling, events, before)
        raise AssertionError(f"no end of it: {self._falling()}")

    def _falling(self) -> list[Due]:
        look = next_look(self.incident, self.moment)
        found = [each for each in due(self.incident, self.moment) if each.when <= self.now]
        assert bool(found) == (look is not None and look <= self.now)
        return found

    def until(self, end: datetime) -> None:
        """Time goes on, and stops wherever something is due."""
        for _ in range(300):
            look = next_look(self.incident, self.moment)
            if look is None or look > end:
                break
            self.now = max(self.now, look)
            self.sweep()
        else:
            raise AssertionError("time stands still")
        self.now = end
        self.stands()

    def _hold(self, event: Event, before: Incident, *, is_clock: bool) -> None:
        """What holds for each page, whoever wanted it."""
        if isinstance(event, Unacknowledged):
            self.paged.clear()
        if isinstance(event, SeverityChanged) and event.raised and not before.acknowledged_by:
            self.begun_anew = {name: each for name, each in self.ended.items() if not each[1]}
            self.ended = {name: each for name, each in self.ended.items() if each[1]}
        if isinstance(event, Undone) and event.kind == "SeverityChanged":
            self.ended = self.begun_anew | self.ended
        if isinstance(event, Paged | NobodyAnswered):
            self.begun_anew.pop(event.policy, None)
        if isinstance(event, NobodyAnswered):
            over = (escalation.since(before), event.untold)
            assert self.ended.get(event.policy) != over or event.why not in {"begun", "silence"}, f"said twice: {event}"
            self.ended[event.policy] = over
            assert before.is_open, "closed, and somebody was to answer"
        if not isinstance(event, Paged):
            return
        self.ended.pop(event.policy, None)
        self.acted -= {*event.people}
        assert before.is_open, f"paged although it is closed: {event}"
        assert self.gone.isdisjoint((*event.people, *event.shadows)), f"gone, and paged: {event}"
        assert event.would == before.is_test
        assert not (before.private and event.channels), "private, and told in a channel"
        assert event.people or event.channels or event.services
        if is_clock:
            self._by_itself(event, before)

    def _told_of(self, before: Incident, events: tuple[Event, ...]) -> None:
        """No level counts as paged that was not."""
        paged = {f"page {event.policy}" for event in events if isinstance(event, Paged | NobodyAnswered)}
        for name, said in self.incident.said.items():
            is_paged = name in paged or said == before.said.get(name) or not said.step
            assert is_paged or not name.startswith("page "), f"not paged, and counted: {name}"

    def _by_itself(self, event: Paged, before: Incident) -> None:
        """No step comes twice, and none but for a reason that holds while somebody has it."""
        policy = next(each for each in self.policy.policies if each.name == event.policy)
        said = self.incident.said[escalation.mark(policy)]
        step = (event.policy, said.anchor, said.step)
        is_anew = before.last_step(escalation.mark(policy), said.anchor) not in range(1, levels.steps(policy))
        if event.why in AGAIN and is_anew:
            self.paged = {each for each in self.paged if each[:2] != step[:2]}
        assert step not in self.paged, f"paged twice: {event}"
        self.paged.add(step)
        if before.acknowledged_by:
            assert event.why in escalation.AFTERWARDS | {"begun", "declined"}, (
                f"paged although somebody has it: {event}"
            )

    def _caused(self, falling: Iterable[Due], events: tuple[Event, ...], before: Incident) -> None:
        """Only what may page does, and it does."""
        kinds = {each.kind for each in falling}
        if kinds.isdisjoint(PAGES_BY_ITSELF):
            assert not any(isinstance(event, Paged | NobodyAnswered) for event in events), f"{kinds} page"
        if any(isinstance(event, NotMitigated) for event in events):
            assert before.last_step("mitigation", before.anchor) == 0, "said twice that it is not mitigated"
            told = {event.policy for event in events if isinstance(event, Paged | NobodyAnswered)}
            wanted = {each.name for each in calling.above(before, self.policy)} if self.is_told else set()
            assert wanted <= told, "not mitigated, and the next level is not paged"

    def is_as_before(self, before: Incident | None) -> None:
        """What was done is taken back: who was to be paged next is, but for who was paged meanwhile."""
        assert before is not None
        after = self.incident
        assert after.paging_from == before.paging_from
        if not self.is_told or after.services != before.services:
            return
        following = escalation.pages(after, self.moment)
        for each in escalation.pages(before, self.moment):
            assert each in following or after.said.get(each.mark) != before.said.get(each.mark)

    def stands(self) -> None:
        """What holds whenever all that is due has been said."""
        incident, level_ = self.incident, self.policy.level(self.incident)
        assert not (incident.is_test and incident.paged)
        falling = due(incident, self.moment)
        paging = {each.whose for each in falling if each.kind == "page"}
        ringing = {each for each, reach in self.reaches.items() if incident.number in reach.pages}
        assert ringing.isdisjoint(incident.paged) or incident.is_open, "closed, and somebody is rung"
        if not incident.is_open:
            assert not paging
            return
        assert (incident.paging_from is not None) == level_.page
        if not level_.page:
            assert not {each.kind for each in falling} & {"page", *attendance.PAGED_FOR}
        elif incident.acknowledged_by is None:
            anchor = escalation.since(incident)
            silent = [each.name for each in self.policies if each.name not in paging]
            over = {name for name, (since, _) in self.ended.items() if since == anchor}
            assert over.issuperset(silent), f"open, and nobody is next: {silent}"
            said = [incident.said.get(escalation.mark(each)) for each in self.policies if each.name in paging]
            last = {each.at for each in said if each and each.anchor == anchor}
            rung = {person for person, at_ in incident.paged.items() if at_ in last} - self.acted
            assert rung <= ringing, f"paged last, and rung no more: {rung - ringing}"
