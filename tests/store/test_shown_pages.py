"""Pages that stand in direct messages are asked for once, however much changes before they are drawn anew."""

from sqlalchemy import Connection, select

from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules import lifecycle, notes
from bot.rules.change import Origin
from bot.rules.paging import by_hand, reaching
from bot.settings.policy import load_policy
from store.database import Store
from store.schema import IS_UNSETTLED, outbox
from tests.store.examples import NOON, declare, incident, minutes

STORM = range(1, 21)
ADA = Origin("slack:UADA", "slash")
SLOT = reaching.slot_of("person:UBOB", 7)
OTHER = reaching.slot_of("person:UCLEO", 8)


async def stormed(store: Store) -> Changes:
    """Bob and Cleo were paged by hand for twenty incidents, and have each one message that tells of them all."""
    changes = Changes(store, load_policy(None), Clock(NOON + minutes(5), runs=False))

    def begin(connection: Connection) -> None:
        for number in STORM:
            declare(connection, incident(number))

    await store.write(begin)
    for number in STORM:
        await changes.change(number, by_hand.escalate, ADA, by="UADA", people=("UBOB", "UCLEO"))
    for slot in (SLOT, OTHER):
        subject = slot.partition("/")[0]
        await changes.turn(subject, reaching.stands, ADA, slot=slot, numbers=tuple(STORM))
    return changes


async def drawn(store: Store) -> list[tuple[str, str, str]]:
    """Lane, slot and subject of each page that is to be drawn anew."""
    wanted = select(outbox).where(IS_UNSETTLED, outbox.c.kind == "standing_page").order_by(outbox.c.lane)
    async with store.read() as connection:
        return [(row.lane, row.slot, row.subject) for row in await connection.execute(wanted)]


async def test_of_a_storm_there_is_one_edit_a_person(store: Store) -> None:
    changes = await stormed(store)
    assert await drawn(store) == []
    for number in STORM:
        answer = await changes.change(number, lifecycle.acknowledge, ADA, by="UADA", sure=True)
        assert answer.refused is None
        await changes.change(number, lifecycle.resolve, ADA, by="UADA", fix="Rolled back")
    assert await drawn(store) == [(SLOT, SLOT, "person:UBOB"), (OTHER, OTHER, "person:UCLEO")]


async def test_what_stands_on_no_page_draws_none(store: Store) -> None:
    changes = await stormed(store)
    await changes.change(1, notes.note, ADA, by="UADA", text="Looking")
    assert await drawn(store) == []
