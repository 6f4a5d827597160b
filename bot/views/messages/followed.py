"""What those who follow an incident are sent: what happened and the next promise, and how to stop; nothing to do."""

from dataclasses import replace

from bot.rules import events
from bot.rules.events import Event
from bot.views.acts import ASIDE
from bot.views.blocks import Block, button
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
    return scene.is_to_person and all(_is_followed(event) for event in scene.beside)


def _is_followed(event: Event) -> bool:
    return isinstance(event, FOLLOWED) and not (isinstance(event, events.Undone) and event.is_of_people)


def for_follower(wording: Wording, event: Event, scene: Scene) -> Wording:
    """The wording without what others are asked to do."""
    wanted = next_update(scene)
    match event:
        case events.Merged():
            wanted = f"You follow INC-{event.into} from now on."
        case events.Resolved() | events.Cancelled():
            wanted = "Nobody needs to act."
        case events.Updated():
            wanted = wording.wanted
    is_said = scene.is_beside(events.Updated) and not isinstance(event, events.Updated)
    return replace(wording, wanted="" if is_said else wanted, buttons=())


def unfollow(scene: Scene) -> list[Block]:
    """The way out, of what it was merged into as well; of a closed one nothing more is sent."""
    incident, act = scene.incident, ASIDE["unfollow"]
    if incident.is_open or incident.is_merged:
        return [button(act.label, act.door, incident.merged_into or incident.number)]
    return []
