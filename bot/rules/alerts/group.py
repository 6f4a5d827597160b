"""A group of alerts that are one: how many fire, what becomes of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from bot.rules.alerts.alert import REPORT, Alert
from bot.rules.alerts.deciding import Decision
from bot.rules.change import Outgoing
from bot.rules.entries import REMOVED, Entry
from bot.rules.events import AlertFired, AlertNoted, AlertsOver, Event, TriageDecided, Words
from bot.rules.moment import Moment
from bot.rules.policy import Policy, named
from bot.rules.refused import Refused
from bot.rules.subjects import Kind, Result

Verdict: TypeAlias = Literal["accepted", "declined", "merged"]
Triage: TypeAlias = Literal["", "waiting"] | Verdict
Known: TypeAlias = Mapping[str, tuple[str, int]]
"""The last status of each alert that was told of before, and how often it fired, by fingerprint."""


@dataclass(frozen=True, slots=True)
class Group:
    """Alerts that are one, as they stand; `escalation` is the policy that its rule names.

    `count` is how many began to fire since all was quiet last, `firing` how many still do; `latest` is the last that
    fired. `shown` counts the messages that told of it outside of an incident, at `noted_at` the last; `decided_at` is
    when somebody judged it. `silent_until`: until then nothing is done with it; `untold`: it began to fire meanwhile,
    and nobody was told.
    """

    subject: str
    title: str = ""
    source: str = ""
    severity: str = ""
    services: tuple[str, ...] = ()
    count: int = 0
    firing: int = 0
    latest: Alert | None = None
    since: datetime | None = None
    over_at: datetime | None = None
    incident: int | None = None
    triage: Triage = ""
    decided_by: str = ""
    decided_at: datetime | None = None
    reporter: str = ""
    shown: int = 0
    noted_at: datetime | None = None
    home: str = ""
    silent_until: datetime | None = None
    untold: bool = False
    escalation: str | None = None


def fires(batch: Iterable[Alert], known: Known) -> int:
    """How many of a batch begin to fire."""
    return sum(alert.is_on and _status(alert, known) == "resolved" for alert in batch)


def ends(batch: Iterable[Alert], known: Known) -> int:
    """How many of a batch fire no longer."""
    return sum(not alert.is_on and _status(alert, known) != "resolved" for alert in batch)


def _status(alert: Alert, known: Known) -> str:
    return known.get(alert.fingerprint, ("resolved", 0))[0]


def take(
    group: Group,
    moment: Moment,
    *,
    batch: tuple[Alert, ...],
    known: Known,
    decision: Decision,
    silent_until: datetime | None = None,
) -> Result[Group]:
    """Counts a batch of its alerts, each of them once in it. Told of in its own timeline: the first, and the end."""
    begun = fires(batch, known)
    firing = max(0, group.firing + begun - ends(batch, known))
    is_anew = begun > 0 and group.firing == 0
    on = [alert for alert in batch if alert.is_on]
    latest = on[-1] if on else group.latest or batch[-1]
    after = replace(
        _decided(group, decision) if on or group.latest is None else group,
        title=group.title or latest.title,
        source=latest.source,
        count=begun if is_anew and group.incident is None else group.count + begun,
        firing=firing,
        latest=latest,
        since=moment.now if is_anew else group.since,
        over_at=moment.now if group.firing and not firing else None if firing else group.over_at,
        silent_until=(silent_until if on else group.silent_until) if firing else None,
        untold=firing > 0 and (silent_until is not None if is_anew else group.untold),
    )
    return Result(after, tuple(_events(group, after, is_anew)))


def _decided(group: Group, decision: Decision) -> Group:
    """As what fires now says; that it is over says nothing new of what it is."""
    return replace(group, severity=decision.severity, services=decision.services, escalation=decision.policy)


def _events(before: Group, after: Group, is_anew: bool) -> Iterable[Event]:
    if is_anew:
        yield fired(after, again=before.count > 0)
    if before.firing and not after.firing:
        yield ended(after)


def fired(group: Group, *, again: bool = False) -> AlertFired:
    """What is told of it where it fires."""
    lacks = group.latest.lacks if group.latest else ()
    return AlertFired(group.source, Words(group.title), group.subject, max(group.count, 1), again, lacks)


def ended(group: Group, *, offered: bool = False) -> AlertsOver:
    """What is told of it once none of it fires; `offered`: it is asked to resolve its incident."""
    return AlertsOver(group.source, Words(group.title), group.subject, group.count, offered=offered)


def report(group: Group, moment: Moment, *, alert: Alert, services: tuple[str, ...] = ()) -> Result[Group]:
    """What somebody noticed: to be judged, and never over by itself."""
    told = replace(
        group,
        title=alert.title,
        source=alert.source,
        services=services,
        count=1,
        latest=alert,
        since=moment.now,
        reporter=alert.labels.get("who", ""),
    )
    return note(told, moment, do="triage")


def note(group: Group, moment: Moment, *, do: Literal["triage", "notify"]) -> Result[Group]:
    """It is told outside of an incident: to be judged where that is done, or only to be known to who owns it."""
    latest = group.latest
    told = AlertNoted(
        group.source, Words(group.title), do, Words(latest.summary if latest else ""), Words(group.reporter)
    )
    home = "triage" if do == "triage" else _home(group, moment.policy)
    triage: Triage = "waiting" if do == "triage" else ""
    shown = replace(group, triage=triage, shown=group.shown + 1, noted_at=moment.now, home=home)
    return Result(replace(shown, decided_by="", decided_at=None), (told,))


def _home(group: Group, policy: Policy) -> str:
    """The lane of the team that owns it, else of the announcement channel."""
    owner = next((each.team for each in policy.services_of(group.services) if each.team), None)
    team = named(policy.teams, owner)
    return f"team:{team.name}" if team and team.channel else "announce"


def is_to_note(group: Group, decision: Decision, begun: int, moment: Moment) -> bool:
    """Whether a message of its own tells of it now: not where one waits already, or somebody has just judged it."""
    if decision.do not in {"triage", "notify"} or not begun or group.silent_until:
        return False
    fresh = group.decided_at and moment.now - group.decided_at <= moment.policy.alerting.reopen_within
    is_told = bool(group.noted_at and group.since and group.noted_at >= group.since)
    return not is_told and group.triage != "waiting" and not fresh


def judge(group: Group, moment: Moment, *, by: str, decision: Verdict, number: int | None = None) -> Result[Group]:
    """Somebody says what it is. Raises Refused where that was said already."""
    require_waiting(group)
    judged = replace(group, triage=decision, decided_by=by, decided_at=moment.now, incident=number or group.incident)
    return Result(judged, (TriageDecided(decision, by, number),))


def require_waiting(group: Group) -> None:
    """Raises Refused for what nobody has to judge any more."""
    if group.triage != "waiting":
        did = f"<@{group.decided_by}> {group.triage} it already." if group.decided_by else "It waits for nobody."
        is_named = group.incident and group.triage != "merged"  # into a private one, perhaps: its card names the others
        where = f" It is INC-{group.incident}." if is_named else ""
        raise Refused(f"{did}{where}")


def next_look(group: Group, moment: Moment) -> datetime | None:
    """When a silence ends under which it still fires; when its time is up and its texts are removed."""
    if group.silent_until and group.firing:
        return max(group.silent_until, moment.now)
    return forgets_at(group, moment.policy)


def forgets_at(group: Group, policy: Policy) -> datetime | None:
    """When what was written in it is removed, as of an incident: so long after it was over, or judged."""
    if policy.keep is None or group.latest is None or group.firing or group.triage == "waiting":
        return None
    ends = [at for at in (group.over_at, group.decided_at, group.since) if at]
    return max(ends) + policy.keep if ends else None


def forgotten(group: Group) -> Group:
    """The group without what was written; what a program calls its alert stays."""
    title = REMOVED if group.source == REPORT else group.title
    return replace(group, title=title, latest=None, reporter="")


def wake(group: Group, moment: Moment) -> Result[Group]:
    """A silence was lifted: it is looked at again at once."""
    return Result(replace(group, silent_until=moment.now) if group.silent_until else group)


def tell(before: Group, after: Group, entries: tuple[Entry, ...], policy: Policy) -> Iterable[Outgoing]:
    """The message that tells of it outside of an incident: posted, then edited in place."""
    if after.shown > before.shown:
        yield Outgoing(after.home, "alert", slot(after))
    elif after.shown and _seen(before) != _seen(after):
        yield Outgoing(slot(after), "alert", slot(after))


def slot(group: Group) -> str:
    """Of its message; the lane of its edits as well."""
    return f"{group.subject}/card-{group.shown}"


def _seen(group: Group) -> tuple[object, ...]:
    """What its message shows; of a count only how great it is."""
    return group.triage, group.incident, group.firing > 0, len(str(group.count)), group.decided_by


def _is_open(group: Group) -> bool:
    return bool(group.firing or group.triage == "waiting")


KIND: Kind[Group] = Kind(Group, next_look, tell=tell, is_open=_is_open, called="an alert")
