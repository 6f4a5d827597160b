"""Alerts are taken in: one batch, its groups and their incidents, all in one transaction.

Locks are taken in one order: groups by name, incidents by number, the counter of numbers, then what comes of it. An
incident that gathers others (`_gathered`) is found after them; whoever that lets wait in a ring is tried again by the
store.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from bot.rules.alerts import deciding, group, heartbeat, incidents, silencing
from bot.rules.alerts.alert import Alert, believed
from bot.rules.alerts.deciding import Decision
from bot.rules.alerts.group import Group, Known
from bot.rules.alerts.silencing import Workspace
from bot.rules.answering import placed
from bot.rules.change import Answer, Origin
from bot.rules.events import Event, HeartbeatMissed
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.transaction import subjects as turning
from bot.transaction.changing import Changing
from store import alerts as kept_alerts
from store import changes as kept
from store import outbox, retention, subjects
from store.subjects import Held

WORKSPACE = "workspace"


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch: how many alerts, in how many groups, and the incidents that they are in by number."""

    alerts: int = 0
    groups: int = 0
    incidents: tuple[int, ...] = ()


@dataclass
class _Turn:
    """A group in the middle of its change."""

    held: Held[Group]
    decision: Decision
    batch: tuple[Alert, ...]
    known: Known
    after: Group
    events: list[Event] = field(default_factory=list)

    @property
    def begun(self) -> int:
        return group.fires(self.batch, self.known)

    @property
    def is_on(self) -> bool:
        return any(alert.is_on for alert in self.batch)


def origin_of(source: str) -> Origin:
    """Who it is that an alert's changes are made by."""
    return Origin(actor=f"alert:{source}", source="alert")


def take(changes: Changing, connection: Connection, batch: Sequence[Alert], team: str = "") -> Taken:
    """Takes alerts in: counts them, opens, joins or reopens incidents, and says what ended."""
    moment = Moment(changes.clock.now(), changes.policy)
    quiet = subjects.find(connection, WORKSPACE, Workspace())
    turns = [
        _counted(connection, subject, alerts, moment, quiet)
        for subject, alerts in sorted(_grouped(connection, batch, moment).items())
    ]
    _hold_incidents(connection, (turn.after.incident for turn in turns))
    with changes.together(connection) as them:
        for turn in sorted(turns, key=lambda each: (each.after.incident is None, each.after.incident or 0)):
            _acted(them, connection, turn, moment, team)
            _kept(them, connection, turn, moment)
    numbers = dict.fromkeys(turn.after.incident for turn in turns if turn.after.incident)
    return Taken(sum(len(turn.batch) for turn in turns), len(turns), tuple(numbers))


def _hold_incidents(connection: Connection, numbers: Iterable[int | None]) -> None:
    """Those of the groups, with what they were merged into; the lower number first."""
    known = {number for number in numbers if number}
    new = known
    while new:
        new = kept.parents(connection, new) - known
        known = known | new
    for number in sorted(known):
        outbox.hold_subject(connection, f"incident:{number}")


def _grouped(connection: Connection, batch: Iterable[Alert], moment: Moment) -> dict[str, list[tuple[Alert, Decision]]]:
    """The groups of a batch; what is over ends where it fires, whatever it is called by then."""
    told = [believed(each, moment.now) for each in batch]
    homes = _homes(connection, [alert for alert in told if not alert.is_on])
    found: dict[str, list[tuple[Alert, Decision]]] = {}
    for alert in told:
        decision = deciding.decide(alert, moment.policy)
        home = None if alert.is_on else homes.get((alert.source, alert.fingerprint))
        if decision.do != "ignore":
            found.setdefault(home or deciding.subject_of(alert, decision), []).append((alert, decision))
    return found


def _homes(connection: Connection, ended: Sequence[Alert]) -> dict[tuple[str | None, str], str]:
    """The groups in which these fire until now, by source and fingerprint; not where one fires in several."""
    fires = kept_alerts.firing(connection, [alert.fingerprint for alert in ended])
    names = sorted({subject for subject, _ in fires})
    sources = {each.subject: each.source for each in subjects.find_each(connection, names, Group)}
    found: dict[tuple[str | None, str], list[str]] = {}
    for subject, fingerprint in fires:
        found.setdefault((sources.get(subject), fingerprint), []).append(subject)
    return {key: homes[0] for key, homes in found.items() if len(homes) == 1}


