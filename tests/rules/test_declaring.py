"""How an incident begins: what is known at once, what is refused, where it lives."""

import pytest

from bot.rules.declaring import declare
from bot.rules.events import Declared
from bot.rules.incident import Status
from bot.rules.refused import Refused
from tests.rules.given import ADA, at, declared, moment

NOON = moment("2026-03-02 12:00")


def test_declaring_sets_what_is_known_and_promises_an_update() -> None:
    incident = declared(services=("cart", "checkout"), affected="  all buyers ", began=at("2026-03-02 09:40"))
    assert (incident.name, incident.status, incident.severity) == ("INC-12", Status.DETECTED, "SEV1")
    assert incident.services == ("checkout",)
    assert incident.affected == "all buyers"
    assert incident.promise == at("2026-03-02 10:30")
    assert list(incident.milestones) == ["began", "detected", "declared"]
    assert incident.members == (ADA,)
    assert not incident.responders


def test_a_long_title_is_cut_and_kept_whole_in_the_timeline() -> None:
    change = declare(NOON, number=1, by=ADA, title="x" * 3000, severity="sev2")
    assert len(change.incident.title) == 140
    event = change.events[0]
    assert isinstance(event, Declared)
    assert event.quote == "x" * 3000


@pytest.mark.parametrize(
    ("facts", "field", "words"),
    [
        ({"title": " \n "}, "title", "Say in a few words what is wrong"),
        ({"severity": "sev9"}, "severity", "Known: SEV1, SEV2, SEV3, SEV4."),
        ({"services": ("chekout",)}, "services", "Known: checkout, search, mail."),
        ({"began": at("2026-03-02 12:01")}, "began", "cannot have begun in the future"),
        ({"noticed_by": "owl"}, "noticed_by", "Known: alert, customer, colleague."),
    ],
)
def test_declaring_is_refused_beside_the_field(facts: dict[str, object], field: str, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        declare(NOON, **{"number": 1, "by": ADA, "title": "Down", "severity": "sev1", **facts})  # type: ignore[arg-type]
    assert refusal.value.field == field
    assert words in refusal.value.sentence


@pytest.mark.parametrize(
    ("severity", "services", "private", "room", "lane"),
    [
        ("sev1", ("checkout",), False, "channel", "announce"),
        ("sev3", ("checkout",), False, "channel", "team:payments"),
        ("sev3", (), False, "channel", "announce"),
        ("sev3", ("mail",), False, "channel", "announce"),
        ("sev4", ("checkout",), False, "thread", "team:payments"),
        ("sev4", ("checkout",), True, "channel", None),
        ("sev1", (), True, "channel", None),
    ],
)
def test_where_it_lives_and_is_announced(
    severity: str, services: tuple[str, ...], private: bool, room: str, lane: str | None
) -> None:
    incident = declared(severity, services=services, private=private)
    assert (incident.room, incident.announce) == (room, lane)


def test_the_message_it_was_declared_from_is_kept_beside_a_cut_title() -> None:
    change = declare(NOON, number=1, by=ADA, title="x" * 200, severity="sev2", quote="as customers say")
    event = change.events[0]
    assert isinstance(event, Declared)
    assert event.quote == "x" * 200 + "\n\nas customers say"
