# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""What shows that it is over: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import RecoveryVerified
from bot.rules.watching.alerting import back
from bot.views.messages.scene import Scene, Wording
from bot.views.text import one_line, sentence


def recovery_verified(event: RecoveryVerified, entry: Entry, scene: Scene) -> Wording:
    """The figure, and what it should be; it is for people to say that it is over."""
    told = sentence(one_line(back(event.what, event.value, event.wanted)))
    more = "Make sure that users see the same before you resolve." if scene.incident.is_open else ""
    return Wording(f"📈 {told}, since {scene.when(event.since)}.", more)
