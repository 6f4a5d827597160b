"""Readings over time against limits: it fires, it has recovered, or nobody knows.

Between the two limits nothing changes (hysteresis), and both have to last. A reading that failed speaks neither for
nor against anything; that there have been none for a while is a state, and an alert, of its own.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.rules.events import Event, WatchBlind, WatchFired, WatchRecovered, WatchSees, Words
from bot.rules.moment import Moment
from bot.rules.subjects import Kind, Result
from bot.rules.watching.watch import Watch

KEPT = 120
"""Readings that are kept: an hour of them, at two a minute."""

BLIND_AFTER = timedelta(minutes=5)
"""Nothing measured for so long (or for four readings, or for as long as the watch's own `for`) is told."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured at that moment; None where nothing was, and why."""

    at: datetime
    value: float | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A watch as it stands. `turning` is since when readings speak against what holds.

    `dark` is since when nothing was measured, and `light` since when something is again; `blind`: that was told.
    """

    firing: bool = False
    turning: datetime | None = None
    blind: bool = False
    dark: datetime | None = None
    light: datetime | None = None
    readings: tuple[Reading, ...] = ()

    @property
    def last(self) -> Reading | None:
        """The last reading that measured something."""
        return next((each for each in reversed(self.readings) if each.value is not None), None)

    @property
    def asked(self) -> datetime | None:
        """When it was asked last."""
        return self.readings[-1].at if self.readings else None


def is_due(watched: Watched, watch: Watch, now: datetime) -> bool:
    """Whether it is time to ask; another program may have done so just now."""
    return watched.asked is None or not timedelta() <= now - watched.asked < watch.every * 0.8


def take(watched: Watched, moment: Moment, *, watch: Watch, reading: Reading) -> Result[Watched]:
    """One reading more, and what follows from it."""
    if not is_due(watched, watch, moment.now):
        return Result(watched)
    patience = max(watch.every * 4, watch.lasting)
    before = watched.last
    if before is not None and moment.now - before.at > patience:
        watched = replace(watched, turning=None)  # what was seen so long ago says nothing about the time between
    after = replace(watched, readings=(*watched.readings, reading)[-KEPT:])
    if reading.value is None:
        return _dark(after, reading, max(BLIND_AFTER, patience))
    seen = _light(after, watch, reading)
    judged = _judged(seen.state, watch, reading, reading.value)
    return Result(judged.state, (*seen.events, *judged.events))


def _judged(watched: Watched, watch: Watch, reading: Reading, value: float) -> Result[Watched]:
    is_against = watch.is_good(value) if watched.firing else watch.is_bad(value)
    if not is_against:
        return Result(replace(watched, turning=None))
    since = watched.turning or reading.at
    if reading.at - since < watch.lasting:
        return Result(replace(watched, turning=since))
    limit = watch.recover if watched.firing else watch.fire
    told = (reading.why, "") if watch.measure.asks == "http" else (watch.shown(value), watch.wanted(limit))
    event: Event = (WatchRecovered if watched.firing else WatchFired)(*told, since)
    return Result(replace(watched, firing=not watched.firing, turning=None), (event,))


def _dark(watched: Watched, reading: Reading, patience: timedelta) -> Result[Watched]:
    """Nothing was measured: told once it has been so for a while."""
    since = watched.dark or reading.at
    after = replace(watched, dark=since, light=None)
    if watched.blind or reading.at - since < patience:
        return Result(after)
    return Result(replace(after, blind=True), (WatchBlind(since, Words(reading.why)),))


def _light(watched: Watched, watch: Watch, reading: Reading) -> Result[Watched]:
    """Something was measured: told, where its absence was, once that has lasted too."""
    if not watched.blind:
        return Result(replace(watched, dark=None, light=None))
    since = watched.light or reading.at
    if reading.at - since < watch.lasting:
        return Result(replace(watched, light=since))
    return Result(replace(watched, blind=False, dark=None, light=None), (WatchSees(since),))


KIND: Kind[Watched] = Kind(lambda _subject: Watched())
