"""What may be the same: shown while somebody declares."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views.blocks import Block, button, context, section
from bot.views.labels import LOCK, lasted, state_mark
from bot.views.text import age, listed, one_line, person

TITLE = 80
ANOTHER = "If it is another, go on."


def asked(similar: Sequence[Incident], policy: Policy, now: datetime | None) -> Iterator[Block]:
    """The question, and a line with a button for each; nothing where nothing is like it."""
    if not similar:
        return
    yield section("*Is it this one?*" if len(similar) == 1 else "*Is it one of these?*")
    for incident in similar:
        join = button(f"Join {incident.name}", "incident:join", incident.number)
        yield section(known(incident, policy, now), join)
    yield context(ANOTHER)


def known(incident: Incident, policy: Policy, now: datetime | None) -> str:
    """`🔴 *INC-9* Checkout is down · SEV1 · 12 min · @bob has it`."""
    lock = f"{LOCK} " if incident.private else ""
    holder = incident.commander or incident.acknowledged_by
    parts = [
        f"{state_mark(incident, policy)} *{incident.name}* {lock}{one_line(incident.title, TITLE)}",
        incident.severity,
        age(lasted(incident, now)) if now else "",
        f"{person(holder)} has it" if holder else "*nobody has it*",
    ]
    return " · ".join(filter(None, parts))


def pointed_at(similar: Sequence[Incident], services: Sequence[str]) -> Iterator[Block]:
    """Below the services, far from the top: which of those above share one."""
    sharing = [incident.name for incident in similar if set(services) & set(incident.services)]
    if sharing:
        yield context(f"Open on the same services: {listed(sharing)}, see the top of this form.")
