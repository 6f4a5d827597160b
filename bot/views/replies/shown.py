"""One incident at a glance, for who asks."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.rules.alerts.group import Group
from bot.rules.entries import Entry
from bot.rules.incident import MILESTONES, Incident
from bot.rules.paging.by_hand import Ahead
from bot.rules.policy import Policy
from bot.views import acts
from bot.views.alerts import listed_in
from bot.views.blocks import Block, divider, packed, section
from bot.views.card import card
from bot.views.labels import FORGOTTEN, NOTICED, ROLE_NAMES, room_link
from bot.views.message import Message, message
from bot.views.text import date, listed
from bot.views.timeline import timeline_line

LATEST = 10
"""Entries of the timeline that are shown."""


def shown(
    incident: Incident,
    entries: Sequence[Entry],
    policy: Policy,
    now: datetime,
    alerts: Sequence[Group] = (),
    ahead: Ahead | None = None,
) -> Message:
    """State, paging, roles, milestones, promise, alerts and the last entries of the timeline (given oldest first)."""
    face = card(incident, policy, now, ahead)
    latest = entries[-LATEST:]
    blocks: list[Block] = [*face.blocks[:-1], section("\n".join(_facts(incident)))]
    blocks += [section(part) for part in packed(listed_in(alerts))]
    if latest:
        title = "*Timeline*" if len(latest) == len(entries) else f"*Timeline*, the last {len(latest)}"
        lines = (timeline_line(entry, incident.subject) for entry in latest)
        blocks += [divider(), *(section(part) for part in packed((title, *lines)))]
    row = () if incident.forgotten else (acts.row(incident, policy),)  # nothing can be done with it any more
    return message(face.text, *blocks, *row)


def _facts(incident: Incident) -> Iterator[str]:
    roles = incident.roles
    missing = [name.lower() for role, name in ROLE_NAMES.items() if role not in roles]
    if missing and incident.is_open:
        yield f"Nobody is {listed(missing, 'or')} yet: ⋯ *Assign role*"
    yield f"*Milestones* {' · '.join(_milestones(incident))}"
    if incident.forgotten:
        yield FORGOTTEN
    if room := room_link(incident):
        yield f"*Channel* {room}"


def _milestones(incident: Incident) -> Iterator[str]:
    for name in MILESTONES:
        reached = incident.milestones.get(name)
        if reached:
            source = NOTICED.get(reached.source)
            told = f" by {source}" if source else ""
            yield f"{name} {date(reached.at)}{told}{' (implied)' if reached.implied else ''}"
