"""The topic of an incident's channel."""

from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.views.labels import KIND_SIGNS, LOCK, state_mark, state_word, wants_commander
from bot.views.text import clip, one_line, person

LONGEST = 250


def topic(incident: Incident, policy: Policy) -> str:
    """`🔴 SEV1 · investigating · commander @ada · INC-12 Checkout is down`, at most 250 characters."""
    parts = [
        *([" ".join(KIND_SIGNS["test"])] if incident.is_test else []),
        f"{state_mark(incident, policy)} {incident.severity}{f' {LOCK}' if incident.private else ''}",
        *(["near miss"] if incident.kind == "near miss" else []),
        state_word(incident),
    ]
    if incident.is_open and incident.commander:
        parts.append(f"commander {person(incident.commander)}")
    elif wants_commander(incident, policy):
        parts.append("no commander yet")
    return clip(" · ".join([*parts, f"{incident.name} {one_line(incident.title)}"]), LONGEST)
