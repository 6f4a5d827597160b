"""What others see of an incident that has become private: a last word in its channel, nothing in its thread."""

from bot.rules.incident import Incident
from bot.views.acts import ASIDE
from bot.views.blocks import actions, button, section
from bot.views.labels import LOCK
from bot.views.message import Message, message


def farewell(incident: Incident) -> Message:
    """That it goes on elsewhere, nothing else of it, and how to ask."""
    happened = f"{LOCK} {incident.name} is private now. Work on it goes on in another channel."
    act = ASIDE["access"]
    asking = f"*{act.label}* asks its commander to let you in."
    return message(happened, section(f"{happened}\n{asking}"), actions(button(act.label, act.door, incident.number)))


def concealed(incident: Incident) -> Message:
    """What stands in the place of each message that was said in its announcement's thread."""
    text = f"{LOCK} {incident.name} is private now: what stood here is hidden."
    return message(text, section(text))
