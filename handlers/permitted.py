"""The permission that each door asks for, and who is turned away at it before a form opens or something is shown.

What changes something is asked once more, and for good, where it is changed.
"""

from collections.abc import Mapping

from bot.rules import permissions
from bot.rules.incident import Incident
from bot.rules.refused import Refused
from handlers.parts import Parts
from handlers.request import Request

LOOK = "incident:list"
PAGES = ("page_useless", "page_useful")

DOORS: Mapping[str, str] = {
    f"incident:{door}": act
    for act, doors in {
        "declare": ("declare", "declare_message", "declare_kind", "declare_services", "another"),
        "page": ("escalate", "ask"),
        "acknowledge": ("acknowledge", "unacknowledge", "decline_page"),
        "status": ("status",),
        "severity": ("severity", "raise"),
        "update": ("update", "in_hand", "here"),
        "note": ("note", "event", "timeline"),
        "service": ("service",),
        "snooze": ("snooze", "keep_awake"),
        "resolve": ("resolve",),
        "reopen": ("reopen",),
        "cancel": ("cancel",),
        "merge": ("merge",),
        "edit": ("edit", "undo"),
        "role": ("command", "take_command", "role", "handoff", "handoff_accept", "handoff_decline"),
        "join": ("join", "follow", "unfollow"),
        "archive": ("archive", "keep_channel"),
        "private": ("private",),
        "access": ("grant", "deny"),
        "alerts": ("alert_accept", "alert_decline", "alert_merge", "silence"),
        "look": ("list", "show", "catchup", "changes", "home", "more", "pick", "simulate", "oncall", "health_share"),
        "override": ("override", "override_remove", "cover", "cover_take", "cover_drop", "duty_notes", *PAGES),
        "breakglass": ("breakglass",),
    }.items()
    for door in doors
}
"""The act behind each door; what is not named (the help, *Request access*) is for all people of the workspace."""


def welcomes(bot: Parts, request: Request, door: str | None) -> bool:
    """Whether the person may perhaps go through, as far as is known without looking anything up."""
    try:
        require_welcome(bot, request, door)
    except Refused:
        return False
    return True


def require_welcome(bot: Parts, request: Request, door: str | None) -> None:
    """Raises Refused for bots and strangers, where no permission names such as them."""
    permissions.require_welcome(bot.policy, DOORS.get(door or ""), request.standing)


async def require(bot: Parts, request: Request, door: str, incident: Incident | None = None) -> None:
    """Raises Refused for who may not do what is behind the door."""
    if act := DOORS.get(door):
        await bot.incidents.require(act, request.origin, incident)


async def may_look(bot: Parts, request: Request) -> bool:
    """Whether the person may be shown incidents."""
    try:
        await require(bot, request, LOOK)
    except Refused:
        return False
    return True
