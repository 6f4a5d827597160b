"""What every act asks first: what is closed, merged or cannot take part is refused with the way on."""

from dataclasses import replace

import pytest

from bot.rules.guards import require_able, require_open
from bot.rules.incident import Incident, Status
from bot.rules.moment import Moment, Person
from bot.rules.refused import Refused
from tests.rules.given import BOB, POLICY, at, declared, moment

NOON = moment("2026-03-02 12:00")


@pytest.mark.parametrize(
    ("incident", "sentence"),
    [
        (
            replace(declared(), status=Status.CANCELLED),
            "INC-12 is already cancelled. `/incident reopen INC-12 why` opens it again.",
        ),
        (
            replace(declared(), status=Status.CANCELLED, merged_into=9),
            "INC-12 was merged into INC-9. Say it there: `/incident show INC-9` tells how it stands. "
            "`/incident reopen INC-12 why` makes it one of its own again.",
        ),
    ],
)
def test_what_is_not_open_is_refused_with_the_way_on(incident: Incident, sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_open(incident, NOON)
    assert refusal.value.sentence == sentence


@pytest.mark.parametrize(
    ("person", "guests", "words"),
    [
        (Person(BOB, bot=True), True, "is a bot"),
        (Person(BOB, active=False), True, "is deactivated"),
        (Person(BOB, guest=True), False, "is a guest"),
    ],
)
def test_who_cannot_take_part_is_refused(person: Person, guests: bool, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        require_able(Moment(at("2026-03-02 12:00"), POLICY, {BOB: person}), BOB, guests=guests)
    assert refusal.value.field == "person"


def test_a_guest_may_take_part_where_nothing_speaks_against_it() -> None:
    require_able(Moment(at("2026-03-02 12:00"), POLICY, {BOB: Person(BOB, guest=True)}), BOB)
