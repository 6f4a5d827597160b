"""The list of incidents as a table."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from bot.rules.incident import Incident
from bot.views.labels import KIND_SIGNS, is_update_due, lasted, state_word, wants_commander
from bot.views.terminal.paper import PROGRAM, Line, Paper, Tone, columns
from bot.views.text import length, plain_line

TITLE = 60
MINUTE = timedelta(minutes=1)
HEADS = ("", "", "STATUS", "FOR", "WHO", "TITLE")


def listing(incidents: Sequence[Incident], total: int, words: str, paper: Paper) -> Iterator[Line]:
    """A line each, open ones first and the most severe first; what waits for somebody stands out."""
    if not incidents:
        yield Line(_empty(words))
        return
    head, *lines = columns([HEADS, *(_row(each, paper) for each in incidents)])
    yield Line(head, "quiet")
    for incident, line in zip(incidents, lines, strict=True):
        yield Line(paper.row(line), _tone(incident, paper))
    if total > len(incidents):
        yield Line(f"{len(incidents)} of {total}. Say more to narrow it: sev1, mine, service:name, words.", "quiet")


def _empty(words: str) -> str:
    declare = f"If something is wrong, say so: {PROGRAM} declare sev1 what is wrong"
    if not words:
        return f"No incident is open. All is quiet.\n{declare}\n{PROGRAM} list all shows closed ones too."
    if words == "all":
        return f"There has been no incident yet.\n{declare}"
    is_all = "all" in words.casefold().split()
    wider = "" if is_all else f" {PROGRAM} list all … looks among closed ones too."
    return f"No incident matches “{plain_line(words, TITLE)}”.{wider}"


def _row(incident: Incident, paper: Paper) -> tuple[str, ...]:
    kind = f"{KIND_SIGNS[incident.kind][1]} " if incident.kind in KIND_SIGNS else ""
    private = "(private) " if incident.private else ""
    title = f"{kind}{private}{plain_line(incident.title, TITLE)}"
    return (
        incident.severity,
        incident.name,
        state_word(incident),
        _lasting(incident, paper),
        _who(incident, paper),
        title,
    )


def _lasting(incident: Incident, paper: Paper) -> str:
    end = paper.now if incident.is_open else incident.at("resolved")
    if end is None or incident.kind == "near miss":
        return ""
    lasting = lasted(incident, end)
    return length(lasting) if lasting >= MINUTE else "under 1 min"


def _who(incident: Incident, paper: Paper) -> str:
    if not incident.is_open:
        return ""
    if incident.acknowledged_by is None:
        return "nobody has it"
    holder = paper.name(incident.commander or incident.acknowledged_by)
    missing = ", no commander" if wants_commander(incident, paper.policy) else ""
    return f"{holder}{missing}{', update due' if is_update_due(incident, paper.now) else ''}"


def _tone(incident: Incident, paper: Paper) -> Tone:
    if not incident.is_open:
        return "quiet"
    if incident.acknowledged_by is None:
        return "bad"
    return "warn" if is_update_due(incident, paper.now) else "plain"
