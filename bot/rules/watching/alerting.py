"""What a watch sees, as an alert like any other; and what it says in the incident once it is right again."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.configured import AlertRule
from bot.rules.change import Change
from bot.rules.events import Event, RecoveryVerified, WatchBlind, WatchFired, WatchRecovered, WatchSees
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.refused import Refused
from bot.rules.watching.watch import Watch

SOURCE = "watch"
TOLD_FOR = timedelta(hours=1)
"""How long after its end an incident is still told that a figure is right again."""

NO_DATA = "No data from Prometheus"
BLIND = {True: "yes", False: "no"}

_LOGIN = re.compile(r"^(https?://)[^/?#]*@")
"""The name and password in an address that is asked: what everybody in the channel reads is without them."""


def alert(watch: Watch, event: Event) -> Alert | None:
    """The alert that an event of a watch is; None for any other."""
    made = ALERTS.get(type(event))
    return made(watch, event) if made else None


def _fired(watch: Watch, event: WatchFired) -> Alert:
    side = "less than" if watch.is_high_bad else "at least"
    value = f"{watch.measure.title} is {event.value}, {side} {event.wanted} wanted" if event.wanted else event.value
    threshold = event.wanted or f"status {watch.status}"
    told: dict[str, Any] = {"summary": _sentence(value), "value": event.value, "threshold": threshold}
    return _alert(watch, status="firing", severity="critical", began=event.since, **told)


def _recovered(watch: Watch, event: WatchRecovered) -> Alert:
    summary = _sentence(back(watch.measure.title, event.value, event.wanted))
    return _alert(watch, status="resolved", severity="critical", summary=summary, ended=event.since)


def back(what: str, value: str, wanted: str) -> str:
    """`error rate is back at 0.4 %, 1 % wanted`; an address `answers 200 in 0.1 s` again."""
    return f"{what} is back at {value}, {wanted} wanted" if wanted else f"{value} again"


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def _blind(watch: Watch, event: WatchBlind) -> Alert:
    why = f": {event.why}" if event.why else ""
    summary = f"Nothing has been measured of {watch.name} for a while, so nobody knows how it is{why}."
    return _alert(watch, blind=True, status="firing", severity="warning", summary=summary, began=event.since)


def _sees(watch: Watch, event: WatchSees) -> Alert:
    return _alert(watch, blind=True, status="resolved", severity="warning", ended=event.since)


def _alert(watch: Watch, *, blind: bool = False, **facts: Any) -> Alert:
    """All that cannot be measured is one group: a Prometheus that is down is one card, not one for each watch."""
    return Alert(
        source=SOURCE,
        fingerprint=f"{watch.name}: no data" if blind else watch.name,
        title=NO_DATA if blind else watch.name,
        service="" if blind else watch.service,
        labels={"watch": watch.name, "kind": watch.kind, "blind": BLIND[blind]},
        runbook=watch.runbook,
        dashboard=watch.dashboard,
        link=_LOGIN.sub(r"\1", watch.url),
        **facts,
    )


ALERTS: Mapping[type[Event], Callable[[Watch, Any], Alert]] = {
    WatchFired: _fired,
    WatchRecovered: _recovered,
    WatchBlind: _blind,
    WatchSees: _sees,
}


def rules(watches: Iterable[Watch]) -> tuple[AlertRule, ...]:
    """What is done with the alerts of watches where no rule of the configuration says otherwise: they declare."""
    return tuple(
        AlertRule(
            do="declare",
            sources=(SOURCE,),
            labels={"watch": (literally(each.name),), "blind": (BLIND[False],)},
            severity=each.severity,
            services=(each.service,) if each.service else (),
        )
        for each in watches
    )


def literally(name: str) -> str:
    """The pattern that only this name fits."""
    return "".join(f"[{sign}]" if sign in "[*?" else sign for sign in name)


def verify(incident: Incident, moment: Moment, *, watch: Watch, event: WatchRecovered) -> Change:
    """What is measured is right again, as the incident's people may want to know before they resolve it.

    Raises Refused where it was closed so long ago that nobody waits for that any more.
    """
    if incident.closed_at and moment.now - incident.closed_at > TOLD_FOR:
        raise Refused(f"{incident.name} has been closed for long.")
    told = RecoveryVerified(watch.name, watch.measure.title, event.value, event.wanted, event.since)
    return Change(incident, (told,))