def _counted(
    connection: Connection,
    subject: str,
    told: Sequence[tuple[Alert, Decision]],
    moment: Moment,
    quiet: Workspace,
) -> _Turn:
    """The group with a batch of its alerts counted; of an alert that is in it twice the last word holds."""
    held: Held[Group] = subjects.lock(connection, subject, Group(subject))
    batch = tuple({alert.fingerprint: alert for alert, _ in told}.values())
    known = kept_alerts.statuses(connection, subject, [alert.fingerprint for alert in batch])
    decision = deciding.gravest((each for _, each in told), moment.policy)
    until = silencing.all_silent_until(batch, quiet, moment)
    result = group.take(held.state, moment, batch=batch, known=known, decision=decision, silent_until=until)
    kept_alerts.keep(connection, subject, batch, known, moment.now)
    return _Turn(held, decision, batch, known, result.state, list(result.events))


def _acted(changes: Changing, connection: Connection, turn: _Turn, moment: Moment, team: str) -> None:
    """What the group does to its incident, or to the place where it is judged."""
    if turn.after.silent_until and turn.after.silent_until > moment.now:
        return
    turn.after = replace(turn.after, untold=False)
    incident = _incident_of(connection, turn.after)
    if incident:
        turn.after = replace(turn.after, incident=incident.number)
    fate = incidents.fate(incident, moment) if incident else "anew"
    if turn.is_on and fate == "anew":
        if turn.decision.do == "declare":
            _declared(changes, connection, turn, moment, team)
        elif group.is_to_note(turn.after, turn.decision, turn.begun, moment):
            _noted(turn, moment)
    elif incident and fate == "join":
        _join(changes, connection, turn, incident)
    elif incident and fate == "reopen" and turn.begun:
        fired, origin = group.fired(turn.after, again=True), origin_of(turn.after.source)
        changes.apply(connection, incident.number, incidents.reopen, origin, fired=fired)


def _incident_of(connection: Connection, of: Group) -> Incident | None:
    """The group's incident, locked; of one that was merged the one that it is part of now."""
    number, seen = of.incident, set[int]()
    while number is not None and number not in seen:
        seen.add(number)
        loaded = kept.lock_incident(connection, number)
        if loaded is None or loaded.incident.merged_into is None:
            return loaded.incident if loaded else None
        number = loaded.incident.merged_into
    return None


def _declared(changes: Changing, connection: Connection, turn: _Turn, moment: Moment, team: str) -> None:
    if not _gathered(changes, connection, turn, moment):
        _open(changes, connection, turn, team)


def _gathered(changes: Changing, connection: Connection, turn: _Turn, moment: Moment) -> bool:
    """Whether it joins an incident: alerts opened so many that are alike that this one gets none of its own."""
    alike = (turn.decision.severity, turn.decision.services, turn.decision.policy)
    opened_lately = kept_alerts.opened_alike(connection, *alike, since=moment.now - incidents.WITHIN)
    if len(opened_lately) < incidents.MOST:  # of many at the same moment on PostgreSQL a few more: none waits to count
        return False
    number, origin = opened_lately[0], origin_of(turn.after.source)
    fired = group.fired(turn.after)
    if changes.apply(connection, number, incidents.join_open, origin, fired=fired).refused is not None:
        return False  # closed at this very moment
    turn.after = replace(turn.after, count=max(turn.begun, 1), incident=number, triage="")
    return True


def _open(changes: Changing, connection: Connection, turn: _Turn, team: str) -> None:
    """A new incident; its count begins with what fires now."""
    turn.after = replace(turn.after, count=max(turn.begun, 1) if turn.after.incident else turn.after.count)
    answer = opened(changes, connection, turn.after, turn.decision, origin_of(turn.after.source), team)
    turn.after = replace(turn.after, incident=answer.number, triage="")


def opened(
    changes: Changing, connection: Connection, of: Group, decision: Decision, origin: Origin, team: str
) -> Answer:
    """Opens an incident for a group, in the name of the program or of who accepted it."""
    return changes.opened(
        connection,
        incidents.open_for,
        origin,
        fired=group.fired(of),
        severity=decision.severity,
        services=decision.services,
        policy=decision.policy,
        by=origin.person or f"alert:{of.source}",
        team=team,
        began=of.latest.began if of.latest else None,
    )


