"""`rules` in the configuration file: their shape, their mistakes, and the records that are made of them."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, PlainValidator

from bot.rules.automation import Automation
from bot.rules.incident import Status
from bot.rules.oncall.rotation import Rotation, Target
from bot.rules.policy import Known
from bot.settings.document import Document, Keys
from bot.settings.errors import Problem, one_of
from bot.settings.oncall import texts
from bot.settings.oncall.reading import target
from bot.settings.shape import Channel, Handle, Link, Shape


def _several(value: object) -> list[str]:
    return [texts.target(each) for each in (value if isinstance(value, list) else [value])]


Several = Annotated[list[str], PlainValidator(_several)]


class WhenShape(Shape):
    """For which incidents; what is left out is any."""

    severity: Several = Field(default=[])
    service: Several = Field(default=[])
    team: Several = Field(default=[])
    status: Several = Field(default=[])


class RuleShape(Shape):
    """One rule."""

    on: Literal["declared", "severity", "status", "resolved"]
    do: Literal["invite", "post", "page", "webhook"]
    when: WhenShape = WhenShape()
    invite: Annotated[list[Handle], Field(default=[])]
    page: Several = Field(default=[])
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


def compared(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    """Names that nobody bears, and deeds without what they need."""
    rules = data.get("rules")
    for place, rule in enumerate(rules if isinstance(rules, list) else ()):
        if not isinstance(rule, Mapping):
            continue
        keys: Keys = ("rules", place)
        key, expected = NEEDS.get(str(rule.get("do")), ("", ""))
        if key and not rule.get(key):
            yield document.problem((*keys, key), expected, found="nothing")
        when = rule.get("when")
        for name, known in _known(data).items():
            for word in _listed(when.get(name) if isinstance(when, Mapping) else None):
                if str(word).casefold() not in {each.casefold() for each in known}:
                    yield document.problem((*keys, "when", name), one_of(known, near=str(word)))
        yield from _paged(document, (*keys, "page"), rule, data)


def _paged(document: Document, keys: Keys, rule: Mapping[Any, Any], data: Mapping[Any, Any]) -> Iterator[Problem]:
    known = [*_names(data, "rotations"), *_names(data, "people")]
    for word in _listed(rule.get("page")):
        is_named = str(word).casefold() in {each.casefold() for each in known}
        if not (is_named or str(word).startswith(("@", "#", "pagerduty:"))):
            yield document.problem(keys, f"{one_of(known, near=str(word))} from `rotations` or `people`")


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _names(data: Mapping[Any, Any], section: str) -> list[str]:
    entries = (each for each in _listed(data.get(section)) if isinstance(each, Mapping))
    return [str(name) for each in entries for name in (each.get("name", ""), *_listed(each.get("aliases")))]


def _known(data: Mapping[Any, Any]) -> dict[str, list[str]]:
    sections = {"severity": "severities", "service": "services", "team": "teams"}
    found = {name: _names(data, section) for name, section in sections.items()}
    return {**found, "status": [status.value for status in Status]}


def rules(
    said: Sequence[RuleShape],
    known: Mapping[str, Mapping[str, str]],
    people: Sequence[Known],
    rotations: Sequence[Rotation],
) -> tuple[Automation, ...]:
    """The records; `known` leads from the names and aliases of severities, services and teams to how they are spelt."""
    named = {each.name.casefold(): Target("person", each.name) for each in people}
    named |= {each.name.casefold(): Target("rotation", each.name) for each in rotations}
    return tuple(_rule(each, known, named) for each in said)


def _rule(said: RuleShape, known: Mapping[str, Mapping[str, str]], named: dict[str, Target]) -> Automation:
    when = said.when

    def spelt(section: str, words: Sequence[str]) -> tuple[str, ...]:
        return tuple(known[section].get(word.casefold(), word) for word in words)

    return Automation(
        on=said.on,
        do=said.do,
        severities=spelt("severity", when.severity),
        services=spelt("service", when.service),
        teams=spelt("team", when.team),
        statuses=tuple(word.casefold() for word in when.status),
        who=tuple(said.invite),
        page=tuple(target(word, named) for word in said.page),
        channel=said.channel or "",
        url=said.url or "",
    )


def spellings(configuration: Any) -> dict[str, dict[str, str]]:
    """From each name and alias, in small letters, to the name."""
    sections = {"severity": configuration.severities, "service": configuration.services, "team": configuration.teams}
    return {
        section: {word.casefold(): each.name for each in entries for word in (each.name, *getattr(each, "aliases", ()))}
        for section, entries in sections.items()
    }
