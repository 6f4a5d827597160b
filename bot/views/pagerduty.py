"""What PagerDuty shows of an incident, and whether what it shows is one of ours."""

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import product

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


def is_titled(incident: Incident, title: str, paper: Paper, former: Iterable[str] = ()) -> bool:
    """Whether it may have been paged there under that title: of any severity, private or not, or as it was called."""
    severities = [level.name for level in paper.policy.severities]
    ways = product((incident.title, *former), severities, (False, True))
    then = (replace(incident, title=name, severity=severity, private=private) for name, severity, private in ways)
    return " ".join(title.split()) in (" ".join(summary(each, paper).split()) for each in then)
