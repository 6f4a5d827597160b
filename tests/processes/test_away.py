"""Killed, and away for a while: the next one admits it beside what fell due meanwhile."""

import sqlite3
from contextlib import closing

from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration

AWAY = 10 * 60 * 1_000_000
"""Microseconds."""


def last_seen_earlier(place: Place) -> None:
    """As though it had been killed ten minutes before it was."""
    with closing(sqlite3.connect(place.folder / "tocsin.db", isolation_level=None)) as database:
        changed = database.execute("UPDATE liveness SET at = at - ?", [AWAY]).rowcount
    assert changed == 1


async def test_killed_and_started_again_much_later(make_place: MakePlace) -> None:
    place: Place = await make_place("http", configuration(respond="1h"))
    slack = place.slack
    first = await place.run()
    await slack.types("ada", "/incident declare sev1 Checkout is down")
    room = (await slack.room(1))["id"]
    await slack.sees(room, "Checkout is down")
    await slack.types("ada", "/incident declare sev2 Search is slow")
    other = (await slack.room(2))["id"]
    await first.kill()

    last_seen_earlier(place)
    place.configure(configuration(respond="1s").replace("SEV2, respond_within: 1s", "SEV2, respond_within: 1h"))
    second = await place.run()
    await slack.sees(room, "Nobody has acknowledged it", "I was away", "its acknowledgement")
    await slack.sees("incidents", "Nobody has acknowledged it", "I was away")
    assert "Nobody looked at what is due from" in second.said
    assert not [each for each in await slack.read(other) if "I was away" in each.words]

    await second.kill()
    third = await place.run()
    assert third.said.count("Nobody looked at what is due from") == 1, "a quick restart is no gap"
    await slack.says_nothing_twice()
