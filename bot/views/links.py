"""The second message of a channel: where responders look first."""

from collections.abc import Iterable

from bot.rules.incident import Incident
from bot.rules.policy import Policy, Service
from bot.views.blocks import section
from bot.views.labels import spoken
from bot.views.message import Message, message
from bot.views.text import link, one_line

SHOWN = 60
MOST_SERVICES = 20
MOST_DASHBOARDS = 8


def links(incident: Incident, policy: Policy) -> Message | None:
    """Dashboards and bridge of its services, or None where none has any."""
    found = [service for service in policy.services_of(incident.services) if service.dashboards or service.bridge]
    if not found:
        return None
    lines = [line for service in found[:MOST_SERVICES] for line in _lines(service)]
    names = ", ".join(service.name for service in found[:MOST_SERVICES])
    text = f"{spoken(incident)}: dashboards and bridge of {one_line(names)}. Look there first."
    return message(text, section("\n".join(["*Look here first*", *lines])))


def _lines(service: Service) -> Iterable[str]:
    parts = [link(address, _label(address)) for address in service.dashboards[:MOST_DASHBOARDS]]
    if service.bridge:
        parts.append(f"bridge {link(service.bridge, _label(service.bridge))}")
    yield f"*{one_line(service.name)}* · {' · '.join(parts)}"


def _label(address: str) -> str:
    """The address without its scheme, short enough for a phone."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")[:SHOWN]
