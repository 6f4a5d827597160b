"""What the configuration wants done by itself: when something happens to an incident, for which ones, and what."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.rules.oncall.rotation import Target

When: TypeAlias = Literal["declared", "severity", "status", "resolved"]
Deed: TypeAlias = Literal["invite", "post", "page", "webhook"]


@dataclass(frozen=True, slots=True)
class Automation:
    """One rule of the configuration. What `severities`, `services`, `teams` and `statuses` leave empty is any.

    `who` is added to the channel (groups and people), `page` is paged, `channel` is posted in, `url` is told of it.
    """

    on: When
    do: Deed
    severities: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    page: tuple[Target, ...] = ()
    channel: str = ""
    url: str = ""


def host_of(address: str) -> str:
    """Whose address it is; the rest of it may be a secret."""
    return address.partition("://")[2].partition("/")[0].rpartition("@")[2]
