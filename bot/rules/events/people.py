"""Who takes part: roles, hand-over, who follows, who may see a private one, who came and went."""

from dataclasses import dataclass

from bot.rules.events.event import Event, Words


@dataclass(frozen=True, slots=True)
class RoleAssigned(Event):
    """`previous` held the role until now; `brief`: it is the first time, so the person is told what the role asks."""

    role: str
    person: str
    previous: str | None = None
    brief: bool = True


@dataclass(frozen=True, slots=True)
class HandoffOffered(Event):
    """`by` commands until `to` takes command."""

    by: str
    to: str
    note: Words = Words("")


@dataclass(frozen=True, slots=True)
class HandoffDeclined(Event):
    """`to` does not take command; `by` still has it."""

    by: str
    to: str


@dataclass(frozen=True, slots=True)
class Joined(Event):
    """Pressed *I can help*: a responder from now on. `called`: they were paged for what somebody has, and come."""

    person: str
    called: bool = False


@dataclass(frozen=True, slots=True)
class Followed(Event):
    person: str


@dataclass(frozen=True, slots=True)
class Unfollowed(Event):
    person: str


@dataclass(frozen=True, slots=True)
class MadePrivate(Event):
    """`people` may see it from now on, the `paged` for that alone; `former` is the channel that many may have read."""

    people: tuple[str, ...]
    former: str | None = None
    paged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AccessRequested(Event):
    """`asked` decides."""

    person: str
    asked: str


@dataclass(frozen=True, slots=True)
class AccessGranted(Event):
    person: str


@dataclass(frozen=True, slots=True)
class AccessDenied(Event):
    person: str


@dataclass(frozen=True, slots=True)
class HolderGone(Event):
    """Who holds `roles` left the channel (`why`: left) or was deactivated in Slack (`why`: deactivated)."""

    person: str
    roles: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class MemberJoined(Event):
    person: str


@dataclass(frozen=True, slots=True)
class MemberLeft(Event):
    person: str
