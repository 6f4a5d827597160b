"""The one way anything changes: load, ask the rule, derive, save, all in one transaction."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import Connection

from bot.outside.about import about
from bot.outside.clock import Clock
from bot.rules import bursts, merging
from bot.rules.acts import acts_of
from bot.rules.answering import answer_of, entries_of, refusal_of
from bot.rules.automation.automatic import with_pages
from bot.rules.change import Answer, Change, Origin, Outgoing
from bot.rules.guards import unknown
from bot.rules.incident import Incident, PersonId, number_in
from bot.rules.moment import Moment, Person
from bot.rules.paging import attendance
from bot.rules.people import sees
from bot.rules.permissions import NotPermitted
from bot.rules.policy import Policy
from bot.rules.private import break_in, request_access
from bot.rules.refused import Refused
from bot.rules.reminders import next_look, remind
from bot.rules.subjects import Follow
from bot.rules.undoing import remembered
from bot.transaction import gate, shown_homes, subjects, taking
from bot.transaction.consequences import Consequence, bring_about, consequence
from bot.transaction.knowing import beginning, moment_of
from store import changes as kept
from store import directory, liveness, looks
from store import subjects as kept_subjects
from store.changes import Loaded
from store.database import Store

T = TypeVar("T")
Rule: TypeAlias = Callable[..., Change]
RuleOfTwo: TypeAlias = Callable[..., tuple[Change, Change]]

KNOCKS: frozenset[Rule] = frozenset({request_access, break_in})
"""What somebody may ask of an incident that they may not see."""

FOLLOWING = Origin(actor="clock", source="change")
"""What follows from a change of another subject."""

PARTINGS: frozenset[RuleOfTwo] = frozenset({merging.separate, merging.unmerge})
"""What takes an incident out of another one, which may have become private: who does it need not see that one."""


@dataclass
class Changes:
    """Carries changes out. `changed` is called after each commit, so that delivery and the sweep look again; `learned`
    once it may be somebody else whom the configuration names."""

    store: Store
    policy: Policy
    clock: Clock
    changed: Callable[[], None] = lambda: None
    learned: Callable[[], None] = lambda: None
    _later: list[Consequence] | None = None

    @contextmanager
    def together(self, connection: Connection) -> Iterator["Changes"]:
        """For changes of several incidents in one transaction: what comes of them waits until this ends."""
        later = list[Consequence]()
        yield replace(self, _later=later) if self._later is None else self
        self._bring_about(connection, *later)

    def say(self, connection: Connection, subject: str, outgoings: Iterable[Outgoing]) -> None:
        """What is to be said of a subject, after what came before it."""
        self._bring_about(connection, Consequence(subject, tuple(outgoings)))

    def _bring_about(self, connection: Connection, *found: Consequence) -> None:
        def turn(asked: Follow) -> None:
            self.turned(connection, asked.subject, asked.rule, FOLLOWING, **asked.facts)

        if self._later is None:
            bring_about(connection, found, self.clock.now(), turn)
        else:
            self._later += found

    async def change(self, number: int, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """Asks `rule(incident, moment, **facts)` about one incident and keeps what it says; a refusal is an answer."""
        with _about(origin, number):
            answer = await self.store.write(lambda connection: self.apply(connection, number, rule, origin, **facts))
        self.changed()
        return answer

    async def turn(self, subject: str, rule: Callable[..., Any], origin: Origin, **facts: Any) -> Answer:
        """As `change`, about a subject that is no incident (`team:payments`): asks `rule(state, moment, **facts)`."""
        with about(subject=subject, actor=origin.actor, request=origin.key or None):
            answer = await self.store.write(lambda connection: self.turned(connection, subject, rule, origin, **facts))
        self.changed()
        return answer

    def turned(
        self, connection: Connection, subject: str, rule: Callable[..., Any] | None, origin: Origin, **facts: Any
    ) -> Answer:
        """As `turn`, inside a transaction of the caller's; without a rule it says what is due."""
        return subjects.turn(connection, self.policy, self.clock.now(), subject, rule, origin, facts)

    async def when_due(self, subject: str, origin: Origin) -> Answer | None:
        """Says what time brings; None where nothing is due any more, or another program is just at it."""
        now, fingerprint = self.clock.now(), self.policy.fingerprint
        number = number_in(subject)

        def work(connection: Connection) -> Answer | None:
            if number is None:
                if not kept_subjects.claim_due(connection, subject, now, fingerprint):
                    return None
                return taking.when_due(self, connection, subject, origin)
            is_ours = kept.claim_due(connection, number, now, fingerprint)
            return self.apply(connection, number, remind, origin) if is_ours else None

        answer = await self.store.write(work)
        if answer:
            self.changed()
        return answer

    async def open(self, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """Asks `rule(moment, number=…, **facts)` for a new incident; a refused one uses up no number."""
        return (await self.open_beside(rule, origin, lambda _connection: None, **facts))[0]

    async def open_beside(
        self, rule: Rule, origin: Origin, look: Callable[[Connection], T], **facts: Any
    ) -> tuple[Answer, T | None]:
        """As `open`, with what `look` finds before it in the same transaction."""

        def work(connection: Connection) -> tuple[Answer, T | None]:
            found = look(connection)  # before there is a number, for which others would have to wait
            return self._open(connection, rule, origin, facts), found

        try:
            with _about(origin):
                answer, found = await self.store.write(work)
        except Refused as refusal:
            return Answer(refused=refusal.sentence, field=refusal.field), None
        self.changed()
        return answer, found

    def opened(self, connection: Connection, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """As `open`, inside a transaction of the caller's. Raises Refused, and then nothing of it may be kept."""
        return self._open(connection, rule, origin, facts)

    async def both(self, number: int, other: int, rule: RuleOfTwo, origin: Origin, **facts: Any) -> Answer:
        """Asks `rule(incident, other, moment, **facts)` about two incidents; the answer tells of the first."""

        def work(connection: Connection) -> Answer:
            return self._both(connection, number, other, rule, origin, facts)

        with _about(origin, number):
            answer = await self.store.write(work)
        self.changed()
        return answer

    async def break_glass(self, origin: Origin, why: str) -> Answer:
        """For a while nothing is refused to somebody for who they are; the answer's entry is in no timeline."""
        return await self.store.write(lambda connection: self._break_glass(connection, origin, why))

    def require(self, connection: Connection, act: str, origin: Origin, incident: Incident | None) -> None:
        """Raises NotPermitted for who may not do it, before they are shown the way to it."""
        people = [] if incident is None else [incident]
        gate.passed(connection, (act,), incident, self._moment(connection, people, origin, {}), origin)

    async def looked(self, number: int, person: PersonId, seq: int) -> None:
        """Keeps how far into a timeline somebody has looked."""
        await self.store.write(lambda connection: looks.look(connection, number, person, seq))

    async def opened_home(self, person: PersonId, page: int) -> None:
        """Somebody looks at a page of their Home: it is shown, and kept current for a while."""
        now = self.clock.now()
        await self.store.write(lambda connection: shown_homes.opened(connection, person, now, page))
        self.changed()

    async def standing(self, subject: str, empty: T) -> T:
        """A subject that is no incident, as it stands; `empty` where nothing happened to it yet."""
        async with self.store.read() as connection:
            return await connection.run_sync(kept_subjects.find, subject, empty)

    async def was_asked(self, origin: Origin) -> bool:
        """Whether a request of that key has been answered before."""
        async with self.store.read() as connection:
            return await connection.run_sync(kept.recall, origin.key or "") is not None

    async def learn(self, person: Person, team: str, names: Collection[str]) -> None:
        """Keeps what Slack tells of somebody who has, or had, these names."""
        wanted = self.policy.references
        if await self.store.write(lambda connection: directory.learn(connection, team, person, names, wanted)):
            self.learned()

    def apply(self, connection: Connection, number: int, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """One change inside a transaction of the caller's: delivery settles its row beside it."""
        if origin.key and (repeated := kept.recall(connection, origin.key)):
            return repeated
        loaded, rule = kept.lock_incident(connection, number), gate.meant(connection, rule, self.clock.now(), origin)
        if loaded is None or not (rule in KNOCKS or sees(loaded.incident, origin.person)):
            return self._answered(connection, origin, Answer(number, refused=unknown(number, self.policy.command)))
        before = loaded.incident
        moment = self._moment(connection, [before], origin, facts)
        if rule is remind:
            moment = replace(moment, away=liveness.last_gap(connection))
        try:
            passed = gate.passed(connection, acts_of(rule, before, facts, self.policy), before, moment, origin)
            change = gate.after(passed, rule(before, moment, **facts))
        except Refused as refusal:
            return self._answered(connection, origin, refusal_of(before, origin, refusal))
        return self._answered(connection, origin, self._kept(connection, loaded, change, moment, origin))

    def _both(
        self,
        connection: Connection,
        number: int,
        other: int,
        rule: RuleOfTwo,
        origin: Origin,
        facts: Mapping[str, Any],
    ) -> Answer:
        """Both are locked, the lower number first, so that no two wait for each other."""
        if origin.key and (repeated := kept.recall(connection, origin.key)):
            return repeated
        found = {each: kept.lock_incident(connection, each) for each in sorted({number, other})}
        for each in (number, other):
            loaded = found[each]
            is_left = each == other and rule in PARTINGS
            if loaded is None or not (is_left or sees(loaded.incident, origin.person)):
                answer = Answer(number, refused=unknown(each, self.policy.command), field="into")
                return self._answered(connection, origin, answer)
        pair = [loaded for loaded in (found[number], found[other]) if loaded]
        incidents = [loaded.incident for loaded in pair]
        moment = self._moment(connection, incidents, origin, facts)
        try:
            asked = incidents[:1] if rule in PARTINGS else incidents
            passed = [gate.passed(connection, acts_of(rule, each, facts), each, moment, origin) for each in asked]
            first, second = rule(*incidents, moment, **facts)
        except Refused as refusal:
            return self._answered(connection, origin, refusal_of(incidents[0], origin, refusal))
        changes = [gate.after(told, change) for told, change in zip((*passed, ()), (first, second), strict=False)]
        with self.together(connection) as them:
            answers = [them._kept(connection, *each, moment, origin) for each in zip(pair, changes, strict=True)]
        return self._answered(connection, origin, answers[0])

    def _kept(self, connection: Connection, loaded: Loaded, change: Change, moment: Moment, origin: Origin) -> Answer:
        """Saves what a rule answered, with all that follows from it."""
        change = with_pages(change, moment)
        before, entries = loaded.incident, entries_of(change, moment, origin, loaded.last_seq)
        after = bursts.counted(before, remembered(before, change.incident, entries), entries)
        after = attendance.attended(before, after, entries, moment.now)
        last = kept.append(connection, after.subject, loaded.last_seq, loaded.last_hash, entries)
        due = next_look(after, moment)
        kept.save_incident(connection, after, due, moment.fingerprint, *last, before=before)
        self._bring_about(connection, consequence(before, after, entries, self.policy))
        return answer_of(after, entries, change.asks)

    def _open(self, connection: Connection, rule: Rule, origin: Origin, facts: Mapping[str, Any]) -> Answer:
        if origin.key and (repeated := kept.recall(connection, origin.key)):
            return repeated
        moment = self._moment(connection, [], origin, facts)
        try:
            passed = gate.passed(connection, acts_of(rule, None, facts), None, moment, origin)
        except NotPermitted as refusal:
            answer = Answer(refused=refusal.sentence, passable=refusal.passable)
            return self._answered(connection, origin, answer)
        moment, number = beginning(connection, moment, facts)
        change = with_pages(gate.after(passed, rule(moment, number=number, **facts)), moment)
        after = change.incident
        entries = entries_of(change, moment, origin, 0)
        last = kept.append(connection, after.subject, 0, "", entries)
        kept.insert_incident(connection, after, next_look(after, moment), moment.fingerprint, *last)
        self._bring_about(connection, consequence(None, after, entries, self.policy))
        return self._answered(connection, origin, answer_of(after, entries))

    def _break_glass(self, connection: Connection, origin: Origin, why: str) -> Answer:
        if origin.key and (repeated := kept.recall(connection, origin.key)):
            return repeated
        try:
            entry = gate.break_glass(connection, self._moment(connection, [], origin, {}), origin, why)
        except Refused as refusal:
            return self._answered(connection, origin, Answer(refused=refusal.sentence, field=refusal.field))
        return self._answered(connection, origin, Answer(entries=(entry,)))

    def _moment(
        self, connection: Connection, incidents: Iterable[Incident], origin: Origin, facts: Mapping[str, Any]
    ) -> Moment:
        return moment_of(connection, self.policy, self.clock.now(), origin, facts.values(), incidents)

    def _answered(self, connection: Connection, origin: Origin, answer: Answer) -> Answer:
        if origin.key:
            kept.remember(connection, origin.key, answer, self.clock.now())
        return answer


def _about(origin: Origin, number: int | None = None) -> AbstractContextManager[None]:
    """For the log: which incident a change is about, who makes it, for which request."""
    subject = None if number is None else f"incident:{number}"
    return about(subject=subject, actor=origin.actor, request=origin.key or None)
