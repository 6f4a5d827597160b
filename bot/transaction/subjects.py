"""Changes of subjects that are no incident: a person's ways, a team's shifts, an alert. One transaction, as ever."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.rules.acts import acts_of
from bot.rules.answering import placed
from bot.rules.change import Answer, Origin
from bot.rules.kinds import kind_of
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.subjects import Result
from bot.transaction import gate
from bot.transaction.knowing import moment_of
from store import changes as kept
from store import liveness, outbox, subjects


def turn(
    connection: Connection,
    policy: Policy,
    now: datetime,
    subject: str,
    rule: Any,
    origin: Origin,
    facts: Mapping[str, Any],
) -> Answer:
    """Asks `rule(state, moment, **facts)`, and keeps what it says; `rule` None says what is due."""
    if origin.key and (repeated := kept.recall(connection, origin.key)):
        return repeated
    kind = kind_of(subject)
    held = subjects.lock(connection, subject, kind.empty(subject))
    acts = acts_of(rule, None, facts)
    known = moment_of(connection, policy, now, origin, facts.values(), on_call=kind.on_call or bool(acts))
    moment = replace(known, subject=subject, away=None if rule else liveness.last_gap(connection))
    try:
        passed = gate.passed(connection, acts, None, moment, origin)
        result: Result[Any] = (rule or kind.remind)(held.state, moment, **facts)
    except Refused as refusal:
        return _answered(connection, origin, Answer(refused=refusal.sentence, field=refusal.field), now)
    entries = placed(subject, (*passed, *result.events), moment, origin, held.last_seq)
    if rule in (None, kind.remind) or entries or result.state != held.state:  # a look tells when to look again
        last = kept.append(connection, subject, held.last_seq, held.last_hash, entries)
        outbox.enqueue(connection, subject, kind.tell(held.state, result.state, entries, policy), now)
        keep(connection, subject, result.state, moment, last)
    return _answered(connection, origin, Answer(entries=entries), now)


def keep(connection: Connection, subject: str, state: Any, moment: Moment, last: tuple[int, str]) -> None:
    """Keeps a subject as it is from now on, with when to look at it again."""
    kind, fingerprint = kind_of(subject), moment.fingerprint
    is_open, due = kind.is_open(state), kind.next_look(state, moment)
    subjects.save(connection, subject, state, due, fingerprint, *last, is_open=is_open)


def _answered(connection: Connection, origin: Origin, answer: Answer, now: datetime) -> Answer:
    if origin.key:
        kept.remember(connection, origin.key, answer, now)
    return answer
