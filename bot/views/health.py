"""How on-call weighs on people, as they read it: the five figures with their limits, people, time off, who leads."""

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import TypeAlias

from bot.rules.incident import PersonId
from bot.rules.moment import Person
from bot.rules.oncall.health import HERO_FEWEST, MEASURES, WEEK, Health, Load, Measure, Verdict
from bot.views.blocks import Block, actions, button, context, packed, section
from bot.views.charts import Bar, PagesPlot
from bot.views.message import Message, message
from bot.views.text import clip, length, listed, one_line, person, plain_line

Known: TypeAlias = Mapping[PersonId, Person]
Named: TypeAlias = Callable[[str], str]
MARKS: Mapping[Verdict, str] = {"healthy": "🟢", "in between": "🟡", "unhealthy": "🔴", "unknown": "⚪"}
MOST = 8
"""People in a report; the others are counted."""

SHORT: Mapping[str, str] = {
    "pages": "{} pages a week",
    "false_alarms": "{} false alarms",
    "acknowledged": "acknowledged in {}",
    "after_hours": "{} after hours",
    "mitigated": "mitigated in {}",
}
"""Each figure of somebody, in one line with the others."""

SHOWN_WEEKS = 4
"""Bars of each person in the plot."""

LONGEST_COMMENT = 3_800
SHARE = "incident:health_share"
PAGE = "docs/oncall.md"


def report(found: Health, command: str, *, shares: bool = True) -> Message:
    """The report that whoever asked sees alone; its button shares it in the channel."""
    lines = _lines(found, command)
    blocks: list[Block] = [section(part) for part in packed(lines)]
    if found.people:
        blocks.append(context(f"The plot comes to you as a direct message. {_counted()}"))
        blocks += [actions(_share(found))] if shares else []
    return message(_spoken(found), *blocks)


def comment(found: Health, command: str, people: Known) -> str:
    """The same beside the plot, as one text; people by name, so that it rings nobody where it is shared."""
    return clip("\n".join(_lines(found, command, lambda who: one_line(_name(who, people)))), LONGEST_COMMENT)


def without_plot(found: Health, command: str, people: Known, why: str) -> Message:
    """The report where the plot cannot be shown, and what helps."""
    helps = NO_PLOT.get(why, f"it could not be drawn ({one_line(why, 40)})")
    blocks = [section(part) for part in packed(comment(found, command, people).splitlines())]
    return message(_spoken(found), *blocks, context(f"Without its plot: {helps}."))


NO_PLOT: Mapping[str, str] = {
    "missing_scope": "Tocsin's app lacks the scope `files:write`",
    "not_in_channel": "Tocsin is not in this channel, and shows files only where it is. Invite it, and share again",
    "channel_not_found": "Tocsin is not in this channel, and shows files only where it is. Invite it, and share again",
}
"""Why no plot is shown, by Slack's code."""


def _share(found: Health) -> Block:
    value = f"{_weeks(found)}w {found.team or ''}".strip()
    return {**button("Share here", SHARE, 0), "value": value}


def _weeks(found: Health) -> int:
    return round((found.until - found.since) / WEEK)


def _span(found: Health) -> str:
    weeks = _weeks(found)
    return "the last week" if weeks == 1 else f"the last {weeks} weeks"


def _of(found: Health) -> str:
    return f" of {one_line(found.team)}" if found.team else ""


def _spoken(found: Health) -> str:
    if not found.people:
        return f"On-call health{_of(found)}: nobody was paged in {_span(found)}."
    return f"On-call health{_of(found)}, {_span(found)}: {found.whole.verdict}."


def _lines(found: Health, command: str, named: Named = person) -> list[str]:
    if not found.people:
        nobody = f"*Nobody was paged{f' for {one_line(found.team)}' if found.team else ''} in {_span(found)}.*"
        longer = f"Look further back with `{command} oncall health {_weeks(found) * 3}w`."
        return [f"{nobody} {longer}", *_leading(found, named)]
    whole = [_figure(measure, found.whole) for measure in MEASURES]
    title = f"*On-call health{_of(found)}*, {_span(found)}: {found.whole.verdict}"
    bold = ", what is unhealthy in bold" if any(each.verdict == "unhealthy" for each in found.people[:MOST]) else ""
    people = [f"*People*{bold}", *_people(found, named)]
    return [title, *whole, "", *people, *_time_off(found, named), *_leading(found, named)]


