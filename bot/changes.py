"""The one way anything changes: load, ask the rule, derive, save, all in one transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.outside.clock import Clock
from bot.rules.audience import tell
from bot.rules.change import Answer, Change, Origin
from bot.rules.entries import Entry
from bot.rules.events import Event, EventRecorded
from bot.rules.guards import unknown
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.people import sees
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.reminders import next_look
from store import changes as kept
from store import outbox
from store.database import Store

Rule = Callable[..., Change]


@dataclass
class Changes:
    """Carries changes out. `changed` is called after each commit, so that delivery and the sweep look again."""

    store: Store
    policy: Policy
    clock: Clock
    changed: Callable[[], None] = lambda: None

    async def change(self, number: int, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """Asks `rule(incident, moment, **facts)` about one incident and keeps what it says; a refusal is an answer."""
        answer = await self.store.write(lambda connection: self.apply(connection, number, rule, origin, **facts))
        self.changed()
        return answer

    async def open(self, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """Asks `rule(moment, number=…, **facts)` for a new incident; a refused one uses up no number."""
        try:
            answer = await self.store.write(lambda connection: self._open(connection, rule, origin, facts))
        except Refused as refusal:
            return Answer(refused=refusal.sentence, field=refusal.field)
        self.changed()
        return answer

    def apply(self, connection: Connection, number: int, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """One change inside a transaction of the caller's: delivery settles its row beside it."""
        if origin.key and (repeated := kept.recall(connection, origin.key)):
            return repeated
        loaded = kept.lock_incident(connection, number)
        if loaded is None or not sees(loaded.incident, origin.person):
            return self._answered(connection, origin, Answer(number, refused=unknown(number, self.policy.command)))
        before = loaded.incident
        moment = self._moment(connection, before, origin, facts)
        try:
            change = rule(before, moment, **facts)
        except Refused as refusal:
            answer = _brief(before, refused=refusal.sentence, field=refusal.field)
            return self._answered(connection, origin, answer)
        after = change.incident
        entries = _entries(change, moment, origin, loaded.last_seq)
        last = kept.append(connection, after.subject, loaded.last_seq, loaded.last_hash, entries)
        outbox.enqueue(connection, after.subject, tell(before, after, entries, self.policy), moment.now)
        due = next_look(after, moment)
        kept.save_incident(connection, after, due, self.policy.fingerprint, *last, before=before)
        return self._answered(connection, origin, _brief(after, entries=entries))

    def _open(self, connection: Connection, rule: Rule, origin: Origin, facts: Mapping[str, Any]) -> Answer:
        if origin.key and (repeated := kept.recall(connection, origin.key)):
            return repeated
        moment = self._moment(connection, None, origin, facts)
        change = rule(moment, number=kept.next_number(connection), **facts)
        after = change.incident
        entries = _entries(change, moment, origin, 0)
        last = kept.append(connection, after.subject, 0, "", entries)
        kept.insert_incident(connection, after, next_look(after, moment), self.policy.fingerprint, *last)
        outbox.enqueue(connection, after.subject, tell(None, after, entries, self.policy), moment.now)
        return self._answered(connection, origin, _brief(after, entries=entries))

    def _moment(
        self, connection: Connection, incident: Incident | None, origin: Origin, facts: Mapping[str, Any]
    ) -> Moment:
        concerned = set(_people(incident, origin, facts.values()))
        return Moment(self.clock.now(), self.policy, kept.people(connection, concerned))

    def _answered(self, connection: Connection, origin: Origin, answer: Answer) -> Answer:
        if origin.key:
            kept.remember(connection, origin.key, answer, self.clock.now())
        return answer


def _people(incident: Incident | None, origin: Origin, facts: Iterable[Any]) -> Iterable[PersonId]:
    """Whom a rule may have to know: who asks, whom a fact names, who holds something."""
    yield from (fact for fact in facts if isinstance(fact, str) and fact.startswith(("U", "W")))
    if origin.person:
        yield origin.person
    if incident:
        yield incident.declared_by
        yield from incident.roles.values()
        yield from incident.responders


def _entries(change: Change, moment: Moment, origin: Origin, last_seq: int) -> tuple[Entry, ...]:
    return tuple(
        Entry(
            subject=change.incident.subject,
            seq=last_seq + place,
            at=moment.now,
            tells_of=_tells_of(event, moment.now),
            actor=origin.actor,
            source=origin.source,
            event=event,
        )
        for place, event in enumerate(change.events, start=1)
    )


def _tells_of(event: Event, now: datetime) -> datetime:
    return event.at if isinstance(event, EventRecorded) else now


def _brief(
    incident: Incident, *, entries: tuple[Entry, ...] = (), refused: str | None = None, field: str | None = None
) -> Answer:
    return Answer(
        number=incident.number,
        title=incident.title,
        severity=incident.severity,
        private=incident.private,
        commander=incident.commander,
        entries=entries,
        refused=refused,
        field=field,
    )
