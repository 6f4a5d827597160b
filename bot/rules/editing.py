"""What is set right afterwards: title, services, who is affected, figures, times. The timeline keeps what was."""

import operator
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.rules import reminders
from bot.rules.change import Change
from bot.rules.declaring import TITLE_LENGTH
from bot.rules.events import Edited, Event, MilestoneEdited, Words
from bot.rules.guards import require_remembered, require_text, require_unmerged
from bot.rules.incident import FIGURES, MILESTONES, Incident, Milestone, PersonId
from bot.rules.moment import Moment
from bot.rules.paging import calling
from bot.rules.refused import Refused, known

REVENUE_LENGTH = 60
AFFECTED_LENGTH = 3000
"""As much as an input of a modal takes."""

_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}(?:[ ,.'’\u00a0\u202f][0-9]{3}){1,3}")
"""A whole number, its thousands set apart or not."""


def edit(
    incident: Incident,
    moment: Moment,
    *,
    by: PersonId,
    title: str | None = None,
    services: tuple[str, ...] | None = None,
    affected: str | None = None,
    figures: Mapping[str, str] | None = None,
    milestones: Mapping[str, datetime] | None = None,
    why: str = "",
) -> Change:
    """Sets facts right, open or closed; None leaves one as it is. A milestone needs a reason.

    Raises Refused beside the input at fault, and where nothing is different.
    """
    require_unmerged(incident, moment)
    require_remembered(incident, moment)
    after = replace(
        incident,
        title=incident.title if title is None else _title(title),
        services=incident.services if services is None else _services(incident, moment, services),
        affected=incident.affected if affected is None else _affected(affected),
        figures=_figures(incident, figures or {}),
        milestones=_milestones(incident, moment, by, milestones or {}),
    )
    events = (*_edited(incident, after), *_moved(incident, after, why))
    if not events:
        raise Refused(f"Nothing is different: {incident.name} says this already.")
    return Change(calling.joined(incident, _not_said_again(incident, after, moment), moment), events)


def _title(title: str) -> str:
    title = require_text(" ".join(title.split()), "Say in a few words what is wrong.", "title")
    return _within(title, TITLE_LENGTH, "title")


def _affected(affected: str) -> str:
    return _within(affected.strip(), AFFECTED_LENGTH, "affected")


def _within(text: str, longest: int, field: str) -> str:
    """The text. Raises Refused for one that is too long: cut, its end would be kept nowhere."""
    if len(text) > longest:
        raise Refused(f"Make it shorter: at most {longest} characters, and this has {len(text)}.", field=field)
    return text


def _services(incident: Incident, moment: Moment, words: tuple[str, ...]) -> tuple[str, ...]:
    """Those that stay in their order, then the new ones; what the configuration dropped since may stay."""
    wanted = [word if word in incident.services else moment.policy.service(word).name for word in words]
    stay = [name for name in incident.services if name in wanted]
    return tuple(dict.fromkeys((*stay, *wanted)))


def _figures(incident: Incident, told: Mapping[str, str]) -> Mapping[str, str]:
    figures = dict(incident.figures)
    for name, text in told.items():
        if name not in FIGURES:
            raise Refused(known("figure", name, FIGURES), field="figures")
        figures[name] = _FIGURE[name](text.strip(), name)
    return {name: figures[name] for name in FIGURES if figures.get(name)}


def _number(text: str, name: str) -> str:
    if text and not _WHOLE.fullmatch(text):
        raise Refused("Give a whole number, such as 1,200, or leave it empty.", field=name)
    return str(int(re.sub("[^0-9]", "", text))) if text else ""


def _revenue(text: str, name: str) -> str:
    return _within(" ".join(text.split()), REVENUE_LENGTH, name)


_FIGURE: Mapping[str, Callable[[str, str], str]] = {"users": _number, "revenue": _revenue, "tickets": _number}


def _milestones(
    incident: Incident, moment: Moment, by: PersonId, told: Mapping[str, datetime]
) -> Mapping[str, Milestone]:
    """The milestones with the times that differ, from whom they were before.

    Times are told to the minute, so within one nothing differs.
    """
    _require_reached(incident, told)
    changed = {name: at for name, at in told.items() if not _is_same_minute(at, incident.at(name))}
    for name, at in changed.items():
        if name == "declared":
            raise Refused("When it was declared is what the record says: it cannot be changed.", field=name)
        if at > moment.now:
            raise Refused("That time is still to come. Give the time at which it happened.", field=name)
    sources = {name: reached.source for name, reached in incident.milestones.items()}
    mended = {name: Milestone(at, sources.get(name, by)) for name, at in changed.items()}
    times = {**incident.milestones, **mended}
    ordered = {name: times[name] for name in MILESTONES if name in times}
    for end in _ENDS:
        _hold(ordered, end, changed)
    return ordered


def _require_reached(incident: Incident, names: Iterable[str]) -> None:
    for name in names:
        if name not in MILESTONES:
            raise Refused(known("milestone", name, MILESTONES), field="milestones")
        if name not in incident.milestones and name != "began":
            raise Refused(f"{incident.name} has not been {name} yet, so there is no time to set right.", field=name)


def _is_same_minute(one: datetime, other: datetime | None) -> bool:
    return other is not None and one.replace(second=0, microsecond=0) == other.replace(second=0, microsecond=0)


@dataclass(frozen=True, slots=True)
class _End:
    """The first or the last milestone: no other one is `beyond` it, but for the exempt."""

    name: str
    beyond: Callable[[datetime, datetime], bool]
    sentence: str
    exempt: frozenset[str] = frozenset()


_ENDS = (
    _End("began", operator.lt, "It cannot have begun after it was {other}. Change one of the two times."),
    _End(
        "resolved",
        operator.gt,
        "It cannot have been resolved before it was {other}. Change one of the two times.",
        exempt=frozenset({"declared"}),
    ),
)
"""It may have been resolved before it was declared: then it was over, and nobody had said so."""


def _hold(times: dict[str, Milestone], end: _End, changed: Container[str]) -> None:
    """Keeps the milestones within an end of theirs: what was only implied, or lies in the same minute, moves to it."""
    for name, reached in list(times.items()):
        if end.name not in times or name in end.exempt or not (name in changed or end.name in changed):
            continue
        limit = times[end.name]
        if not end.beyond(reached.at, limit.at):
            continue
        follows = reached.implied and name not in changed
        if not follows and not _is_same_minute(reached.at, limit.at):
            field = end.name if end.name in changed else name
            raise Refused(end.sentence.format(other=name), field=field)
        if follows or end.name not in changed:
            times[name] = replace(reached, at=limit.at)
        else:
            times[end.name] = replace(limit, at=reached.at)


def _edited(before: Incident, after: Incident) -> Iterator[Event]:
    pairs: dict[str, tuple[Any, Any]] = {
        "title": (before.title, after.title),
        "services": (", ".join(before.services), ", ".join(after.services)),
        "affected": (before.affected, after.affected),
        **{name: (before.figures.get(name, ""), after.figures.get(name, "")) for name in FIGURES},
    }
    for field, (was, now) in pairs.items():
        if was != now:
            yield Edited(field=field, before=Words(was), after=Words(now))


def _moved(before: Incident, after: Incident, why: str) -> Iterator[Event]:
    for name, reached in after.milestones.items():
        was = before.at(name)
        if was != reached.at:
            reason = require_text(why, "Say why the time is another: the old one stays in the timeline.", "why")
            yield MilestoneEdited(milestone=name, before=was, after=reached.at, why=Words(reason))


def _not_said_again(before: Incident, after: Incident, moment: Moment) -> Incident:
    """The incident with every reminder that had come to its end still at its end: a mended time says nothing twice."""
    going = {each.kind for each in reminders.due(before, moment)}
    again = [each for each in reminders.due(after, moment) if each.kind in before.said and each.kind not in going]
    said = {each.kind: replace(before.said[each.kind], anchor=each.anchor, step=each.step) for each in again}
    return replace(after, said={**before.said, **said}) if said else after
