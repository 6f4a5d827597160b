# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""What becomes of an incident's channel: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import (
    ArchiveOffered,
    ArchiveRequested,
    ChannelKept,
    RoomArchived,
    RoomGone,
    RoomRenamed,
    RoomReplaced,
    RoomUnarchived,
)
from bot.views.labels import command_for, where
from bot.views.messages.scene import Scene, Wording, by, next_update
from bot.views.text import channel, link, one_line

GONE = {"deleted": "Its channel was deleted", "removed": "I was removed from its channel {channel}"}
REPLACED = {
    "archived": "{former} is archived, and what was said before can be read there",
    "deleted": "the one it had was deleted",
    "removed": "I am not in {former} any more, where it was until now",
}


def room_renamed(event: RoomRenamed, entry: Entry, scene: Scene) -> Wording:
    """Its channel has another name."""
    return Wording(f"The channel is called #{one_line(event.after)} now; it was #{one_line(event.before)}.")


def room_archived(event: RoomArchived, entry: Entry, scene: Scene) -> Wording:
    """Nobody can write in its channel any more."""
    did = f" by {by(entry)}" if entry.person else ""
    return Wording(f"Its channel {channel(event.channel)} was archived{did}.", _goes_on(scene))


def room_unarchived(event: RoomUnarchived, entry: Entry, scene: Scene) -> Wording:
    """Its channel can be written in again, by whoever is in it."""
    happened = f"Its channel {channel(event.channel)} is open again"
    if event.inside:
        return Wording(f"{happened}.", next_update(scene))
    return Wording(f"{happened}, and I am not in it.", "Invite me to it, and work goes on there.")


def room_gone(event: RoomGone, entry: Entry, scene: Scene) -> Wording:
    """Its channel is out of reach."""
    how = GONE.get(event.why, GONE["deleted"]).format(channel=channel(event.channel))
    back = " Invite me there again, and it goes on there." if event.why == "removed" else ""
    return Wording(f"⚠️ {how}.", f"{_goes_on(scene)}{back}".strip())


def _goes_on(scene: Scene) -> str:
    """Where to go on; nothing for what is over."""
    if not scene.incident.is_open:
        return ""
    if scene.is_to_person:
        shows = command_for(scene.incident, scene.policy, "show")
        return f"{shows} tells how it stands, in any channel."
    here = "here" if scene.incident.room == "thread" or scene.is_room else f"in {where(scene.incident)}"
    return f"Work goes on {here}. {next_update(scene)}".strip()


def room_replaced(event: RoomReplaced, entry: Entry, scene: Scene) -> Wording:
    """It gets another channel."""
    how = REPLACED.get(event.why, REPLACED["archived"])
    return Wording(f"It has a fresh channel: {how.format(former=channel(event.former))}.")


def archive_offered(event: ArchiveOffered, entry: Entry, scene: Scene) -> Wording:
    """Long over, its channel may go."""
    return Wording(
        f"This incident was closed {scene.when(event.closed_at)}. Shall this channel be archived?",
        "*Archive* ends writing here; all of it can still be read. *Keep* leaves it, and I do not ask again.",
        buttons=(scene.button("archive"), scene.button("keep_channel")),
    )


def archive_requested(event: ArchiveRequested, entry: Entry, scene: Scene) -> Wording:
    """The last word in a channel: where to look from now on. One it had before it was private learns no more of it."""
    happened, incident = f"{by(entry)} archives this channel.", scene.incident
    if incident.private and event.channel in incident.former_channels:
        return Wording(happened, "It is private now: who is in it knows where it goes on.", is_bare=True)
    if event.channel in incident.former_channels:
        return Wording(happened, f"It goes on in {where(incident)}.")
    post = incident.announcement
    place = link(scene.link, "its announcement") if scene.link else channel(post.channel) if post else ""
    stands = f" How it went: {place}." if place else ""
    return Wording(happened, f"Should it be reopened, there will be a fresh one.{stands}")


def channel_kept(event: ChannelKept, entry: Entry, scene: Scene) -> Wording:
    """Its channel stays."""
    return Wording(f"{by(entry)} keeps this channel. I do not ask again.")
