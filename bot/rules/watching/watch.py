"""What is watched, and from where on it is wrong or right again: frozen, checked, complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Measure:
    """What a kind of watch measures: how it is called and shown, and the limits where none are configured.

    It is wrong beyond `fire` and right again at `recover`, which lies on the good side of it. `asks` says whom.
    """

    title: str
    unit: str
    fire: float
    recover: float
    asks: str = "prometheus"


MEASURES: Mapping[str, Measure] = {
    "error_rate": Measure("error rate", "%", 0.05, 0.01),
    "latency": Measure("p99 latency", "s", 5.0, 1.0),
    "traffic": Measure("traffic", "% of what is expected", 0.5, 0.9),
    "saturation": Measure("saturation", "%", 0.9, 0.75),
    "deviation": Measure("deviation from the same hour of past weeks", "%", 0.5, 0.2),
    "http": Measure("check", "", 1.0, 0.0, asks="http"),
}
"""Every kind of watch, with the guides' limits. Shares are told as fractions of 1, latency in seconds."""

FOR: Mapping[str, timedelta] = {"prometheus": timedelta(minutes=5), "http": timedelta(minutes=2)}
"""How long it has to be so, by whom is asked."""

EVERY = timedelta(seconds=30)
WEEKS = 3
"""Past weeks whose same hour is what is expected."""


@dataclass(frozen=True, slots=True)
class Watch:
    """One thing that is watched. `expected` is a query or a figure for traffic; without it past weeks tell.

    For an address: `status` is what it has to answer, `words` have to stand in the answer, and `slower` seconds are
    too long.
    """

    name: str
    kind: str
    fire: float
    recover: float
    lasting: timedelta
    every: timedelta = EVERY
    service: str = ""
    severity: str | None = None
    query: str = ""
    expected: str = ""
    url: str = ""
    status: int = 200
    words: str = ""
    slower: float | None = None
    runbook: str = ""
    dashboard: str = ""

    @property
    def measure(self) -> Measure:
        """What it measures."""
        return MEASURES[self.kind]

    @property
    def subject(self) -> str:
        """The key of its timeline and of its readings."""
        return f"watch:{self.name}"

    @property
    def is_high_bad(self) -> bool:
        """Whether more is worse; of traffic less is."""
        return self.measure.fire >= self.measure.recover  # its own limits may be one and the same

    @property
    def is_compared(self) -> bool:
        """Whether it is compared with past weeks."""
        return self.kind == "deviation" or (self.kind == "traffic" and not self.expected)

    def is_bad(self, value: float) -> bool:
        """Whether it is beyond the limit at which it fires."""
        return value >= self.fire if self.is_high_bad else value < self.fire

    def is_good(self, value: float) -> bool:
        """Whether it is as it should be again."""
        return value <= self.recover if self.is_high_bad else value >= self.recover

    def worst(self, values: tuple[float, ...]) -> float:
        """The one of several that matters."""
        return max(values) if self.is_high_bad else min(values)

    def shown(self, value: float) -> str:
        """`7.2 %`, `1.3 s`."""
        unit = self.measure.unit
        return f"{value * 100:.3g} {unit}" if unit.startswith("%") else f"{value:.3g} {unit}".strip()

    def wanted(self, limit: float) -> str:
        """A limit beside a figure, which says already what it is a share of: `50 %`."""
        return self.shown(limit).partition(" of ")[0]


def relative(watch: Watch, value: float, usual: float) -> float | None:
    """A figure as a share of what is expected, or how far it is away from it.

    Where nothing is expected, as at night, no traffic is too little; how far something is from nothing nobody can say.
    """
    is_far = watch.kind == "deviation"
    if usual <= 0:
        return None if is_far and value else 0.0 if is_far else 1.0
    share = value / usual
    return abs(share - 1) if is_far else share
