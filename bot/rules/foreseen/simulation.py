"""Who would be told, minute by minute: a declaration that nobody answers, run by the rules of a real one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.rules import audiences
from bot.rules.answering import placed
from bot.rules.automatic import address_of, going_out, with_pages
from bot.rules.change import Change, Origin, Outgoing
from bot.rules.declaring import declare
from bot.rules.entries import Entry
from bot.rules.events import Event, NobodyAnswered, Paged, PersonPaged
from bot.rules.follow_ups import follow_ups
from bot.rules.foreseen.simulated import Place, Row, SetUp, Simulation, Weak
from bot.rules.foreseen.weakness import once, weaknesses
from bot.rules.incident import Incident, PersonId
from bot.rules.kinds import kind_of
from bot.rules.moment import Moment
from bot.rules.paging import escalation, pagerduty, reaching
from bot.rules.paging.reaching import LOUD, Reach
from bot.rules.policy import Policy, Service
from bot.rules.reminders import next_look, remind
from bot.rules.subjects import Kind

EVERYTHING = SetUp()
"""Whatever is asked for can go out."""

STEPS = 2000
"""More than this never happens for one incident; a chain without an end is cut off there."""

TITLE = "Simulation"
SOMEBODY: PersonId = "U0SOMEBODY"
"""Who declares it: nobody who could be paged."""

NOT_SET_UP = "not_set_up"
_CLOCK = Origin("clock", "simulation")


def meant(policy: Policy, words: Iterable[str]) -> tuple[Policy, tuple[str, ...]]:
    """The services that words name, and the policy to simulate with: a team is a service of its own that it owns.

    Raises Refused for what is neither.
    """
    teams = {team.name.casefold(): team.name for team in policy.teams}
    names: list[str] = []
    for word in words:
        team = teams.get(word.casefold())
        owned = next((each.name for each in policy.services if team and each.team == team), None)
        if team and owned is None:
            policy, owned = replace(policy, services=(*policy.services, Service(team, team=team))), team
        names.append(owned or policy.service(word).name)
    return policy, tuple(dict.fromkeys(names))


@dataclass(slots=True)
class _Run:
    """The incident and all whom it reaches, as they stand at a moment of the simulation."""

    moment: Moment
    incident: Incident
    states: dict[str, Any]
    set_up: SetUp
    rows: list[Row] = field(default_factory=list)
    weak: list[Weak] = field(default_factory=list)
    told: list[Event] = field(default_factory=list)
    why: dict[PersonId, Paged] = field(default_factory=dict)


def simulate(
    moment: Moment,
    reaches: Mapping[PersonId, Reach],
    *,
    severity: str,
    services: tuple[str, ...] = (),
    set_up: SetUp = EVERYTHING,
) -> Simulation:
    """All who would be told of an incident that is declared at `moment.now` and that nobody answers.

    `reaches` is how people want to be reached, `set_up` what can go out here. Raises Refused for an unknown severity
    or service.
    """
    first = declare(moment, number=0, by=SOMEBODY, title=TITLE, severity=severity, services=services)
    first = with_pages(first, moment)
    states = {
        f"person:{person}": replace(reach, pages={}, told_at=None, way_at=None, used=0)
        for person, reach in reaches.items()
    }
    run = _Run(moment, first.incident, states, set_up)
    _happened(run, None, first)
    for _ in range(STEPS):
        due_at = _next(run)
        if due_at is None or _is_over(run):
            break
        run.moment = replace(moment, now=max(due_at, run.moment.now))
        _time_passes(run)
    return _result(run, moment.now)


def _is_over(run: _Run) -> bool:
    """Whether the chain has ended: all policies that page for it came to their end, and nobody waits to be told."""
    ended = {each.policy for each in run.told if isinstance(each, NobodyAnswered)}
    return not escalation.pages(run.incident, run.moment) and bool(ended) and not _person_due(run)


def _person_due(run: _Run) -> datetime | None:
    looks = (kind_of(subject).next_look(state, run.moment) for subject, state in run.states.items())
    return min((each for each in looks if each), default=None)


def _next(run: _Run) -> datetime | None:
    looks = (next_look(run.incident, run.moment), _person_due(run))
    return min((each for each in looks if each), default=None)


def _time_passes(run: _Run) -> None:
    """All that is due at the moment: of the incident first, then of each person."""
    now = run.moment.now
    if (due_at := next_look(run.incident, run.moment)) and due_at <= now:
        _happened(run, run.incident, with_pages(remind(run.incident, run.moment), run.moment))
    for subject in list(run.states):
        kind = kind_of(subject)
        due_at = kind.next_look(run.states[subject], run.moment)
        if due_at and due_at <= now:
            _turned(run, subject, kind, kind.remind(run.states[subject], run.moment))


def _happened(run: _Run, before: Incident | None, change: Change) -> None:
    """What follows from a change of the incident, as a real one would have it."""
    after = change.incident
    entries = placed(after.subject, change.events, run.moment, _CLOCK, 0)
    run.weak += weaknesses(before, after.severity, entries, run.moment, run.states, run.set_up)
    run.incident = after
    run.told += change.events
    for outgoing in going_out(before, after, entries, run.moment.policy):
        run.rows += _rows(run, outgoing, entries)
    run.rows += (row for entry in entries for row in _called(run, entry.event))
    for each in follow_ups(before or after, after, entries):
        kind = kind_of(each.subject)
        state = run.states.setdefault(each.subject, kind.empty(each.subject))
        _turned(run, each.subject, kind, each.rule(state, run.moment, **each.facts))
    if any(isinstance(entry.event, Paged) and _lost_services(run, entry.event) for entry in entries):
        _happened(run, run.incident, pagerduty.unreached(run.incident, run.moment))


def _turned(run: _Run, subject: str, kind: Kind[Any], result: Any) -> None:
    before, run.states[subject] = run.states[subject], result.state
    entries = placed(subject, result.events, run.moment, _CLOCK, 0)
    for outgoing in kind.tell(before, result.state, entries, run.moment.policy):
        run.rows += _rows(run, outgoing, entries)
        way = outgoing.kind.removeprefix(PAGE)
        if outgoing.kind.startswith(PAGE) and not run.set_up.has(way):
            facts: dict[str, Any] = {"way": way, "why": NOT_SET_UP, "numbers": tuple(outgoing.facts["numbers"])}
            _turned(run, subject, kind, reaching.failed(run.states[subject], run.moment, **facts))


# --- from what goes out to who is told ---------------------------------------------------------------------------

PAGE = "page_"
"""How the kinds of what goes out begin where somebody is paged."""

FACES = frozenset({"room", "card", "topic", "links", "bookmark", "home", "archive", "conceal", "farewell", "catchup"})
"""What stands in its place and tells nobody by itself."""


def _rows(run: _Run, outgoing: Outgoing, entries: tuple[Entry, ...]) -> Iterable[Row]:
    at, lane = run.moment.now, outgoing.lane
    if outgoing.kind == "invite":
        names = (*outgoing.facts["people"], *outgoing.facts["names"])
        yield from (Row(at, "person", each, "invite", False) for each in names if each != SOMEBODY)
    elif lane.startswith("person:"):
        person, _, way = lane.removeprefix("person:").partition("/")
        if person != SOMEBODY and outgoing.kind not in FACES:
            told, has = _told(run, person, outgoing, entries), run.set_up.has(way or "slack")
            yield Row(at, "person", person, way or "slack", way in LOUD and has, told, unsent=not has)
    elif outgoing.kind == "announcement":
        if lane == outgoing.facts.get("lane"):  # an edit notifies nobody
            yield Row(at, "channel", _channel(lane, run.moment), "post", False, tuple(run.told[:1]))
    elif outgoing.kind not in FACES and not lane.startswith("pagerduty:"):  # that is the level's own row
        yield _told_outside(run, outgoing, entries) or _posted(run, outgoing, entries)


def _told_outside(run: _Run, outgoing: Outgoing, entries: tuple[Entry, ...]) -> Row | None:
    """What an audience is told, or another program."""
    at, told, has = run.moment.now, _events(outgoing, entries), run.set_up.has
    match outgoing.kind:
        case "audience_mail":
            to = audiences.address_of(str(outgoing.facts["to"]), run.moment.policy) or ""
            return Row(at, "person", to, "mail", False, told, _audience(run, to), unsent=not has("mail"))
        case "audience_post":
            name = _channel(outgoing.lane, run.moment)
            return Row(at, "channel", name, "post", False, told, _audience(run, name))
        case "webhook":
            to = _host(outgoing, run.moment.policy)
            return Row(at, "webhook", to, "webhook", False, told, unsent=not has("webhook"))
    return None


def _audience(run: _Run, to: str) -> str:
    """As whom an address or a channel is told."""
    concerned = (each for each in run.moment.policy.audiences if run.incident.severity in each.severities)
    return ", ".join(each.name for each in concerned if to in (*each.mail, each.channel))


def _host(outgoing: Outgoing, policy: Policy) -> str:
    """Whose address it is; the rest of it may be a secret."""
    address = address_of(str(outgoing.facts["address"]), policy) or ""
    return address.partition("://")[2].partition("/")[0].rpartition("@")[2]


def _posted(run: _Run, outgoing: Outgoing, entries: tuple[Entry, ...]) -> Row:
    lane, told = outgoing.lane, _events(outgoing, entries)
    is_own = lane.startswith(run.incident.subject) and not outgoing.facts.get("broadcast")
    place: Place = "room" if is_own else "channel"
    where = "" if is_own else _channel(lane.partition("@")[2] or lane, run.moment)
    is_paged = lane.startswith("channel:") and any(isinstance(each, Paged) for each in told)
    return Row(run.moment.now, place, where, "page" if is_paged else "post", False, told)


def _told(run: _Run, person: PersonId, outgoing: Outgoing, entries: tuple[Entry, ...]) -> tuple[Event, ...]:
    told = _events(outgoing, entries)
    why = run.why.get(person)
    return (why, *told) if why and any(isinstance(each, PersonPaged) for each in told) else told


def _events(outgoing: Outgoing, entries: tuple[Entry, ...]) -> tuple[Event, ...]:
    wanted = set(outgoing.facts.get("seqs", ()))
    return tuple(entry.event for entry in entries if entry.seq in wanted)


def _channel(lane: str, moment: Moment) -> str:
    """The channel that a lane leads to, as the configuration names it."""
    if lane.startswith("channel:"):
        return lane.removeprefix("channel:")
    team = next((each for each in moment.policy.teams if lane == f"team:{each.name}"), None)
    return (team.channel if team else None) or moment.policy.channels.announce


def _called(run: _Run, event: Event) -> Iterable[Row]:
    """Services that a level pages, and for which level each person is paged from now on."""
    if not isinstance(event, Paged):
        return
    for person in (*event.people, *event.shadows):
        run.why[person] = event
    at = run.moment.now
    lost = _lost_services(run, event)
    for each in event.services:
        yield Row(at, "pagerduty", each, "pagerduty", each not in lost, (event,), unsent=each in lost)


def _lost_services(run: _Run, event: Paged) -> tuple[str, ...]:
    """The services of PagerDuty that a level pages and that cannot be told."""
    return tuple(each for each in event.services if not run.set_up.has_service(each))


def _result(run: _Run, since: datetime) -> Simulation:
    ends = [each for each in run.told if isinstance(each, NobodyAnswered)]
    passed = (who for each in run.told if isinstance(each, Paged | NobodyAnswered) for who in each.passed)
    return Simulation(
        severity=run.incident.severity,
        services=run.incident.services,
        at=since,
        rows=tuple(run.rows),
        weak=once(run.weak),
        passed=tuple(dict.fromkeys(passed)),
        paging=run.incident.paging_from is not None and bool(escalation.policies_of(run.incident, run.moment.policy)),
        nobody=tuple((each.due_at, each.policy) for each in ends),
    )
