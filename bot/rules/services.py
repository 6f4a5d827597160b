"""Which services an incident concerns."""

from dataclasses import replace

from bot.rules.change import Change
from bot.rules.events import ServiceAdded, ServiceRemoved
from bot.rules.guards import require_open
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging import calling
from bot.rules.refused import Refused


def add_service(incident: Incident, moment: Moment, *, by: PersonId, service: str) -> Change:
    """Adds a service. Raises Refused for an unknown one, or one that is there already."""
    require_open(incident, moment)
    name = moment.policy.service(service).name
    if name in incident.services:
        command = moment.policy.command
        raise Refused(
            f"{name} is on {incident.name} already. `{command} service remove {name}` takes it off.",
            field="service",
        )
    after = replace(incident, services=(*incident.services, name))
    return Change(calling.joined(incident, after, moment), (ServiceAdded(service=name),))


def remove_service(incident: Incident, moment: Moment, *, by: PersonId, service: str) -> Change:
    """Takes a service off. Raises Refused where it is not on."""
    require_open(incident, moment)
    name = moment.policy.service(service).name
    if name not in incident.services:
        listed = ", ".join(incident.services) or "none"
        raise Refused(f"{name} is not on {incident.name}. Its services: {listed}.", field="service")
    left = tuple(each for each in incident.services if each != name)
    after = replace(incident, services=left)
    return Change(calling.joined(incident, after, moment), (ServiceRemoved(service=name),))
