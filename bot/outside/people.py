"""Somebody in the workspace, as Slack's Web API and its events tell of them."""

from collections.abc import Mapping
from typing import Any

from bot.rules.moment import Person


def person_of(user: Mapping[str, Any]) -> Person:
    """What is kept of a user object of Slack's; its `id` is there, all else may be missing."""
    profile = user.get("profile")
    shown = profile.get("display_name") if isinstance(profile, Mapping) else None
    zone = user.get("tz")
    return Person(
        id=str(user["id"]),
        name=str(shown or user.get("real_name") or user.get("name") or ""),
        timezone=zone if isinstance(zone, str) else None,
        active=not user.get("deleted"),
        guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
        bot=bool(user.get("is_bot")),
    )
