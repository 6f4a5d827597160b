"""`tocsin simulate`: the table of who would be told, minute by minute."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.rules.foreseen.simulated import Row, Simulation
from bot.views import simulated as words
from bot.views.terminal.paper import Line, Paper, columns, folded, utc
from bot.views.text import listed, plain_line

HEADS = ("TIME", "WHO", "HOW", "LOUD", "WHY")


def simulated(found: Simulation, paper: Paper) -> Iterator[Line]:
    """A line for each who is told, then what does not do its work; times near its beginning without their day."""
    paper = replace(paper, now=found.at)
    title = f"{paper.plain(words.subject(found))}, declared {paper.date(found.at)} ({paper.zone_name}), nobody answers"
    yield Line(folded(title, paper.width), "title")
    rows = [
        (
            paper.since(row.at, found.at),
            paper.plain(words.who(row)),
            words.way(row),
            "loud" if row.loud else "",
            paper.plain(words.why(row)),
        )
        for row in found.rows
    ]
    if rows:
        head, *lines = columns([HEADS, *rows], width=paper.width)
        yield Line(head, "quiet")
        for row, line in zip(found.rows, lines, strict=True):
            yield Line(line, "plain" if row.paged else "quiet")
    yield from (Line(folded(each.text, paper.width), each.tone) for each in _said(found, paper))


def _said(found: Simulation, paper: Paper) -> Iterator[Line]:
    """Below the table: how it ends, and what is wrong or not known."""
    for at, policy in found.nobody:
        ended = f"Nobody has answered {plain_line(policy)}: nobody else is paged."
        yield Line(f"{paper.since(at, found.at)}  {ended}", "warn")
    for warning in words.warnings(found):
        yield Line(f"✗ {paper.plain(warning)}", "bad")
    for sentence in words.later(found):
        yield Line(f"+ {paper.plain(sentence)}", "quiet")
    for sentence in (*_strangers(found, paper), *words.unknown(found)):
        yield Line(f"? {paper.plain(sentence)}", "quiet")


def _strangers(found: Simulation, paper: Paper) -> Iterator[str]:
    """Who counted as nobody, as Slack has not told who they are."""
    known = {each.name for each in paper.policy.people}
    if lost := [name for name in found.passed if name in known]:
        verb = "is" if len(lost) == 1 else "are"
        asks = "`tocsin run` asks it. Until then they count as nobody."
        yield f"Slack has not told yet who {listed(lost)} {verb}: {asks}"


def simulated_data(found: Simulation, paper: Paper) -> dict[str, Any]:
    """The same for programs; times in UTC."""
    return {
        "severity": found.severity,
        "services": list(found.services),
        "at": utc(found.at),
        "rows": [_row_data(row, paper) for row in found.rows],
        "weak": [
            {"at": utc(each.at), "policy": each.policy, "level": each.level, "why": each.kind, "who": list(each.who)}
            for each in found.weak
        ],
        "passed": list(found.passed),
        "nobody_answered": [{"at": utc(at), "policy": policy} for at, policy in found.nobody],
        "warnings": [paper.plain(each) for each in words.warnings(found)],
        "later": [paper.plain(each) for each in words.later(found)],
        "unknown": [paper.plain(each) for each in words.unknown(found)],
    }


def _row_data(row: Row, paper: Paper) -> dict[str, Any]:
    return {
        "at": utc(row.at),
        "place": row.place,
        "who": row.who,
        "name": paper.plain(words.who(row)),
        "way": row.way,
        "loud": row.loud,
        "sent": not row.unsent,
        "audience": row.audience or None,
        "policy": row.paged.policy if row.paged else None,
        "level": row.paged.level if row.paged else None,
        "why": paper.plain(words.why(row)),
    }
