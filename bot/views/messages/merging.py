"""Two incidents that are one: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import Absorbed, Merged, Separated
from bot.views.labels import command_for
from bot.views.messages.scene import Scene, Wording, by, next_update
from bot.views.text import channel, one_line, people


def merged(event: Merged, entry: Entry, scene: Scene) -> Wording:
    """This one is part of another now."""
    other = f"INC-{event.into}"
    where = channel(event.channel) if event.channel else f"the thread where {other} is announced"
    again = command_for(scene.incident, scene.policy, "reopen", "why")
    stopped = "Reminders for this one have stopped."
    return Wording(
        f"{by(entry)} merged it into *{other}* {one_line(event.title)}.",
        f"Work goes on in {where}: say it there. {stopped} If they are two after all: {again}.",
    )


def absorbed(event: Absorbed, entry: Entry, scene: Scene) -> Wording:
    """Another one is part of this one now."""
    came = f" {people(event.people)} came along." if event.people else ""
    happened = f"{by(entry)} merged *INC-{event.number}* {one_line(event.title)} into this one.{came}"
    wanted = f"Its timeline is part of this one's. {next_update(scene)}".strip()
    now = scene.incident.severity
    if not (scene.incident.is_open and event.severity and scene.policy.rank(event.severity) < scene.policy.rank(now)):
        return Wording(happened, wanted)
    label = f"Raise to {event.severity}"
    graver = f"It was {event.severity}, this one is {now}: whoever leads presses *{label}* if it is that grave."
    return Wording(happened, f"{graver} {wanted}", buttons=(scene.door(label, f"raise/{event.severity}"),))


def separated(event: Separated, entry: Entry, scene: Scene) -> Wording:
    """It was another one after all."""
    return Wording(
        f"{by(entry)} took *INC-{event.number}* {one_line(event.title)} out again: it goes on by itself.",
        next_update(scene),
    )
