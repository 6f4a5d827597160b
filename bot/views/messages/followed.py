"""What those who follow an incident are sent: what happened and the next promise, and how to stop; nothing to do."""

from dataclasses import replace

from bot.rules import events
from bot.rules.events import Event
from bot.views.blocks import Block
from bot.views.messages.scene import Scene, Wording, next_update

FOLLOWED: tuple[type[Event], ...] = (
    events.Updated,
    events.StatusChanged,
    events.SeverityChanged,
    events.Resolved,
    events.Reopened,
    events.Cancelled,
    events.Merged,
    events.Undone,
)
"""What followers hear of."""


def is_for_follower(scene: Scene) -> bool:
    """Whether it is sent to somebody because they follow: to one person none of this is said otherwise."""
    return scene.is_to_person and all(isinstance(event, FOLLOWED) for event in scene.beside)


def for_follower(wording: Wording, event: Event, scene: Scene) -> Wording:
    """The wording without what others are asked to do."""
    if isinstance(event, events.Updated) or not scene.incident.is_open:
        return replace(wording, buttons=())
    wanted = "" if scene.is_beside(events.Updated) else next_update(scene)
    return replace(wording, wanted=wanted, buttons=())


def unfollow(scene: Scene) -> list[Block]:
    """The way out; of a closed one nothing more is sent."""
    return [scene.button("unfollow")] if scene.incident.is_open else []
