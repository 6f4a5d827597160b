"""Several of a kind in a row are one line, people within two minutes, changes within one; later ones begin another."""

from dataclasses import replace

from bot.rules import bursts
from bot.rules.audience import tell
from bot.rules.change import Change, Outgoing
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.roles import assign
from bot.rules.rollouts.finding import rolled_out
from bot.rules.rollouts.rollout import Rollout
from tests.rules.acting import entries, kept
from tests.rules.given import ADA, BOB, CLEO, POLICY, declared, moment

NOW = moment("2026-03-02 10:10")
SOON = moment("2026-03-02 10:11")
LATER = moment("2026-03-02 10:12")


def led() -> Incident:
    return replace(declared(), channel="C12", acknowledged_by=ADA)


def given(incident: Incident, moment: Moment, role: str, seq: int) -> tuple[Incident, list[Outgoing]]:
    """The incident after Bob gave a role to Cleo, and the lines about people."""
    change: Change = assign(incident, moment, by=BOB, role=role, person=CLEO)
    after = kept(incident, change, moment, by=BOB, first=seq)
    rows = tell(incident, after, entries(change, moment, by=BOB, first=seq), POLICY)
    return after, [row for row in rows if row.kind == "people"]


def test_the_first_is_posted_and_those_that_follow_soon_edit_it() -> None:
    first, posted = given(led(), NOW, "comms", 7)
    assert posted == [
        Outgoing("incident:12/channel", "people", "incident:12/people-7", {"first": 7, "place": "channel"})
    ]
    second, edited = given(first, SOON, "scribe", 8)
    assert edited == [
        Outgoing("incident:12/people-7", "people", "incident:12/people-7", {"first": 7, "place": "channel"})
    ]
    _, another = given(second, LATER, "lead", 9)
    assert [(row.lane, row.slot) for row in another] == [("incident:12/channel", "incident:12/people-9")]


def test_in_a_fresh_channel_a_line_of_its_own_begins() -> None:
    first, _ = given(led(), NOW, "comms", 7)
    moved = replace(first, channels=2, channel="C13", private=True, announce=None)
    moved = bursts.counted(first, moved, ())
    _, posted = given(moved, SOON, "scribe", 9)
    assert [(row.lane, row.slot) for row in posted] == [("incident:12/channel.2", "incident:12/people-9.2")]


def test_what_belongs_into_a_line_is_what_was_written_within_it() -> None:
    told = [
        entry
        for at, first, role in ((NOW, 7, "comms"), (SOON, 8, "scribe"), (LATER, 9, "lead"))
        for entry in entries(assign(led(), at, by=BOB, role=role, person=CLEO), at, by=BOB, first=first)
    ]
    assert [entry.seq for entry in bursts.together(told, 7)] == [7, 8]
    assert [entry.seq for entry in bursts.together(told, 9)] == [9]


def changed(incident: Incident, moment: Moment, seq: int) -> tuple[Incident, list[Outgoing], list[Entry]]:
    """The incident after another change of what runs, with the lines about these."""
    change = rolled_out(incident, moment, rollout=Rollout(f"r{seq}", "deploy", moment.now, "Faster", "checkout"))
    after = kept(incident, change, moment, by=BOB, first=seq)
    told = entries(change, moment, by=BOB, first=seq)
    return after, [row for row in tell(incident, after, told, POLICY) if row.kind == "rollouts"], list(told)


def test_changes_are_one_line_a_minute_which_tells_of_the_last_five() -> None:
    told: list[Entry] = []
    of, lanes = led(), []
    for seq, minute in enumerate(("10:00:00", "10:00:59", "10:01:00", "10:05:30", "10:06:00"), 7):
        of, rows, more = changed(of, moment(f"2026-03-02 {minute}"), seq)
        told += more
        lanes += [row.lane for row in rows]
    assert lanes == [
        "incident:12/channel",
        "incident:12/rollouts-7",
        "incident:12/channel",
        "incident:12/channel",
        "incident:12/rollouts-10",
    ]
    assert [entry.seq for entry in bursts.together(told, 7)] == [7, 8]
    assert [entry.seq for entry in bursts.together(told, 9)] == [7, 8, 9]
    assert [entry.seq for entry in bursts.together(told, 10)] == [10, 11]
