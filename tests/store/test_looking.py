"""How far somebody has looked, and who has which page of their Home open."""

from store import homes, looks, queries
from store.database import Store
from tests.store.examples import NOON, declare, incident, minutes


async def test_a_look_is_kept_for_each_and_never_goes_back(store: Store) -> None:
    await store.write(lambda c: [declare(c, incident(number)) for number in (1, 2)])
    for number, person, seq in ((1, "UADA", 3), (1, "UADA", 7), (1, "UADA", 5), (1, "UBOB", 2), (2, "UADA", 1)):
        await store.write(lambda c, look=(number, person, seq): looks.look(c, *look))
    async with store.read() as connection:
        assert await queries.last_look(connection, 1, "UADA") == 7
        assert await queries.last_look(connection, 1, "UBOB") == 2
        assert await queries.last_look(connection, 2, "UADA") == 1
        assert await queries.last_look(connection, 2, "UBOB") is None


async def test_homes_that_were_opened_lately_are_watched_at_their_page(store: Store) -> None:
    for person, at, page in (("UBOB", 0, 0), ("UADA", 1, 2), ("UBOB", 2, 1), ("UCLEO", -1, 3)):
        home = person, NOON + minutes(at), page
        await store.write(lambda c, home=home: homes.opened(c, *home))
    assert await store.write(lambda c: homes.watchers(c, NOON)) == ["UADA", "UBOB"]
    assert await store.write(lambda c: homes.watchers(c, NOON + minutes(2))) == ["UBOB"]
    async with store.read() as connection:
        assert await queries.home_page(connection, "UBOB") == 1
        assert await queries.home_page(connection, "UADA") == 2
        assert await queries.home_page(connection, "UEVE") == 0
