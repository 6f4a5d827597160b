"""What is read in a terminal, word for word; times are Madrid's."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.rules import lifecycle, notes, updates
from bot.rules.change import Answer, Change
from bot.rules.declaring import declare
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.paging.by_hand import Ahead
from bot.rules.refused import Refused
from bot.rules.standing import Backup, Falling, Lane, Program, Standing
from bot.views import terminal
from bot.views.terminal import Line, Paper
from bot.views.terminal.data import incident_data, timeline_data
from bot.views.terminal.standing import size
from tests.views.samples import ADA, BOB, POLICY, at

NAMES = {ADA: "Ada", BOB: "Bob", "C12": "inc-12-checkout-is-down"}


def paper(minutes: float = 40) -> Paper:
    return Paper(POLICY, at(minutes), NAMES)


def moment(minutes: float) -> Moment:
    return Moment(at(minutes), POLICY)


def fresh(**facts: Any) -> Incident:
    return declare(moment(0), number=12, by=ADA, title="Checkout is down", severity="sev1", **facts).incident


def read(lines: Iterable[Line]) -> str:
    return "\n".join(line.text for line in lines)


def entries(change: Change, minutes: float, first: int = 1) -> tuple[Entry, ...]:
    events = enumerate(change.events, first)
    return tuple(
        Entry("incident:12", seq, at(minutes), at(minutes), f"cli:{BOB}", "cli", event) for seq, event in events
    )


def told(change: Change, minutes: float, *, is_heard: bool = True) -> str:
    answer = Answer(12, entries=entries(change, minutes))
    return read(terminal.outcome(answer, change.incident, paper(minutes), is_heard=is_heard))


LATER = "\nSlack is told now; if Slack is away, once it is back, with this time."


def test_declared() -> None:
    change = declare(moment(0), number=12, by=ADA, title="Checkout is down", severity="sev1")
    assert told(change, 0) == (
        "INC-12 is declared: SEV1 Checkout is down\n"
        f"Nobody has it yet; after 13:05 that is late. Who takes it: tocsin incident ack INC-12{LATER}"
    )


def test_acknowledged() -> None:
    assert told(lifecycle.acknowledge(fresh(), moment(3), by=BOB), 3) == (
        "Bob has INC-12 now, 3 min after it was declared: Checkout is down\n"
        "It has no commander yet: /incident command INC-12, in Slack.\n"
        f'Next update by 13:30: tocsin incident update INC-12 "what is being done"{LATER}'
    )


def test_updated_where_no_bot_runs() -> None:
    change = updates.update(fresh(), moment(10), by=BOB, text="Rolling back")
    assert told(change, 10, is_heard=False) == (
        "Update #1 of INC-12 is written (detected).\n"
        'Next update by 13:40: tocsin incident update INC-12 "what is being done"\n'
        "It is kept, but no Tocsin runs now: Slack is told once `tocsin run` is started."
    )


def test_moved_on_resolved_and_noted() -> None:
    moved = lifecycle.change_status(fresh(), moment(5), by=BOB, status="monitoring")
    assert told(moved, 5).startswith(
        "INC-12 is monitoring now (was detected).\nWatch the figures for 15 minutes, then resolve it.\n"
    )
    assert told(lifecycle.resolve(fresh(), moment(65), by=BOB, fix="Rolled back"), 65) == (
        "INC-12 is resolved after 1 h 5 min. Reminders have stopped.\n"
        f"Should it come back: /incident reopen INC-12 why, in Slack.{LATER}"
    )
    noted = notes.note(fresh(private=True), moment(5), by=BOB, text="Disk")
    assert told(noted, 5) == (
        "Noted in the timeline of INC-12.\n"
        "Its people are told in Slack now; if Slack is away, once it is back, with this time."
    )


def test_a_refusal_is_plain_and_names_what_can_be_typed_here() -> None:
    has_it = lifecycle.acknowledge(fresh(), moment(1), by=BOB).incident
    with pytest.raises(Refused) as held:
        lifecycle.acknowledge(has_it, moment(2), by=ADA)
    assert terminal.refusal(held.value.sentence, paper()).startswith("Bob already has INC-12.")
    with pytest.raises(Refused) as empty:
        lifecycle.resolve(has_it, moment(2), by=BOB, fix=" ")
    assert terminal.refusal(empty.value.sentence, paper()) == (
        "Say what fixed it: “tocsin incident resolve INC-12 rolled back the deploy”."
    )
    closed = lifecycle.resolve(has_it, moment(2), by=BOB, fix="x").incident
    with pytest.raises(Refused) as over:
        lifecycle.acknowledge(closed, moment(3), by=BOB)
    assert "“/incident reopen INC-12 why” opens it again" in terminal.refusal(over.value.sentence, paper())


def test_the_list() -> None:
    second = replace(fresh(private=True), number=7, severity="SEV3", title="Mail \x1b[31mis\nslow")
    held = lifecycle.acknowledge(second, moment(1), by=BOB).incident
    closed = replace(lifecycle.resolve(fresh(kind="test"), moment(0.5), by=BOB, fix="x").incident, number=1)
    assert read(terminal.listing([fresh(), held, closed], 5, "all", paper())) == (
        "              STATUS        FOR          WHO              TITLE\n"
        "SEV1  INC-12  detected      40 min       nobody has it    Checkout is down\n"
        "SEV3  INC-7   acknowledged  40 min       Bob, update due  (private) Mail [31mis slow\n"
        "SEV1  INC-1   resolved      under 1 min                   TEST Checkout is down\n"
        "3 of 5. Say more to narrow it: sev1, mine, service:name, words."
    )


def test_a_line_of_the_list_fits_the_terminal() -> None:
    narrow = replace(paper(), width=50)
    _head, line = terminal.listing([fresh()], 1, "", narrow)
    assert line.text == "SEV1  INC-12  detected  40 min  nobody has it  Ch…"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("", "No incident is open. All is quiet.\nIf something is wrong, say so: tocsin incident declare sev1 what is"),
        ("all", "There has been no incident yet.\nIf something is wrong"),
        ("mine sev1", "No incident matches “mine sev1”. tocsin incident list all … looks among closed ones too."),
        ("all cart", "No incident matches “all cart”."),
    ],
)
def test_nothing_to_list(words: str, said: str) -> None:
    assert read(terminal.listing([], 0, words, paper())).startswith(said)


def test_one_of_them() -> None:
    change = lifecycle.acknowledge(fresh(), moment(3), by=BOB)
    incident = replace(change.incident, roles={"lead": BOB}, channel="C12", services=("checkout",), impact="No <sale>")
    late = replace(entries(change, 3)[0], tells_of=at(-900), at=at(3))
    assert read(terminal.shown(incident, [*entries(change, 3), late], paper())) == (
        "SEV1 INC-12 Checkout is down\n"
        "Status    acknowledged, declared 40 min ago\n"
        "Who       Bob has it; no commander yet\n"
        "Update    promised for 13:30, and late; none posted yet\n"
        "Roles     Lead Bob\n"
        "Services  checkout\n"
        "Impact    No <sale>\n"
        "Times     detected 13:00, declared 13:00, acknowledged 13:03\n"
        "Channel   #inc-12-checkout-is-down\n"
        "\n"
        "Timeline (Europe/Madrid)\n"
        "  13:03 Bob acknowledged (from the command line)\n"
        "  2026-11-17 22:00 Bob acknowledged (from the command line) (written 13:03)\n"
        "\n"
        'Next: tocsin incident update INC-12 "what is being done", or resolve INC-12 "what fixed it"'
    )


def test_whom_it_pages_and_who_is_next() -> None:
    ahead = Ahead((BOB,), at(15), ("@data", "PagerDuty (search)"))
    shown = read(terminal.shown(fresh(), [], paper(10), ahead=ahead))
    assert "\nPaged   Bob, next @data and PagerDuty (search) at 13:15\n" in shown
    last = read(terminal.shown(fresh(), [], paper(10), ahead=replace(ahead, following=())))
    assert "\nPaged   Bob; nobody is left after that, everybody is told at 13:15\n" in last


def test_for_programs() -> None:
    change = lifecycle.acknowledge(fresh(), moment(3), by=BOB)
    data = incident_data(change.incident, paper())
    assert data["acknowledged_by"] == {"id": BOB, "name": "Bob"}
    assert data["next_update_by"] == "2026-11-18T12:30:00+00:00"
    assert timeline_data(entries(change, 3), paper())[0]["text"] == "Bob acknowledged (from the command line)"


WELL = Standing(
    version="0.1.0",
    database="SQLite tocsin.db",
    size=1_234_567,
    schema="0003",
    programs=(Program("alpha", "0.1.0", "socket", timedelta(hours=3), timedelta(seconds=2)),),
    open={("SEV2", "test"): 1, ("SEV3", "incident"): 2, ("SEV1", "incident"): 1},
    falling=(Falling(at(45), "INC-12", "update due"), Falling(at(2000), "INC-9", "channel to archive")),
    lanes=(
        Lane("announce", 1, at(39.9), "sending"),
        Lane("person:U1", 12, at(20), "paused", timedelta(seconds=41)),
    ),
    backup=Backup(at(-600)),
)


def test_how_it_stands() -> None:
    assert read(terminal.standing(WELL, paper())) == (
        "Tocsin 0.1.0\n"
        "Database  SQLite tocsin.db, 1.2 MB, schema 0003\n"
        "Running   alpha  0.1.0  Socket Mode  up 3 h  heard from Slack 2 s ago\n"
        "Open      1 SEV1, 2 SEV3, 1 SEV2 (test)\n"
        "Due next  13:45             INC-12  update due\n"
        "          2026-11-19 22:20  INC-9   channel to archive\n"
        "Outbox    13 to go out, in 2 lanes:\n"
        "          announce   1   since 13:39 (just now)  on its way\n"
        "          person:U1  12  since 13:20 (20 min)    Slack asked to wait, or did not take it: again in 41 s\n"
        "Backup    2026-11-18 03:00 (10 h 40 min ago)\n"
        "\n"
        "Nothing is wrong here, but Slack holds messages up since 13:20. Times are Europe/Madrid."
    )
    unhindered = replace(WELL, lanes=WELL.lanes[:1])
    assert read(terminal.standing(unhindered, paper())).endswith("\n✓ All is well. Times are Europe/Madrid.")


def test_what_is_wrong_is_said_last() -> None:
    wrong = Standing("0.1.0", "SQLite tocsin.db", 4096, "0003", here=at(2), overdue=2, given_up=3)
    assert read(terminal.standing(wrong, paper())) == (
        "Tocsin 0.1.0\n"
        "Database  SQLite tocsin.db, 4 kB, schema 0003\n"
        "Running   nobody since 13:02\n"
        "Open      nothing, all is quiet\n"
        "Due next  nothing\n"
        "Overdue   2 by more than a minute\n"
        "Outbox    empty: all that was to be said is said\n"
        "Given up  3 in the last day; each incident's timeline tells which\n"
        "\n"
        "✗ No Tocsin runs: nobody is reminded, and Slack is told nothing. Start `tocsin run`.\n"
        "✗ 2 things have been due for more than a minute, and not been said."
    )


def test_a_normal_state_fits_on_a_screen() -> None:
    many = replace(WELL, lanes=WELL.lanes * 20, falling=(WELL.falling[0],) * 5, programs=WELL.programs * 3)
    assert len(list(terminal.standing(many, paper()))) <= 25


@pytest.mark.parametrize(("count", "said"), [(0, "0 kB"), (812_000, "812 kB"), (1_234_567, "1.2 MB"), (5e12, "5.0 TB")])
def test_sizes(count: int, said: str) -> None:
    assert size(count) == said


def test_verified() -> None:
    assert terminal.verified(3, 120, 0).text == "✓ 3 timelines with 120 entries: each is as it was written."
    assert terminal.verified(0, 0, 0).text == "✓ There is no timeline yet."
    assert terminal.verified(3, 90, 1).text.startswith("1 of 3 timelines is not as written. Compare with a backup")
    assert terminal.broken("incident:12", 3, "is missing").text == "✗ INC-12: entry 3 is missing"
    assert terminal.broken("team:payments", 1, "its text was changed").text == (
        "✗ team:payments: entry 1 is not as it was written: its text was changed"
    )
