"""The second message of a channel: where responders look first, and what it was declared from."""

from collections.abc import Iterable, Sequence

from bot.rules.alerts.group import Group
from bot.rules.events import Declared
from bot.rules.incident import Incident
from bot.rules.policy import Policy, Service
from bot.views.alerts import listed_in
from bot.views.blocks import packed, section
from bot.views.labels import spoken
from bot.views.message import Message, message
from bot.views.text import channel, link, one_line, quote, wrote

SHOWN = 60
MOST_SERVICES = 20
MOST_DASHBOARDS = 8
MOST_FORMER = 5
QUOTED = 2_000


def links(
    incident: Incident,
    policy: Policy,
    declared: Declared | None = None,
    changed: str = "",
    alerts: Sequence[Group] = (),
) -> Message | None:
    """What is at hand: its services' dashboards and bridge, its alerts with their links, what was changed of late.

    What it was declared from and its earlier channels as well. None without any of it.
    """
    found = [service for service in policy.services_of(incident.services) if service.dashboards or service.bridge]
    fired = tuple(packed(listed_in(alerts)))
    told = [each for each in (*fired, changed, _told(declared) if declared else "", _before(incident)) if each]
    if not found and not told:
        return None
    lines = [line for service in found[:MOST_SERVICES] for line in _lines(service)]
    looks = [section("\n".join(["*Look here first*", *lines]))] if lines else []
    return message(_text(incident, found, is_changed=bool(changed), is_alert=bool(alerts)), *looks, *map(section, told))


def no_links(incident: Incident) -> Message:
    """What stands there once the services that had links were taken off."""
    text = f"{spoken(incident)}: no dashboard or bridge is known for its services."
    return message(text, section("No dashboard or bridge is known for the services of this incident."))


def _text(incident: Incident, services: Sequence[Service], *, is_changed: bool, is_alert: bool) -> str:
    if is_alert and not services:
        return f"{spoken(incident)}: its alerts, with their links. Look there first."
    if is_changed and not services:
        return f"{spoken(incident)}: what was changed shortly before."
    if not services and incident.former_channels:
        return f"{spoken(incident)}: {_before(incident).replace('*', '')}"
    if not services:
        return f"{spoken(incident)}: what it was declared with, in full."
    names = ", ".join(service.name for service in services[:MOST_SERVICES])
    more = ", and what was changed shortly before" if is_changed else ""
    return f"{spoken(incident)}: dashboards and bridge of {one_line(names)}{more}. Look there first."


def _told(declared: Declared) -> str:
    """The message it was declared from, or the whole of a title that had to be cut."""
    words = quote(wrote(declared.quote, QUOTED)) if declared.quote else ""
    if declared.link:
        return f"*Declared from {link(declared.link, 'this message')}*\n{words}".strip()
    return f"*The title in full*\n{words}" if words else ""


def _before(incident: Incident) -> str:
    """The channels it had before this one."""
    former = incident.former_channels[-MOST_FORMER:]
    return f"*Before this:* {', '.join(map(channel, former))}" if former else ""


def _lines(service: Service) -> Iterable[str]:
    parts = [link(address, _label(address)) for address in service.dashboards[:MOST_DASHBOARDS]]
    if service.bridge:
        parts.append(f"bridge {link(service.bridge, _label(service.bridge))}")
    yield f"*{one_line(service.name)}* · {' · '.join(parts)}"


def _label(address: str) -> str:
    """The address without its scheme, short enough for a phone."""
    return address.removeprefix("https://").removeprefix("http://").rstrip("/")[:SHOWN]