def _join(changes: Changing, connection: Connection, turn: _Turn, incident: Incident) -> None:
    """Told in the incident: a count that is ten times the last one told, that it is over, that it fires again.

    What began to fire in a silence is told when that ends, and not at all where it was over by then.
    """
    before, after, origin = turn.held.state, turn.after, origin_of(turn.after.source)
    is_anew = turn.is_on and (before.untold or (turn.begun > 0 and before.firing == 0))
    if is_anew or (turn.begun and incidents.is_told(before.count, after.count)):
        fired = group.fired(after, again=is_anew and before.count > 0)
        changes.apply(connection, incident.number, incidents.join, origin, fired=fired)
    if before.firing and not after.firing and not before.untold:
        others = (each for each in reversed(incident.alerts) if each != after.subject)  # the first come end first
        is_last = not any(subjects.find(connection, each, Group(each)).firing for each in others)
        facts = {"ended": group.ended(after, offered=is_last), "resolve": turn.decision.resolve}
        changes.apply(connection, incident.number, incidents.over, origin, **facts)


def _noted(turn: _Turn, moment: Moment) -> None:
    """It is told outside of an incident."""
    result = group.note(turn.after, moment, do="triage" if turn.decision.do == "triage" else "notify")
    turn.after = result.state
    turn.events += result.events


def _kept(changes: Changing, connection: Connection, turn: _Turn, moment: Moment) -> None:
    """Saves the group with what happened to it."""
    held, after = turn.held, turn.after
    entries = placed(after.subject, turn.events, moment, origin_of(after.source), held.last_seq)
    last = kept.append(connection, after.subject, held.last_seq, held.last_hash, entries)
    changes.say(connection, after.subject, group.tell(held.state, after, entries, moment.policy))
    turning.keep(connection, after.subject, after, moment, last)


def when_due(changes: Changing, connection: Connection, subject: str, origin: Origin) -> Answer:
    """What time brings to a subject that is no incident; some do something to incidents by it."""
    more = BY_TIME.get(subjects.kind_of(subject))
    return more(changes, connection, subject, origin) if more else changes.turned(connection, subject, None, origin)


def _missed(changes: Changing, connection: Connection, subject: str, origin: Origin) -> Answer:
    """A heartbeat that is missed is an alert."""
    answer = changes.turned(connection, subject, None, origin)
    for entry in answer.entries:
        if isinstance(entry.event, HeartbeatMissed):
            found = heartbeat.heartbeat(changes.policy, entry.event.name)
            take(changes, connection, [heartbeat.alert_of(found, missed=True)])
    return answer


def _looked_at(changes: Changing, connection: Connection, subject: str, _origin: Origin) -> Answer:
    """A group whose texts have had their time is without them; one that fires after its silence is told."""
    moment = Moment(changes.clock.now(), changes.policy)
    held: Held[Group] = subjects.lock(connection, subject, Group(subject))
    after, forgets_at = held.state, group.forgets_at(held.state, moment.policy)
    if forgets_at and forgets_at <= moment.now:
        retention.remove_words(connection, subject)
        after = group.forgotten(after)
    elif _fires_after_silence(changes, connection, held, moment):
        return Answer()
    turning.keep(connection, subject, after, moment, (held.last_seq, held.last_hash))
    return Answer()


def _fires_after_silence(changes: Changing, connection: Connection, held: Held[Group], moment: Moment) -> bool:
    """Whether a silence has ended under which it still fires: then it is as though its last alert fired now."""
    state, latest = held.state, held.state.latest
    is_over = state.silent_until is not None and state.silent_until <= moment.now
    if latest is None or not state.firing or not is_over:
        return False
    turn = _Turn(held, deciding.decide(latest, moment.policy), (latest,), {}, state)
    quiet = subjects.find(connection, WORKSPACE, Workspace())
    turn.after = replace(state, silent_until=silencing.all_silent_until(turn.batch, quiet, moment))
    with changes.together(connection) as them:
        _acted(them, connection, turn, moment, "")
        _kept(them, connection, turn, moment)
    return True


BY_TIME: Mapping[str, Callable[[Changing, Connection, str, Origin], Answer]] = {
    "alert": _looked_at,
    "heartbeat": _missed,
}
"""Kinds of subjects, as `kinds.KINDS` has them, of which more comes than their own `remind` says."""
