"""What calls in regularly: its silence is the alert."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.configured import Heartbeat
from bot.rules.calendar import Duration
from bot.rules.events import HeartbeatBack, HeartbeatMissed
from bot.rules.moment import Away, Moment
from bot.rules.policy import Policy
from bot.rules.refused import Refused, known
from bot.rules.subjects import Kind, Result

SOURCE = "heartbeat"


@dataclass(frozen=True, slots=True)
class Beating:
    """When it was last heard; `missed` once it has been silent for too long."""

    subject: str
    heard: datetime | None = None
    missed: bool = False

    @property
    def name(self) -> str:
        """As the configuration calls it."""
        return self.subject.partition(":")[2]


def heartbeat(policy: Policy, name: str) -> Heartbeat:
    """The configured one of that name. Raises Refused with those that there are."""
    found = _configured(policy, name)
    if found is None:
        raise Refused(known("heartbeat", name[:60], (each.name for each in policy.alerting.heartbeats)))
    return found


def _configured(policy: Policy, name: str) -> Heartbeat | None:
    return next((each for each in policy.alerting.heartbeats if each.name == name), None)


def beat(beating: Beating, moment: Moment) -> Result[Beating]:
    """It calls in."""
    heard = replace(beating, heard=moment.now, missed=False)
    return Result(heard, (HeartbeatBack(beating.name),) if beating.missed else ())


def next_look(beating: Beating, moment: Moment) -> datetime | None:
    """When it has been silent for too long; one that never called in is not waited for."""
    found = _configured(moment.policy, beating.name)
    if found is None or beating.heard is None or beating.missed:
        return None
    return beating.heard + found.every + _unheard(beating.heard, moment.away)


def _unheard(heard: datetime, away: Away | None) -> timedelta:
    """How long since then no Tocsin was there to be called: that is no silence."""
    return max(timedelta(), away.until - max(heard, away.since)) if away else timedelta()


def remind(beating: Beating, moment: Moment) -> Result[Beating]:
    """It has been silent for too long: said once."""
    due_at = next_look(beating, moment)
    if due_at is None or due_at > moment.now:
        return Result(beating)
    return Result(replace(beating, missed=True), (HeartbeatMissed(beating.name, due_at),))


def alert_of(found: Heartbeat, *, missed: bool) -> Alert:
    """Its silence as an alert, or the end of it."""
    every = Duration(seconds=int(found.every.total_seconds()))
    return Alert(
        source=SOURCE,
        fingerprint=found.name,
        title=f"Nothing is heard from {found.name}",
        status="firing" if missed else "resolved",
        summary=f"It calls in every {every} while all is well.",
        value="silent",
        threshold=f"{every}",
        severity="critical",
        service=found.services[0] if found.services else "",
        labels={"heartbeat": found.name},
    )


KIND: Kind[Beating] = Kind(
    Beating, next_look, remind, is_open=lambda beating: beating.heard is not None, falls="heartbeat missing"
)
