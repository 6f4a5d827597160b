"""What shows that it is over."""

from dataclasses import dataclass
from datetime import datetime

from bot.rules.events.event import Event


@dataclass(frozen=True, slots=True)
class RecoveryVerified(Event):
    """What a watch measures has been right again since then; `value` and `wanted` as they are shown."""

    watch: str
    what: str
    value: str
    wanted: str
    since: datetime
