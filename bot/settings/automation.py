"""`rules` in the configuration file: their shape, their mistakes, and the records that are made of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from bot.rules.automation.rule import Automation, Deed, When
from bot.rules.incident import Status
from bot.rules.oncall.rotation import Target
from bot.settings.document import Document, Keys
from bot.settings.entries import Data, entries, is_known, listed, names
from bot.settings.errors import Problem, one_of
from bot.settings.oncall.reading import PAGERDUTY, target
from bot.settings.oncall.shapes import Targets
from bot.settings.shape import Channel, Handle, Link, Shape
from bot.settings.spelling import Spellings, several


class WhenShape(Shape):
    """For which incidents; what is left out is any."""

    severity: Targets = Field(default=[])
    service: Targets = Field(default=[])
    team: Targets = Field(default=[])
    status: Targets = Field(default=[])


class RuleShape(Shape):
    """One rule."""

    on: When
    do: Deed
    when: WhenShape = WhenShape()
    invite: Annotated[list[Handle], Field(default=[])]
    page: Targets = Field(default=[])
    channel: Channel | None = None
    url: Link | None = None


KEYS: dict[tuple[str, ...], type[Shape]] = {("rules",): RuleShape, ("rules", "when"): WhenShape}
NEEDS: Mapping[str, tuple[str, str]] = {
    "invite": ("invite", "a list of “@groups” and “@people” to add to the channel"),
    "post": ("channel", "the channel to post in, such as “#status”"),
    "page": ("page", "whom to page, as a level does: a rotation, a person, “@a-user-group”"),
    "webhook": ("url", "the address that is told"),
}
"""What each deed needs: its key, and what stands there."""


ALREADY: Mapping[str, Status] = {"declared": Status.DETECTED, "resolved": Status.RESOLVED}
"""The only status in which something is when that happens to it."""


def compared(document: Document, data: Data) -> Iterator[Problem]:
    """Names that nobody bears, and deeds without what they need."""
    for place, rule in entries(data, "rules"):
        keys: Keys = ("rules", place)
        key, expected = NEEDS.get(str(rule.get("do")), ("", ""))
        if key and not rule.get(key):
            yield document.problem((*keys, key), expected, found="nothing")
        when = rule.get("when")
        for name, known in _known(data).items():
            for word in listed(when.get(name) if isinstance(when, Mapping) else None):
                if not is_known(str(word), known):
                    yield document.problem((*keys, "when", name), one_of(known, near=str(word)))
        yield from _paged(document, (*keys, "page"), rule, data)
        yield from _never(document, (*keys, "when", "status"), rule)


def _paged(document: Document, keys: Keys, rule: Data, data: Data) -> Iterator[Problem]:
    known = names(data, "rotations", "people")
    for word in listed(rule.get("page")):
        if not (is_known(str(word), known) or str(word).startswith(("@", "#", PAGERDUTY))):
            yield document.problem(keys, f"{one_of(known, near=str(word))} from `rotations` or `people`")


def _never(document: Document, keys: Keys, rule: Data) -> Iterator[Problem]:
    """A status in which nothing is when it is declared or resolved: the rule would never do anything."""
    on, when = str(rule.get("on")), rule.get("when")
    wanted = listed(when.get("status") if isinstance(when, Mapping) else None)
    is_status = ALREADY.get(on)
    if is_status and wanted and is_status.value not in {str(word).casefold() for word in wanted}:
        yield document.problem(keys, f"`on: status`, or no status: what is {on} is {is_status.value}")


def _known(data: Data) -> dict[str, list[str]]:
    sections = {"severity": "severities", "service": "services", "team": "teams"}
    found = {name: names(data, section) for name, section in sections.items()}
    return {**found, "status": [status.value for status in Status]}


def rules(said: Sequence[RuleShape], known: Spellings, named: Mapping[str, Target]) -> tuple[Automation, ...]:
    """The records, each name as its own section writes it; `named` are whom names mean where somebody is paged."""
    return tuple(_rule(each, known, named) for each in said)


def _rule(said: RuleShape, known: Spellings, named: Mapping[str, Target]) -> Automation:
    when = said.when
    return Automation(
        on=said.on,
        do=said.do,
        severities=several(known.severities, when.severity),
        services=several(known.services, when.service),
        teams=several(known.teams, when.team),
        statuses=tuple(word.casefold() for word in when.status),
        who=tuple(said.invite),
        page=tuple(target(word, named) for word in said.page),
        channel=said.channel or "",
        url=said.url or "",
    )
