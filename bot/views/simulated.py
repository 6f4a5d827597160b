"""What a simulation found, in words: the same for Slack and the terminal; as markup, escaped."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from bot.rules.automation.rule import Automation, Deed, When, host_of
from bot.rules.events import Declared, Event, PersonPaged
from bot.rules.foreseen.simulated import Row, Simulation, Weak
from bot.rules.paging.escalation import WHY
from bot.views import ways
from bot.views.automatic import DEEDS
from bot.views.oncall import who as named
from bot.views.text import listed, one_line
from bot.views.timeline import LINES

WAYS: Mapping[str, str] = {
    **ways.NAMES,
    "slack": "Slack message",
    "pagerduty": "PagerDuty",
    "post": "post",
    "page": "page",
    "invite": "invitation",
}
"""How somebody is told, in words."""

NOT_SET_UP = "NOT SENT: not set up here"
UNSENT: Mapping[str, str] = {
    **dict.fromkeys(("mail", "ntfy", "sms", "voice", "webhook"), NOT_SET_UP),
    "pagerduty": "NOT SENT: no routing key for it here",
}
"""Why nothing can go out by a way."""

OWN_ROOM = "its own channel"


DONE_TO: Mapping[Deed, Callable[[Automation], Iterable[str]]] = {
    "invite": lambda rule: rule.who,
    "post": lambda rule: (rule.channel,),
    "page": lambda rule: (each.name for each in rule.page),
    "webhook": lambda rule: (host_of(rule.url),),
}
"""Whom or which place a rule is about; of an address the host alone, for it may hold a secret."""


def who(row: Row) -> str:
    """Who is told, or where."""
    if row.place == "room":
        return OWN_ROOM
    return named(row.who)


def way(row: Row) -> str:
    """By which way."""
    return WAYS.get(row.way, row.way)


def why(row: Row) -> str:
    """What they are told, or why they are paged; as which audience, and whether it can go out at all."""
    as_whom = f"audience {one_line(row.audience)}: " if row.audience else ""
    unsent = f" ({UNSENT.get(row.way, '')})" if row.unsent else ""
    return f"{as_whom}{_why(row)}{unsent}"


def _why(row: Row) -> str:
    if row.way == "invite":
        return "added to its channel"
    if row.paged:
        event = row.paged
        named = f"level {event.level} of {one_line(event.policy)}: " if event.policy else ""
        shadow = " (only sees it)" if row.who in event.shadows else ""
        reason = "it was declared" if event.why == "begun" else WHY.get(event.why, one_line(event.why))
        reason = one_line(event.note) or reason
        return f"{named}{reason}{shadow}"
    return "; ".join(_said(event) for event in row.events) or "told of it"


def _said(event: Event) -> str:
    if isinstance(event, Declared):
        return "announced"
    line = LINES.get(type(event))
    return "paged" if isinstance(event, PersonPaged) or line is None else line(event, "Tocsin")


def subject(found: Simulation) -> str:
    """`SEV1 for checkout`."""
    named = f" for {listed(one_line(name) for name in found.services)}" if found.services else ""
    return f"{found.severity}{named}"


def paged(found: Simulation) -> Sequence[Row]:
    """Each time that somebody would be paged and waited for, the first one first; not what cannot go out here."""
    rows = (row for row in found.rows if row.paged and not row.unsent)
    return [row for row in rows if row.paged and row.who not in row.paged.shadows]


def warnings(found: Simulation) -> Iterable[str]:
    """What does not do its work, a sentence each, the gravest first."""
    if not found.paging:
        why = "no escalation policy is configured" if found.pages else "`page` is `no` for it"
        yield f"{found.severity} pages nobody: {why}."
    elif not paged(found):
        yield "*Nobody would be paged*: no level comes to anybody at that time."
    for each in sorted(found.weak, key=lambda weak: weak.kind != "nobody"):
        yield _weak(each)


WHEN: Mapping[When, str] = {
    "severity": "its severity changes",
    "status": "its status changes",
    "resolved": "it is resolved",
}
"""By which event of later on a rule does something."""


def later(found: Simulation) -> Iterable[str]:
    """What the configuration's rules would do once somebody does something, a sentence each."""
    for rule in found.later:
        to = rule.statuses if rule.on == "status" else rule.severities if rule.on == "severity" else ()
        named = f" to {listed(map(one_line, to), 'or')}" if to else ""
        deed = DEEDS[rule.do].format(listed(one_line(each) for each in DONE_TO[rule.do](rule)))
        yield f"Once {WHEN[rule.on]}{named}, a rule would {deed}."


def unknown(found: Simulation) -> Iterable[str]:
    """What a simulation cannot tell, a sentence each."""
    if any(row.paged and row.way == "slack" for row in found.rows):
        yield (
            "Whether somebody has Do Not Disturb on in Slack by then is not known: "
            "whoever has is told by their next way at once, not a minute later."
        )


def _weak(weak: Weak) -> str:
    level = f"Level {weak.level} of {one_line(weak.policy)}" if weak.policy else "What a rule pages"
    names = listed(map(named, weak.who))
    if weak.kind == "nobody":
        return f"{level} comes to nobody: {names} cannot be reached, or nobody is on call. It is passed at once."
    return (
        f"{level} wakes nobody up: {names} {'has' if len(weak.who) == 1 else 'have'} nothing louder than Slack or mail."
    )