def _figure(measure: Measure, load: Load) -> str:
    """`🟡 *Pages* 3.5 a week: in between (healthy below 2, unhealthy above 5)`."""
    value = load.figures[measure.name]
    verdict = measure.verdict(value)
    limits = f"healthy below {_told(measure, measure.healthy)}, unhealthy above {_told(measure, measure.unhealthy)}"
    said = f"{_told(measure, value)}{' a week' if measure.unit == 'a week' else ''}" if value is not None else "—"
    word = "nothing to measure" if value is None else verdict
    return f"{MARKS[verdict]} *{measure.title}* {said}: {word} ({limits})"


def _told(measure: Measure, value: float) -> str:
    if measure.unit == "time":
        return length(timedelta(seconds=value))
    return f"{value:.0%}" if measure.unit == "share" else f"{value:.1f}".removesuffix(".0")


def _people(found: Health, named: Named) -> Iterable[str]:
    for load in found.people[:MOST]:
        yield f"{MARKS[load.verdict]} {named(load.who)}: {', '.join(_figures(load))}"
    if (more := len(found.people) - MOST) > 0:
        yield f"… and {more} more, paged less"


def _figures(load: Load) -> Iterable[str]:
    for measure in MEASURES:
        value = load.figures[measure.name]
        if value is not None:
            told = SHORT[measure.name].format(_told(measure, value))
            told = told.replace("pages", "page") if told.startswith("1 ") else told
            yield f"*{told}*" if measure.verdict(value) == "unhealthy" else told


def _time_off(found: Health, named: Named) -> Iterable[str]:
    due = [load for load in found.people if load.days_off]
    if due:
        days = (f"{named(each.who)} {each.days_off} {'day' if each.days_off == 1 else 'days'}" for each in due)
        yield f"🛌 *Time off is due*: {listed(days)} (one for each week with more than 5 pages, or 3 after hours)."


def _leading(found: Health, named: Named) -> Iterable[str]:
    if not found.busiest:
        return
    who, count = found.busiest
    commanded = sum(found.led.values())
    led = f"{named(who)} led {count} of {commanded} {'incident' if commanded == 1 else 'incidents'}"
    share = f" ({count / commanded:.0%})"
    if found.has_hero:
        yield f"🦸 *It leans on one person*: {led}{share}. Let others lead, with them beside."
    elif commanded >= HERO_FEWEST:
        yield f"🟢 Leading is shared: {led}{share}, the most of all."


def _counted() -> str:
    return f"Business hours are by each person's own clock. How it is counted: {PAGE}."


def plot(found: Health, people: Known, limits: Measure = MEASURES[0]) -> PagesPlot:
    """The picture of it: the last weeks of the most paged people."""
    weeks = found.whole.weeks[-SHOWN_WEEKS:]
    named = tuple(
        (_name(load.who, people), tuple(Bar(week.pages, week.after_hours) for week in load.weeks[-SHOWN_WEEKS:]))
        for load in found.people[:MOST]
    )
    titles = tuple(f"{week.since:%-d %b}" for week in weeks)
    return PagesPlot(_title(found), named, titles, limits.healthy, limits.unhealthy)


def _title(found: Health) -> str:
    return f"Pages a week{f', {plain_line(found.team, 20)}' if found.team else ''}"


def _name(who: PersonId, people: Known) -> str:
    known = people.get(who)
    return plain_line(known.name, 30) if known and known.name else who


def alternative(found: Health, people: Known) -> str:
    """What the plot shows, for who cannot see it."""

    def told(load: Load) -> str:
        late = sum(week.after_hours for week in load.weeks)
        return f"{_name(load.who, people)} {load.pages}, {late} of them after hours"

    shown = "; ".join(told(load) for load in found.people[:MOST])
    limits = f"Healthy below {MEASURES[0].healthy} a week, unhealthy above {MEASURES[0].unhealthy}."
    return plain_line(f"{_title(found)}; {_span(found)}, pages by person: {shown}. {limits}", 1_000)
