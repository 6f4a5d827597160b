"""What is told after its time says so first, and gives no advice that others have overtaken."""

from bot.rules import lifecycle, updates
from bot.rules.change import Change
from bot.rules.entries import Entry
from bot.rules.events import NotAcknowledged
from bot.rules.incident import Incident
from bot.views import messages
from bot.views.message import Message
from tests.views.samples import ADA, BOB, POLICY, at, declared, moment

LATE = at(40)


def said(
    change: Change, minutes: float, source: str = "slash", *, waited: bool = True, now: Incident | None = None
) -> Message:
    """What is said 40 minutes after noon of a change so many minutes after it; `now` is how it stands by then."""
    actor = f"{'cli' if source == 'cli' else 'slack'}:{BOB}"
    entries = [Entry("incident:12", 9, at(minutes), at(minutes), actor, source, each) for each in change.events]
    stands = now or change.incident
    return messages.render(entries, stands, POLICY, place="channel", now=LATE, waited=waited)


def when(minutes: float) -> str:
    return f"<!date^{int(at(minutes).timestamp())}^"


def shown(message: Message) -> str:
    return "\n".join(block["text"]["text"] for block in message.blocks if block["type"] == "section")


def test_in_time_nothing_is_added() -> None:
    change = lifecycle.acknowledge(declared(), moment(2), by=BOB)
    assert shown(said(change, 2, waited=False)).startswith(f"<@{BOB}> has it")
    assert shown(said(change, 2, "cli", waited=False)).startswith(f"From the command line: <@{BOB}> has it")


def test_late_it_begins_with_its_time() -> None:
    change = lifecycle.acknowledge(declared(), moment(2), by=BOB)
    told = said(change, 2)
    assert shown(told).startswith(f"At {when(2)}")
    assert f" (told late): <@{BOB}> has it" in told.text
    assert ", from the command line (told late): " in said(change, 2, "cli").text


def test_an_update_keeps_its_form_below() -> None:
    told = said(updates.update(declared(), moment(5), by=BOB, text="Rolling back"), 5, "cli")
    first, second, *_ = shown(told).split("\n")
    assert first.startswith(f"_At {when(5)}")
    assert first.endswith(", from the command line (told late)_")
    assert second.startswith(f"*{when(5)}")


def test_closed_since_it_asks_for_nothing() -> None:
    change = lifecycle.acknowledge(declared(), moment(2), by=BOB)
    closed = lifecycle.resolve(change.incident, moment(30), by=ADA, fix="Rolled back")
    told = said(change, 2, now=closed.incident)
    assert [block["type"] for block in told.blocks] == ["section"]
    assert "Nobody needs to act" in shown(said(closed, 30))
    back = lifecycle.reopen(closed.incident, moment(35), by=ADA, why="It is back").incident
    assert "Nobody needs to act" not in shown(said(closed, 30, now=back))


def test_moved_on_since_it_advises_nothing() -> None:
    first = lifecycle.change_status(declared(), moment(2), by=BOB, status="identified")
    second = lifecycle.change_status(first.incident, moment(5), by=BOB, status="monitoring")
    assert "rollback or flag" in shown(said(first, 2, waited=False))
    assert "rollback or flag" not in shown(said(first, 2, now=second.incident))
    assert "Watch the figures" in shown(said(second, 5))


def test_what_time_brings_answers_for_its_lateness_itself() -> None:
    entry = Entry("incident:12", 9, at(5), at(5), "clock", "clock", NotAcknowledged(due_at=at(5)))
    told = messages.render([entry], declared(), POLICY, place="channel", now=LATE, waited=True)
    assert "told late" not in told.text
