"""Setting right what was said: facts, figures and times."""

from datetime import datetime

from bot.rules.declaring import TITLE_LENGTH
from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views.blocks import Block, context, divider
from bot.views.fields import field, moment, typed
from bot.views.modals.declare import services_field
from bot.views.modals.frame import View, about, modal
from bot.views.text import cut, time

FIGURES: dict[str, tuple[str, str]] = {
    "users": ("How many users were affected?", "1200"),
    "revenue": ("How much revenue was lost?", "3,000 € an hour"),
    "tickets": ("How many support tickets came in?", "40"),
}
"""Each figure with its label and an example."""

TIMES: dict[str, str] = {
    "began": "It began",
    "detected": "It was noticed",
    "acknowledged": "Somebody had it",
    "mitigated": "Service was restored",
    "resolved": "It was over",
}
"""The milestones that may be set right, each with its label; when it was declared is what the record says."""

KEEPS = "What it said before stays in the timeline. The channel keeps its name; card, topic and announcement follow."
TIMED = "The team's figures are counted from these times. To change one, say why below. It is {now} now."


def edit(incident: Incident, policy: Policy, now: datetime, *, channel: str | None = None) -> View:
    """Title and facts first, then the times that were reached, with the reason."""
    named = typed(cut(incident.title, TITLE_LENGTH), "Checkout is down", focus=True)
    blocks: list[Block] = [
        about(incident, policy),
        field("title", "What is wrong?", {**named, "max_length": TITLE_LENGTH}, hint=KEEPS),
        *services_field(policy, incident.services),
        field(
            "affected", "Who or what is affected?", typed(incident.affected, "All customers in the EU"), optional=True
        ),
        *_figures(incident),
        divider(),
        context(TIMED.format(now=time(now))),
        *_times(incident),
        field("why", "Why do the times change?", typed("", "The graphs show it"), optional=True, hint=NEEDED),
    ]
    return modal("incident:edit", f"Edit {incident.name}", "Save", blocks, number=incident.number, channel=channel)


NEEDED = "Needed where a time is changed, else leave it empty."


def _figures(incident: Incident) -> list[Block]:
    return [
        field(name, label, typed(incident.figures.get(name, ""), example), optional=True)
        for name, (label, example) in FIGURES.items()
    ]


def _times(incident: Incident) -> list[Block]:
    """As far as they are reached; when it began may be told at any time."""
    reached = [name for name in TIMES if name == "began" or name in incident.milestones]
    return [_time(name, incident) for name in reached]


def _time(name: str, incident: Incident) -> Block:
    at = incident.milestones.get(name)
    implied = "It followed from another act." if at and at.implied else ""
    return field(name, TIMES[name], moment(at.at if at else None), optional=True, hint=implied)
