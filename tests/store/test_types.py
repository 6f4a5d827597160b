"""Times are whole microseconds in UTC; text that no database takes is made fit."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from store import changes
from store.database import Store
from store.types import from_micros, to_json, to_micros
from tests.store.examples import declare, incident


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_survives_to_the_microsecond(moment: datetime) -> None:
    assert from_micros(to_micros(moment)) == moment


def test_a_moment_of_another_zone_is_kept_as_the_same_moment() -> None:
    madrid = timezone(timedelta(hours=2))
    assert from_micros(to_micros(datetime(2026, 3, 1, 2, 0, tzinfo=madrid))) == datetime(2026, 3, 1, 0, 0, tzinfo=UTC)


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        to_micros(datetime(2026, 3, 1))  # noqa: DTZ001


def test_json_is_canonical() -> None:
    assert to_json({"b": ("ñ", 1), "a": None}) == '{"a":null,"b":["\\u00f1",1]}'


async def test_a_naive_time_never_reaches_the_database(store: Store) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001
    with pytest.raises(StatementError, match="without a zone"):
        await store.write(lambda c: declare(c, incident(), due=naive))


async def test_text_that_no_database_takes_is_made_fit(store: Store) -> None:
    odd = incident(title="a\0b \ud800 \N{FIRE}", services=("\ud800",), affected="")

    def work(connection):
        declare(connection, odd)
        return changes.lock_incident(connection, 1).incident

    kept = await store.write(work)
    assert kept.title == "a\ufffdb \ufffd \N{FIRE}"
    assert kept.services == ("\ud800",)
