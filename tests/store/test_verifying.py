"""Whatever is changed in a timeline behind Tocsin's back is found; what retention removes is not a change."""

import pytest
from sqlalchemy import Connection, delete, text, update

from bot.cli.verify import verified
from bot.rules.events import Noted, Words
from store import changes
from store.database import Store
from store.reading import snapshot
from store.schema import incidents, members, timeline
from store.verifying import PAGE, Broken, Chain, chains, how_many
from tests.store.examples import declare, entry, incident

_t = timeline.c
ODD = Noted(Words("\0 \ud800 ñ"))
SECOND = (_t.subject == "incident:2") & (_t.seq == 3)
TAMPERED = {
    "a fact": (update(timeline).where(SECOND).values(actor="slack:UEVE"), Broken(3, "its facts were changed")),
    "what it did": (update(timeline).where(SECOND).values(facts={"by": "UEVE"}), Broken(3, "its facts were changed")),
    "a time": (update(timeline).where(SECOND).values(tells_of=entry(9).at), Broken(3, "its facts were changed")),
    "a text": (update(timeline).where(SECOND).values(words={"text": "Nothing"}), Broken(3, "its text was changed")),
    "an entry of the middle": (delete(timeline).where(SECOND), Broken(3, "is missing")),
    "the first entry": (delete(timeline).where(_t.subject == "incident:2", _t.seq == 1), Broken(1, "is missing")),
    "the end": (delete(timeline).where(_t.subject == "incident:2", _t.seq > 4), Broken(5, "is missing")),
    "all of it": (delete(timeline).where(_t.subject == "incident:2"), Broken(1, "is missing")),
}


def told(connection: Connection, number: int, entries: int = 6) -> None:
    """An incident with so many entries in its timeline."""
    made = declare(connection, incident(number))
    loaded = changes.lock_incident(connection, number)
    assert loaded
    more = [entry(seq, subject=made.subject) for seq in range(2, entries + 1)]
    last = changes.append(connection, made.subject, 1, loaded.last_hash, more)
    changes.save_incident(connection, made, None, "p1", *last)


async def walked(store: Store) -> dict[str, Chain]:
    async with snapshot(store.url.render_as_string(hide_password=False)) as connection:
        return {chain.subject: chain for chain in await connection.run_sync(lambda c: list(chains(c)))}


async def three(store: Store) -> None:
    for number in (1, 2, 10):
        await store.write(lambda c, number=number: told(c, number))


async def test_what_nobody_touched_holds(store: Store) -> None:
    await three(store)
    found = await walked(store)
    assert found == {name: Chain(name, 6) for name in ("incident:1", "incident:10", "incident:2")}


@pytest.mark.parametrize("what", TAMPERED)
async def test_what_was_changed_is_named(store: Store, what: str) -> None:
    await three(store)
    statement, broken = TAMPERED[what]
    await store.write(lambda c: c.execute(statement))
    found = await walked(store)
    assert found.pop("incident:2").broken == broken
    assert all(chain.broken is None for chain in found.values())


async def test_an_incident_that_is_gone_is_missed(store: Store) -> None:
    await three(store)
    for table in (members, incidents):
        await store.write(lambda c, table=table: c.execute(delete(table).where(table.c.number == 2)))
    assert (await walked(store))["incident:2"].broken == Broken(1, "its incident is missing")


async def test_a_text_that_retention_removed_is_no_change(store: Store) -> None:
    await three(store)
    await store.write(lambda c: c.execute(update(timeline).where(_t.subject == "incident:2").values(words=None)))
    assert (await walked(store))["incident:2"] == Chain("incident:2", 6)


async def test_long_timelines_are_read_a_page_at_a_time(store: Store) -> None:
    count = 2 * PAGE + 3
    await store.write(lambda c: told(c, 1, count))
    cut = delete(timeline).where(_t.seq == PAGE + 1)
    assert (await walked(store))["incident:1"] == Chain("incident:1", count)
    await store.write(lambda c: c.execute(cut))
    assert (await walked(store))["incident:1"].broken == Broken(PAGE + 1, "is missing")


async def test_other_subjects_are_verified_too(store: Store) -> None:
    await store.write(lambda c: changes.append(c, "team:payments", 0, "", [entry(1, ODD, subject="team:payments")]))
    assert await walked(store) == {"team:payments": Chain("team:payments", 1)}
    await store.write(lambda c: c.execute(update(timeline).values(source="cli")))
    assert (await walked(store))["team:payments"].broken == Broken(1, "its facts were changed")


async def test_all_are_counted(store: Store) -> None:
    await three(store)
    await store.write(lambda c: c.execute(TAMPERED["a text"][0]))
    async with snapshot(store.url.render_as_string(hide_password=False)) as connection:
        tally = await connection.run_sync(verified)
        assert await connection.run_sync(how_many) == 18
    assert (tally.subjects, tally.entries, tally.faulty) == (3, 14, 1)
    assert [each.subject for each in tally.broken] == ["incident:2"]


async def test_a_look_changes_nothing(store: Store) -> None:
    async with snapshot(store.url.render_as_string(hide_password=False)) as connection:
        with pytest.raises(Exception, match=r"read-?only"):
            await connection.execute(text("DELETE FROM timeline"))


async def test_a_look_sees_one_moment(store: Store) -> None:
    await store.write(lambda c: told(c, 1))
    async with snapshot(store.url.render_as_string(hide_password=False)) as connection:
        before = await connection.run_sync(how_many)
        await store.write(lambda c: told(c, 2))
        assert await connection.run_sync(how_many) == before
