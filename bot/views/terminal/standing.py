"""How Tocsin itself stands, for whoever runs it: a line a fact, what is wrong last."""

from collections.abc import Iterator
from datetime import timedelta

from bot.rules.incident import KINDS
from bot.rules.standing import GRACE, Backup, Lane, Program, Standing
from bot.views.labels import KIND_SIGNS
from bot.views.terminal.paper import Line, Paper, Tone, columns
from bot.views.text import age, plain_line

LONGEST_LANES = 5
SECOND = timedelta(seconds=1)
QUIET_FOR = timedelta(seconds=60)
"""Slack sends a frame each few seconds over Socket Mode; what is silent for longer stands out."""
WAYS = {"socket": "Socket Mode", "http": "HTTP"}


def standing(stands: Standing, paper: Paper) -> Iterator[Line]:
    """All of it; at most about 25 lines where all is well."""
    yield Line(f"Tocsin {stands.version}", "title")
    database = f"{stands.database}, {size(stands.size)}, schema {stands.schema}"
    yield from _part("Database", [database])
    yield from _part("Running", _programs(stands, paper), "plain" if stands.programs else "bad")
    yield from _part("Open", [_open(stands, paper)])
    due = columns([(paper.time(each.when), each.whose, each.what) for each in stands.falling])
    yield from _part("Due next", due or ["nothing"])
    if stands.overdue:
        yield from _part("Overdue", [f"{stands.overdue} by more than a minute"], "bad")
    yield from _part("Outbox", list(_lanes(stands, paper)))
    if stands.given_up:
        told = f"{stands.given_up} in the last day; each incident's timeline tells which"
        yield from _part("Given up", [told], "warn")
    if stands.backup:
        yield from _part("Backup", [_backup(stands.backup, paper)], "warn" if stands.backup.is_late else "plain")
    troubles = stands.troubles
    yield Line("")
    yield from (Line(f"✗ {each}", "bad") for each in troubles)
    if not troubles:
        yield _well(stands, paper)


def _well(stands: Standing, paper: Paper) -> Line:
    """That nothing is wrong here; where Slack holds something up, that it is not all well either."""
    held = [lane.since for lane in stands.lanes if lane.why == "paused" and paper.now - lane.since > GRACE]
    if not held:
        return Line(f"✓ All is well. Times are {paper.zone_name}.", "good")
    told = f"Nothing is wrong here, but Slack holds messages up since {paper.time(min(held))}."
    return Line(f"{told} Times are {paper.zone_name}.", "warn")


def _backup(backup: Backup, paper: Paper) -> str:
    if backup.at is None:
        return "none yet"
    return f"{paper.date(backup.at)} ({_ago(paper.now - backup.at)})"


def size(count: int) -> str:
    """`812 kB`, `1.2 MB`."""
    amount, unit = count / 1000, "kB"
    for larger in ("MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{amount:.0f} {unit}" if unit == "kB" else f"{amount:.1f} {unit}"


def _part(name: str, lines: list[str], tone: Tone = "plain") -> Iterator[Line]:
    for place, line in enumerate(lines):
        yield Line(f"{name if place == 0 else '':10}{line}", tone)


def _programs(stands: Standing, paper: Paper) -> list[str]:
    if not stands.programs:
        return [f"nobody{f' since {paper.time(stands.here)}' if stands.here else ', and nobody ever has'}"]
    return columns([_program(each) for each in stands.programs])


def _program(each: Program) -> tuple[str, ...]:
    way = WAYS.get(each.way, each.way)
    heard = "nothing heard from Slack yet" if each.heard is None else f"heard from Slack {_ago(each.heard)}"
    return plain_line(each.host), each.version, way, f"up {_span(each.up)}", heard


def _ago(passed: timedelta) -> str:
    return f"{_span(passed)} ago"


def _span(passed: timedelta) -> str:
    """`3 s`, else as other lengths of time."""
    seconds = max(0, int(passed.total_seconds()))
    return f"{seconds} s" if seconds < 60 else age(passed)


def _open(stands: Standing, paper: Paper) -> str:
    if not stands.open:
        return "nothing, all is quiet"
    order = [level.name for level in paper.policy.severities]

    def place(counted: tuple[str, str]) -> tuple[int, int, str]:
        severity, kind = counted
        return KINDS.index(kind) if kind in KINDS else 9, order.index(severity) if severity in order else -1, severity

    return ", ".join(f"{stands.open[each]} {_named(*each)}" for each in sorted(stands.open, key=place))


def _named(severity: str, kind: str) -> str:
    return f"{severity} ({KIND_SIGNS[kind][1].lower()})" if kind in KIND_SIGNS else severity


def _lanes(stands: Standing, paper: Paper) -> Iterator[str]:
    if not stands.lanes:
        yield "empty: all that was to be said is said"
        return
    rows = sum(lane.rows for lane in stands.lanes)
    places = "1 lane" if len(stands.lanes) == 1 else f"{len(stands.lanes)} lanes"
    yield f"{rows} to go out, in {places}{', the longest waiting:' if len(stands.lanes) > LONGEST_LANES else ':'}"
    yield from columns([_lane(lane, paper) for lane in stands.lanes[:LONGEST_LANES]])


def _lane(lane: Lane, paper: Paper) -> tuple[str, ...]:
    since = f"since {paper.time(lane.since)} ({age(paper.now - lane.since)})"
    again = f"in {_span(lane.left)}" if lane.left >= SECOND else "now"
    return plain_line(lane.lane), str(lane.rows), since, WHY[lane.why].format(again=again)


WHY = {
    "sending": "on its way",
    "paused": "Slack asked to wait, or did not take it: again {again}",
    "no place yet": "its channel or message does not exist yet",
    "ready": "goes next",
}
"""Why a lane waits."""
