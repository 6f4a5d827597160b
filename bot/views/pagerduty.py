"""What PagerDuty shows of an incident, and whether what it shows is one of ours."""

import re
from dataclasses import replace

from bot.rules.incident import Incident
from bot.views.labels import spoken
from bot.views.terminal.paper import Paper

_NAMED = re.compile(r"\bINC-([0-9]{1,9})\b")


def summary(incident: Incident, paper: Paper) -> str:
    """Its title there; of a private one the severity and the number alone."""
    return f"{incident.severity} {incident.name} (private)" if incident.private else paper.plain(spoken(incident))


def number_in(title: str) -> int | None:
    """The incident that a title there names first."""
    found = _NAMED.search(title)
    return int(found[1]) if found else None


def is_titled(incident: Incident, title: str, paper: Paper) -> bool:
    """Whether it was paged there under that title, of whatever severity it was then, private or not."""
    ways = ((level.name, private) for level in paper.policy.severities for private in (False, True))
    titles = (summary(replace(incident, severity=severity, private=private), paper) for severity, private in ways)
    return " ".join(title.split()) in (" ".join(each.split()) for each in titles)
