# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Who helps, who follows, who is gone: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import Followed, HolderGone, Joined, TwoHats, Unfollowed
from bot.views.acts import ACTS
from bot.views.blocks import Block
from bot.views.labels import ROLE_NAMES, role_title
from bot.views.messages.scene import Scene, Wording
from bot.views.text import listed, person


def joined(event: Joined, entry: Entry, scene: Scene) -> Wording:
    """Somebody pressed *I can help*, or *I'm coming*, as they were paged."""
    lead = scene.incident.commander or scene.incident.acknowledged_by
    wanted = f"{person(lead)}, tell them where to start." if lead and lead != event.person else ""
    happened = "was paged, and is coming" if event.called else "helps"
    return Wording(f"{person(event.person)} {happened}.", wanted)


def followed(event: Followed, entry: Entry, scene: Scene) -> Wording:
    """Somebody is sent its updates."""
    return Wording(f"{person(event.person)} follows it.")


def unfollowed(event: Unfollowed, entry: Entry, scene: Scene) -> Wording:
    """Somebody is sent them no longer."""
    return Wording(f"{person(event.person)} follows it no longer.")


def holder_gone(event: HolderGone, entry: Entry, scene: Scene) -> Wording:
    """A role is held by somebody who is not there."""
    who, roles = person(event.person), listed(role_title(role) for role in event.roles)
    if event.why == "deactivated":
        happened = f"⚠️ {who} was deactivated in Slack and was its {roles}: nobody is now."
    else:
        happened = f"⚠️ {who} left the channel and is still its {roles}."
    commander = scene.incident.commander
    lead = person(commander) if commander and commander != event.person else "Whoever leads"
    presses = ["press *Take command*"] if "commander" in event.roles else []
    presses += ["name somebody with *Assign role*"] if set(event.roles) != {"commander"} else []
    return Wording(happened, f"{lead}: {listed(presses)}.", buttons=_takers(event, scene))


def _takers(event: HolderGone, scene: Scene) -> tuple[Block, ...]:
    """From who left, command is taken without the question whether they were asked."""
    door = "command" if event.why == "deactivated" else "take_command/sure"
    command = (scene.door(ACTS["command"].label, door, "primary"),) if "commander" in event.roles else ()
    others = [role for role in event.roles if role != "commander"]
    return (*command, *_for_roles("Assign role", others, scene))


def _for_roles(label: str, roles: list[str], scene: Scene) -> tuple[Block, ...]:
    """A button for each role, which opens its form with the role chosen; named where they are several."""
    named = {role: f"{label}: {ROLE_NAMES.get(role, role)}" if len(roles) > 1 else label for role in roles}
    return tuple(scene.door(name, f"role/{role}") for role, name in named.items())


def two_hats(event: TwoHats, entry: Entry, scene: Scene) -> Wording:
    """Who commands a most severe one does something else beside."""
    roles = listed(role_title(role) for role in event.roles)
    severity = scene.incident.severity
    if not scene.is_to_person:
        return Wording(f"{person(event.person)} commands and is also its {roles}.")
    return Wording(
        f"You command a {severity} and are also its {roles}.",
        "Each of these is work for one person: *Find somebody* names another. You are not asked again.",
        buttons=_for_roles("Find somebody", list(event.roles), scene),
    )
