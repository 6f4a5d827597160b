"""What the configuration's rules would do, for who tries them out."""

from collections.abc import Iterable, Mapping

from bot.rules.incident import Incident
from bot.views.blocks import section
from bot.views.message import Message, message
from bot.views.text import listed, one_line, person

DEEDS: Mapping[str, str] = {
    "invite": "add {} to its channel",
    "post": "post in {}",
    "page": "page {}",
    "webhook": "tell {}",
}
"""What a rule does."""


def would(incident: Incident, deeds: Iterable[tuple[str, str]]) -> Message:
    """What who declared a test is told instead: what would be done, and to whom or where."""
    found: dict[str, list[str]] = {}
    for what, where in dict.fromkeys(deeds):
        found.setdefault(what, []).append(
            one_line(where) if what != "invite" or where.startswith("@") else person(where)
        )
    told = "; ".join(DEEDS[what].format(listed(places)) for what, places in found.items())
    text = f"TEST: for {incident.name} rules of the configuration would {told}."
    return message(text, section(text))
