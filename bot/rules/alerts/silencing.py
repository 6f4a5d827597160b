"""Silences: for a while, alerts that match are kept and do nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.configured import Maintenance
from bot.rules.alerts.deciding import decide, fits
from bot.rules.events import Silenced, SilenceLifted, Words
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.subjects import Kind, Result

LONGEST = timedelta(days=30)
MOST = 200
"""Silences at a time."""


@dataclass(frozen=True, slots=True)
class Silence:
    """Alerts that match `what` do nothing until then."""

    number: int
    what: str
    until: datetime
    by: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What holds for the whole workspace; `given` is the number of the last silence."""

    silences: tuple[Silence, ...] = ()
    given: int = 0


def silence(
    workspace: Workspace, moment: Moment, *, by: str, what: str, until: datetime, why: str
) -> Result[Workspace]:
    """From now on alerts that match do nothing, until then. Raises Refused for a time that is none."""
    if not what:
        raise Refused("Say what is to be silent: a service, an alert's name or `label=value`.", field="what")
    if not moment.now < until <= moment.now + LONGEST:
        raise Refused("Say for how long, up to 30 days: `2h`, `45m`, `3d`.", field="until")
    held = standing(workspace, moment.now)
    if len(held) >= MOST:
        raise Refused(f"There are {MOST} silences already. Lift one first.")
    number = workspace.given + 1
    made = Silence(number, what, until, by, why)
    event = Silenced(number=number, what=Words(what), until=until, why=Words(why))
    return Result(Workspace((*held, made), number), (event,))


def lift(workspace: Workspace, moment: Moment, *, number: int) -> Result[Workspace]:
    """Ends a silence before its time. Raises Refused where there is none of that number."""
    held = standing(workspace, moment.now)
    ended = next((each for each in held if each.number == number), None)
    if ended is None:
        raise Refused(f"There is no silence {number}. `{moment.policy.command} silence` lists them.")
    left = tuple(each for each in held if each.number != number)
    return Result(replace(workspace, silences=left), (SilenceLifted(number=number, what=Words(ended.what)),))


def standing(workspace: Workspace, now: datetime) -> tuple[Silence, ...]:
    """The silences that have not ended."""
    return tuple(each for each in workspace.silences if each.until > now)


def silent_until(alert: Alert, workspace: Workspace, policy: Policy, now: datetime) -> datetime | None:
    """Until when an alert is to do nothing; None where nothing silences it."""
    windows = (each for each in policy.alerting.maintenance if each.since <= now < each.until)
    held: tuple[Maintenance | Silence, ...] = (*windows, *standing(workspace, now))
    services = decide(alert, policy).services if held else ()
    meant = (each.until for each in held if covers(each.what, alert) or names(each.what, services, policy))
    return max(meant, default=None)


def all_silent_until(batch: Iterable[Alert], workspace: Workspace, moment: Moment) -> datetime | None:
    """Until when nothing is done with a batch: only where each alert of it that fires is silenced."""
    ends = [silent_until(each, workspace, moment.policy, moment.now) for each in batch if each.is_on]
    known = [end for end in ends if end]
    return max(known) if known and len(known) == len(ends) else None


def covers(what: str, alert: Alert) -> bool:
    """Whether `checkout`, `service:checkout`, `env=staging` or `all` means this alert; patterns may be used."""
    if what.casefold() == "all" or fits((what,), alert.title) or fits((what,), alert.service):
        return True
    pairs = (what.partition(separator) for separator in "=:")
    return any(value.strip() and fits((value.strip(),), alert.called(name.strip())) for name, _, value in pairs)


def names(what: str, services: Iterable[str], policy: Policy) -> bool:
    """Whether `checkout`, one of its aliases or `service:checkout` means one of the services of an alert's incident."""
    label, _, word = what.replace("=", ":", 1).rpartition(":")
    if label.strip().casefold() not in {"", "service"}:
        return False
    known = policy.meant((word.strip(),))
    return any(each in known or fits((word.strip(),), each) for each in services)


KIND: Kind[Workspace] = Kind(lambda _subject: Workspace())
