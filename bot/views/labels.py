"""The names of things, as people read them."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.rules import clocks
from bot.rules.calendar import Duration
from bot.rules.incident import Incident, Status
from bot.rules.paging import escalation, levels
from bot.rules.policy import Policy, Severity
from bot.rules.roles import DUTIES
from bot.views.text import channel, one_line, person, plain_line, when

LOCK = "🔒"
MARKS = ("🔴", "🟠", "🟡", "🔵")
"""One for each severity, the most severe first; the last for all below."""

KIND_SIGNS = {"test": ("🧪", "TEST"), "near miss": ("🟣", "Near miss")}
"""The mark and the word of what is no ordinary incident."""

ROLE_NAMES = {"commander": "Commander", "comms": "Comms", "lead": "Lead", "scribe": "Scribe"}
FORGOTTEN = "_What was written here was removed, as its time was up; times and figures are kept._"
NOTICED = {"alert": "an alert", "customer": "a customer", "colleague": "a colleague"}
STATUS_NEXT = {
    Status.ACKNOWLEDGED: "Say what you see with *Post update*.",
    Status.INVESTIGATING: "Look for the fastest safe way to restore the service; the cause can wait.",
    Status.IDENTIFIED: "Next: restore the service, by rollback or flag if that is faster than a fix.",
    Status.MITIGATING: "Once figures recover, move it to monitoring.",
    Status.MONITORING: "Watch the figures for 15 minutes, then press *Resolve*.",
}
"""What comes next on entering a status."""


def mark(severity: str, policy: Policy) -> str:
    """The coloured dot of a severity."""
    return MARKS[min(policy.rank(severity), len(MARKS) - 1)]


def state_mark(incident: Incident, policy: Policy) -> str:
    """The dot of an open incident's severity; closed ones and near misses have their own signs."""
    if incident.is_open:
        return mark(incident.severity, policy)
    if incident.kind == "near miss":
        return KIND_SIGNS["near miss"][0]
    return "✅" if incident.status is Status.RESOLVED else "⚪"


def headline(incident: Incident, policy: Policy) -> str:
    """`🔴 *SEV1 · INC-12* 🔒 Checkout is down`; a test begins `🧪 *TEST*`."""
    lock = f"{LOCK} " if incident.private else ""
    test = f"{KIND_SIGNS['test'][0]} *{KIND_SIGNS['test'][1]}* " if incident.is_test else ""
    missed = f"{KIND_SIGNS[incident.kind][1]} · " if incident.kind == "near miss" else ""
    names = f"*{missed}{incident.severity} · {incident.name}*"
    return f"{test}{state_mark(incident, policy)} {names} {lock}{one_line(incident.title)}"


def spoken(incident: Incident) -> str:
    """`SEV1 INC-12 Checkout is down`: how the text on a locked phone begins; a test begins with TEST.

    A title that ends like a sentence does not: more follows.
    """
    return f"{_kind(incident)}{incident.severity} {incident.name} {one_line(incident.title).rstrip('.')}"


def plainly(incident: Incident, limit: int) -> str:
    """`INC-12 SEV1 Checkout is down` for labels that read no markup."""
    return plain_line(f"{_kind(incident)}{incident.name} {incident.severity} {incident.title}", limit)


def _kind(incident: Incident) -> str:
    """`TEST `, `Near miss `, or nothing."""
    return f"{KIND_SIGNS[incident.kind][1]} " if incident.kind in KIND_SIGNS else ""


def state_word(incident: Incident) -> str:
    """`investigating`, `resolved`, `merged into INC-9`; a near miss was averted."""
    if incident.kind == "near miss" and incident.status is Status.RESOLVED:
        return "averted"
    return f"merged into INC-{incident.merged_into}" if incident.is_merged else incident.status.value


def role_title(role: str) -> str:
    """`technical lead`, within a sentence."""
    duties = DUTIES.get(role)
    return duties.title.lower() if duties else one_line(role)


def services(names: Iterable[str], policy: Policy) -> str:
    """`checkout (team payments), search`."""
    owners = {service.name: service.team for service in policy.services}
    return ", ".join(
        f"{one_line(name)} (team {one_line(team)})" if (team := owners.get(name)) else one_line(name) for name in names
    )


def room_link(incident: Incident) -> str:
    """A link to its channel, once made, and as long as its people work there."""
    return channel(incident.channel) if incident.channel and incident.room == "channel" else ""


