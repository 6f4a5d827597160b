"""Raising starts the clocks anew, lowering fires nothing of the past."""

from datetime import timedelta

import pytest

from bot.rules.events import SeverityChanged, Updated
from bot.rules.lifecycle import acknowledge
from bot.rules.refused import Refused
from bot.rules.reminders import due, remind
from bot.rules.severity import change_severity, raise_severity
from bot.rules.updates import snooze
from tests.rules.given import BOB, at, declared, moment

ELEVEN = moment("2026-03-02 11:00")


def test_a_raise_starts_clocks_and_takes_the_sooner_update() -> None:
    raised = change_severity(declared("sev3"), ELEVEN, by=BOB, severity="sev1").incident
    assert (raised.severity, raised.anchor, raised.respond_from) == ("SEV1", ELEVEN.now, ELEVEN.now)
    assert raised.promise == at("2026-03-02 11:30")
    soon = change_severity(declared("sev2"), moment("2026-03-02 10:50"), by=BOB, severity="sev1").incident
    assert soon.promise == at("2026-03-02 11:00")


def test_an_acknowledgement_survives_both_ways() -> None:
    taken = acknowledge(declared("sev2"), ELEVEN, by=BOB).incident
    for severity in ("sev1", "sev3"):
        changed = change_severity(taken, ELEVEN, by=BOB, severity=severity).incident
        assert changed.acknowledged_by == BOB
        assert not [each for each in due(changed, ELEVEN) if each.kind == "acknowledgement"]


def test_a_lowering_takes_the_later_update_and_fires_nothing_of_the_past() -> None:
    lowered = change_severity(declared("sev1"), moment("2026-03-02 10:20"), by=BOB, severity="sev3").incident
    assert lowered.promise == at("2026-03-02 14:20")
    late = change_severity(declared("sev2"), moment("2026-03-02 12:30"), by=BOB, severity="sev3").incident
    assert remind(late, moment("2026-03-02 12:30")).events == ()


def test_a_reason_makes_it_an_update() -> None:
    change = change_severity(declared("sev2"), ELEVEN, by=BOB, severity="sev1", why="all of Europe")
    assert [type(event) for event in change.events] == [SeverityChanged, Updated]
    assert change.incident.promise == at("2026-03-02 11:30")


def test_a_snooze_ends_at_a_raise() -> None:
    snoozed = snooze(declared("sev2"), ELEVEN, by=BOB, wait=timedelta(hours=3)).incident
    raised = change_severity(snoozed, ELEVEN, by=BOB, severity="sev1").incident
    assert (raised.snoozes, raised.promise) == (0, at("2026-03-02 11:30"))


def test_a_thread_becomes_a_channel_and_a_lowering_keeps_it() -> None:
    thread = declared("sev4", services=("checkout",))
    raised = change_severity(thread, ELEVEN, by=BOB, severity="sev2").incident
    assert (raised.room, raised.announce) == ("channel", "announce")
    lowered = change_severity(raised, ELEVEN, by=BOB, severity="sev4").incident
    assert (lowered.room, lowered.announce) == ("channel", "announce")


def test_an_old_offer_to_raise_never_lowers() -> None:
    assert raise_severity(declared("sev3"), ELEVEN, by=BOB, severity="sev2").incident.severity == "SEV2"
    for severity in ("sev1", "sev2"):
        with pytest.raises(Refused, match="nothing to raise"):
            raise_severity(declared(severity), ELEVEN, by=BOB, severity="sev2")


@pytest.mark.parametrize(("word", "sentence"), [("sev1", "INC-12 is SEV1 already."), ("p9", "Known: SEV1, SEV2")])
def test_a_severity_is_refused(word: str, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        change_severity(declared(), ELEVEN, by=BOB, severity=word)
    assert sentence in refusal.value.sentence
    assert refusal.value.field == "severity"
