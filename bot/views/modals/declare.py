"""Declaring an incident."""

from collections.abc import Sequence
from datetime import datetime

from bot.rules.declaring import NOTICED_BY
from bot.rules.incident import Incident
from bot.rules.policy import Policy, Service, Severity
from bot.views.alike import asked, pointed_at
from bot.views.blocks import Block, context, option, section
from bot.views.fields import MOST_OPTIONS, field, grouped, moment, radios, select, several, telling, tick, typed
from bot.views.labels import NOTICED, every, mark
from bot.views.modals.frame import View, modal
from bot.views.modals.kinds import KINDS, ZONE, Kind, choice, inputs
from bot.views.text import escape, one_line, quote, sentence

QUOTED = 1_500


def declare(
    policy: Policy,
    *,
    title: str = "",
    severity: str | None = None,
    private: bool = False,
    quote: str = "",
    link: str | None = None,
    channel: str | None = None,
    services: Sequence[str] = (),
    kind: str = "now",
    similar: Sequence[Incident] = (),
    now: datetime | None = None,
) -> View:
    """Title and severity are enough, the rest can wait. `quote` and `link` are of the message it is declared from.

    `kind` is one of `kinds.KINDS`; `similar` is what may be the same, with its age at `now`.
    """
    known = kind if kind in KINDS else "now"
    blocks: list[Block] = [
        *_origin(quote),
        *asked(similar, policy, now),
        *_first(policy, KINDS[known], title, severity),
        choice(known),
        *inputs(known),
        *[telling(each, SERVICES_CHOSEN) for each in services_field(policy, services)],
        *pointed_at(similar, services),
        *_rest(known, private),
    ]
    carried = {"quote": quote or None, "link": link}
    return modal("incident:declare", "Declare an incident", "Declare", blocks, channel=channel, carried=carried)


def _first(policy: Policy, kind: Kind, title: str, severity: str | None) -> list[Block]:
    """Title and severity, as the kind asks for them."""
    return [
        field("title", kind.title, typed(title, "Checkout is down", focus=True)),
        field("severity", kind.severity, radios(severity_options(policy), severity), hint=UNSURE),
        criteria(policy),
    ]


def _rest(kind: str, private: bool) -> list[Block]:
    """What is the same whatever it is; when it began stands above where it is over."""
    began = field("began", "When did it begin?", moment(), optional=True, hint=ZONE)
    return [
        field("affected", "Who or what is affected?", typed("", "All customers in the EU"), optional=True),
        *([began] if kind in {"now", "test"} else []),
        field("noticed_by", "Who noticed?", select(_noticed(), "colleague"), optional=True),
        field("private", "Who may know?", tick("Private", "private", PRIVATE, ticked=private), optional=True),
    ]


SERVICES_CHOSEN = "incident:declare_services"
UNSURE = "Unsure? Take the more severe one: lowering it later is easy."
PRIVATE = "A private channel, no announcement: only those invited know of it."


def _origin(words: str) -> list[Block]:
    return [section(f"*From this message*\n{quote(one_line(words, QUOTED))}")] if words.strip() else []


def _noticed() -> list[Block]:
    return [option(sentence(NOTICED[name]), name) for name in NOTICED_BY]


def severity_options(policy: Policy, *, without: str | None = None) -> list[Block]:
    """The severities, each with the first of its criteria."""
    return [_severity_option(level, policy) for level in policy.severities if level.name != without]


def _severity_option(level: Severity, policy: Policy) -> Block:
    label = f"{mark(level.name, policy)} {level.name} · {level.title}"
    return option(label, level.name, level.criteria[0] if level.criteria else "")


def criteria(policy: Policy, *, without: str | None = None) -> Block:
    """What each severity promises, and what it means beside the first of its criteria, which stands at the choice."""
    levels = [_meaning(level) for level in policy.severities if level.name != without]
    return context("\n\n".join(levels))


def _meaning(level: Severity) -> str:
    promise = f"*{level.name}* · acknowledge within {level.respond_within}, update {every(level.update_every)}"
    further = level.criteria[1:]
    return "\n".join([promise, f"Also: {escape(' · '.join(further))}"] if further else [promise])


def services_field(policy: Policy, chosen: Sequence[str] = ()) -> list[Block]:
    """The configured services, grouped by team where there are more than one menu holds; nothing where none is."""
    if not policy.services:
        return []
    element = several("Choose services")
    options = {service.name: _service_option(service) for service in policy.services}
    if len(options) > MOST_OPTIONS:
        element = grouped(element, by_team(policy.services))
    else:
        element = {**element, "options": list(options.values())}
    if initial := [options[name] for name in chosen if name in options][:MOST_OPTIONS]:
        element = {**element, "initial_options": initial}
    return [field("services", "Which services?", element, optional=True)]


def _service_option(service: Service) -> Block:
    return option(service.name, service.name)


def by_team(services: Sequence[Service]) -> list[tuple[str, list[Block]]]:
    """Services as options under their team's name."""
    teams: dict[str, list[Block]] = {}
    for service in services:
        teams.setdefault(service.team or "without a team", []).append(_service_option(service))
    return list(teams.items())