def where(incident: Incident) -> str:
    """How to say where its people work."""
    if room := room_link(incident):
        return room
    if incident.room == "channel":
        return "its channel, which is being made"
    post = incident.announcement
    return f"the thread of its announcement{f' in {channel(post.channel)}' if post else ''}"


def command_for(incident: Incident, policy: Policy, verb: str, rest: str = "") -> str:
    """`/incident resolve INC-12 what fixed it`, in code."""
    return f"`{' '.join(filter(None, (policy.command, verb, incident.name, rest)))}`"


def acknowledge_by(incident: Incident, policy: Policy) -> datetime:
    """When it is late, if nobody has acknowledged it."""
    return clocks.after(incident, policy, incident.respond_from, policy.level(incident).respond_within)


def respond_by(incident: Incident, policy: Policy, now: datetime, by: str = "due by") -> str:
    """`due by 14:05`; once it is late, `⏰ due since 14:05`."""
    due = acknowledge_by(incident, policy)
    return f"⏰ due since {when(due, now)}" if now >= due else f"{by} {when(due, now)}"


def is_unanswered(incident: Incident, policy: Policy) -> bool:
    """Whether every level that could be paged was, and nobody has it."""
    if not incident.is_open or incident.acknowledged_by or incident.paging_from is None:
        return False
    policies = escalation.policies_of(incident, policy)
    return bool(policies) and all(escalation.last_step(incident, each) > levels.steps(each) for each in policies)


def is_update_due(incident: Incident, now: datetime | None = None) -> bool:
    """Whether the promised update is late: by the clock if one is given, else by what was said about it."""
    if not incident.is_open:
        return False
    was_said = incident.last_step("update", incident.promised_at) > 0
    return was_said or (now is not None and now >= incident.promise)


def wants_commander(incident: Incident, policy: Policy) -> bool:
    """Whether somebody should take command: the two most severe levels need a commander."""
    return incident.is_open and incident.commander is None and policy.is_major(incident.severity)


def level_named(name: str, policy: Policy) -> Severity:
    """The severity of that name; the most severe where the configuration has dropped it."""
    return next((level for level in policy.severities if level.name == name), policy.severities[0])


def every(interval: Duration) -> str:
    """`every 30 min`, `every hour`, `every business day`."""
    one, _, unit = str(interval).partition(" ")
    return f"every {'hour' if unit == 'h' else unit}" if one == "1" and unit in EACH else f"every {interval}"


EACH = {"h", "day", "business day"}


def sleeps(incident: Incident, policy: Policy) -> bool:
    """Whether its clocks stand still outside business hours."""
    return incident.is_open and clocks.in_business_hours(incident, policy)


def was_over(incident: Incident) -> bool:
    """Whether it had ended already when it was declared."""
    declared, resolved = incident.at("declared"), incident.at("resolved")
    return declared is not None and resolved is not None and resolved < declared


def lasted(incident: Incident, until: datetime) -> timedelta:
    """How long it has lasted since it was declared; what was over before, since it was detected or began."""
    declared = incident.at("declared") or incident.anchor
    if declared <= until:
        return until - declared
    sooner = [at for name in ("detected", "began") if (at := incident.at(name)) and at < until]
    return until - sooner[0] if sooner else timedelta()


def figures(incident: Incident) -> str:
    """`1,200 users · revenue 3 k€ an hour · 14 tickets`: the numbers of its impact, as far as they are known."""
    told = [FIGURES[name](incident.figures[name]) for name in FIGURES if incident.figures.get(name)]
    return " · ".join(told)


def _counted(figure: str, one: str) -> str:
    is_number = figure.isdecimal() and len(figure) < LONGEST_FIGURE
    number = f"{int(figure):,}" if is_number else one_line(figure, LONGEST_FIGURE)
    return f"{number} {one if number == '1' else f'{one}s'}"


LONGEST_FIGURE = 60
FIGURES: Mapping[str, Callable[[str], str]] = {
    "users": lambda figure: _counted(figure, "user"),
    "revenue": lambda figure: f"revenue {one_line(figure, LONGEST_FIGURE)}",
    "tickets": lambda figure: _counted(figure, "ticket"),
}
"""Each number of an impact, in words."""


def impact(incident: Incident, limit: int) -> str:
    """What it does to others, in words and numbers."""
    parts = (one_line(incident.impact, limit) if incident.impact else "", figures(incident))
    return " · ".join(part for part in parts if part)


def who(identity: str | None) -> str:
    """A mention, or `nobody`."""
    return person(identity) if identity else "nobody"


def status_label(status: str) -> str:
    """`Investigating`."""
    return status.capitalize()
