"""The configuration's own rules, carried out: beside what a change says anyhow, and in the same transaction."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from bot.rules import announcing, events
from bot.rules.audience import tell
from bot.rules.automation import put_off
from bot.rules.automation.rule import Automation, When
from bot.rules.calendar import Duration
from bot.rules.change import Change, Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Event, Paged, Words
from bot.rules.incident import Incident
from bot.rules.marks import mark_of
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import Level
from bot.rules.paging import escalation, levels, pagerduty
from bot.rules.policy import Policy

TELLS: Mapping[When, Callable[[Event], bool]] = {
    "declared": lambda event: isinstance(event, events.Declared) and not event.over,
    "severity": lambda event: isinstance(event, events.SeverityChanged),
    "status": lambda event: isinstance(
        event, events.StatusChanged | events.Acknowledged | events.Reopened | events.Cancelled
    ),
    "resolved": lambda event: isinstance(event, events.Resolved) and event.at is None,
}
"""By which event each is known."""

NOTE = Words("a rule of the configuration")


def with_pages(change: Change, moment: Moment) -> Change:
    """The change with whom the configuration's rules page because of it, or since Slack has told at last who it is."""
    incident, told = change.incident, list(change.events)
    for rule in moment.policy.rules:
        is_new = rule.do == "page" and _applies(rule, incident, change.events, moment.policy)
        if not (is_new or put_off.is_wanted(incident, rule, moment)):
            continue
        reached = _reached(rule, incident, moment, is_new=is_new)
        if _is_untold(reached, moment):
            incident = put_off.put_off(incident, rule, moment)
        if reached.is_anybody:
            told.append(_paged(moment, reached, incident))
        if reached.is_anybody and not incident.is_test:
            incident = escalation.with_paged(incident, moment, reached.people)
            incident = pagerduty.with_services(incident, reached.services, moment.now)
    incident = put_off.over(incident, moment)
    return change if incident is change.incident and len(told) == len(change.events) else _with(change, incident, told)


def _with(change: Change, incident: Incident, told: list[Event]) -> Change:
    return replace(change, incident=incident, events=tuple(told))


def _reached(rule: Automation, incident: Incident, moment: Moment, *, is_new: bool) -> levels.Reached:
    """Whom it pages that was not paged just now; where it waited, whom nothing has paged since."""
    found = levels.reach(Level(rule.page, Duration()), moment, private=incident.private)
    if not is_new:
        return replace(
            found, people=tuple(each for each in found.people if each not in incident.paged), channels=(), services=()
        )
    return replace(found, people=tuple(each for each in found.people if incident.paged.get(each) != moment.now))


def _is_untold(reached: levels.Reached, moment: Moment) -> bool:
    return bool(reached.missing) and not moment.roster.is_told


def _paged(moment: Moment, reached: levels.Reached, incident: Incident) -> Paged:
    return Paged(
        policy="",
        level=0,
        people=reached.people,
        why="asked",
        due_at=moment.now,
        shadows=reached.shadows,
        channels=reached.channels,
        services=reached.services,
        passed=reached.missing,
        untold=_is_untold(reached, moment),
        would=incident.is_test,
        note=NOTE,
    )


def automated(after: Incident, entries: tuple[Entry, ...], policy: Policy) -> Iterable[Outgoing]:
    """What goes out because of the configuration's rules: of a private incident nothing, of a test what would."""
    if after.private:
        return
    held = [(rule, found) for rule in policy.rules if (found := _found(rule, after, entries, policy))]
    if after.is_test:
        yield from _tried(after, held)
        return
    for rule, found in held:
        yield from _done(rule, after, found)


def _found(rule: Automation, after: Incident, entries: tuple[Entry, ...], policy: Policy) -> list[Entry]:
    """The entries because of which the rule does something."""
    return [entry for entry in entries if _applies(rule, after, (entry.event,), policy)]


def going_out(
    before: Incident | None, after: Incident, entries: tuple[Entry, ...], policy: Policy
) -> tuple[Outgoing, ...]:
    """All that goes out because of a change: what it says anyhow, then what the configuration's rules want."""
    return (*tell(before, after, entries, policy), *automated(after, entries, policy))


def _done(rule: Automation, after: Incident, entries: list[Entry]) -> Iterable[Outgoing]:
    facts = {"seqs": [entry.seq for entry in entries]}
    match rule.do:
        case "invite" if after.room == "channel":
            yield Outgoing(announcing.channel(after), "invite", facts={"people": [], "names": list(rule.who)})
        case "post":
            yield _post(f"channel:{rule.channel}", rule, after, facts)
        case "webhook":
            mark = mark_of(rule.url)
            yield Outgoing(f"webhook:{mark}", "webhook", facts={**facts, "address": mark})


def _tried(after: Incident, held: list[tuple[Automation, list[Entry]]]) -> Iterable[Outgoing]:
    """One message of all that would be done, to who declared it; whom it would page is told as every page of a test."""
    would = [deed for rule, _ in held for deed in _deeds(rule, after)]
    if would and after.declarer:
        seqs = sorted({entry.seq for _, found in held for entry in found})
        yield Outgoing(f"person:{after.declarer}", "rules_would", facts={"seqs": seqs, "would": would})


def _deeds(rule: Automation, after: Incident) -> Iterable[tuple[str, str]]:
    """What a rule would do, and to whom or where; of an address only its mark."""
    match rule.do:
        case "invite" if after.room == "channel":
            yield from (("invite", name) for name in rule.who)
        case "post":
            yield "post", rule.channel
        case "webhook":
            yield "webhook", mark_of(rule.url)


def _post(lane: str, rule: Automation, after: Incident, facts: Mapping[str, list[int]]) -> Outgoing:
    """A new incident is announced there as well, and that is kept current; what happens later is one message."""
    if rule.on == "declared":
        return Outgoing(lane, "announcement", announcing.standing(after, lane), {"lane": lane})
    return Outgoing(lane, "message", facts={**facts, "place": "thread"})


def later(incident: Incident, policy: Policy) -> Iterable[Automation]:
    """The rules that do something once somebody changes its severity or status, or resolves it."""
    for rule in policy.rules:
        if rule.on == "declared" or (rule.on == "severity" and rule.severities == (incident.severity,)):
            continue
        severities = () if rule.on == "severity" else rule.severities
        if _fits(replace(rule, severities=severities, statuses=()), incident, policy):
            yield rule


def _applies(rule: Automation, after: Incident, happened: Iterable[Event], policy: Policy) -> bool:
    return any(TELLS[rule.on](event) for event in happened) and _fits(rule, after, policy)


def _fits(rule: Automation, after: Incident, policy: Policy) -> bool:
    """Whether all holds that stands under its `when`."""
    owners = {service.team for service in policy.services_of(after.services)}
    wanted: tuple[tuple[tuple[str, ...], set[str | None]], ...] = (
        (rule.severities, {after.severity}),
        (rule.services, set(after.services)),
        (rule.teams, owners),
        (rule.statuses, {after.status.value}),
    )
    return all(not asked or not found.isdisjoint(asked) for asked, found in wanted)


def address_of(mark: str, policy: Policy) -> str | None:
    """The address behind a mark; None where the configuration dropped it."""
    return next((rule.url for rule in policy.rules if rule.url and mark_of(rule.url) == mark), None)
