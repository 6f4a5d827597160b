"""What Slack told of the workspace is known without asking it again."""

from bot.rules.moment import Person
from store import changes, directory, queries
from store.database import Store

ADA = Person("UADA", "Ada", "Europe/Madrid")
EVE = Person("UEVE", "Eve \N{FIRE}", None, active=False, guest=True, bot=True)


async def test_people(store: Store) -> None:
    await store.write(lambda c: directory.save_people(c, "T1", [EVE, ADA]))
    await store.write(lambda c: directory.save_people(c, "T1", [Person("UADA", "Ada L.")]))
    await store.write(lambda c: directory.save_people(c, "T1", []))
    known = await store.write(lambda c: changes.people(c, {"UADA", "UEVE", "UNOBODY"}))
    assert known == {"UADA": Person("UADA", "Ada L."), "UEVE": EVE}
    async with store.read() as connection:
        assert await directory.person(connection, "UEVE") == EVE
        assert await directory.person(connection, "UNOBODY") is None


async def test_people_by_name(store: Store) -> None:
    known = [ADA, EVE, Person("UADA2", "ADA"), Person("UOLD", "Ada", active=False), Person("UZOE", "Zoë")]
    await store.write(lambda c: directory.save_people(c, "T1", known))
    async with store.read() as connection:
        assert await directory.people_named(connection, "ada") == ["UADA", "UADA2"]
        assert await directory.people_named(connection, "Zoë") == ["UZOE"]
        assert await directory.people_named(connection, "Ad") == []
        assert await directory.people_named(connection, EVE.name) == []


async def test_places(store: Store) -> None:
    await store.write(lambda c: directory.save_places(c, "channel", {"incidents": "C1", "payments": "C2"}))
    await store.write(lambda c: directory.save_places(c, "group", {"payments": "S1"}))
    await store.write(lambda c: directory.save_places(c, "channel", {"incidents": "C3"}))
    async with store.read() as connection:
        assert await directory.place(connection, "channel", "incidents") == "C3"
        assert await directory.place(connection, "channel", "payments") is None
        assert await directory.place(connection, "group", "payments") == "S1"
        assert await queries.places(connection, "group", ["payments", "search"]) == {"payments": "S1"}
        assert await queries.places(connection, "group", []) == {}
    await store.write(lambda c: directory.save_places(c, "group", {}))
    async with store.read() as connection:
        assert await directory.place(connection, "group", "payments") is None


async def test_facts(store: Store) -> None:
    async with store.read() as connection:
        assert await directory.workspace(connection, "auth") is None
    await store.write(lambda c: directory.keep_workspace(c, "auth", {"team_id": "T1"}))
    await store.write(lambda c: directory.keep_workspace(c, "auth", {"team_id": "T2"}))
    async with store.read() as connection:
        assert await directory.workspace(connection, "auth") == {"team_id": "T2"}


async def test_of_several_programs_one_looks_at_the_workspace_and_not_too_often(store: Store) -> None:
    async def may(now: int, since: int) -> int | None:
        return await store.write(lambda c: directory.may_look(c, now, since, 30))

    assert await may(100, 95) == 0
    assert await may(101, 99) is None  # the look that began at 100 tells of it
    assert await may(110, 105) == 20
    assert await may(130, 105) == 0
    await store.write(lambda c: directory.begin_look(c, 140))
    assert await may(171, 135) is None


async def test_only_of_whom_the_configuration_may_name_it_is_worth_a_look(store: Store) -> None:
    await store.write(lambda c: directory.save_places(c, "person", {"@eve": "UEVE"}))

    async def concerns(who: Person, *names: str) -> bool:
        return await store.write(lambda c: directory.learn(c, "T1", who, names, ["@eve", "ADA@x.example"]))

    assert not await concerns(ADA, "ada", "Ada", "")
    assert await concerns(ADA, "ada", "Ada", "ada@X.example")
    assert await concerns(ADA, "Eve")
    assert await concerns(EVE, "renamed")
    async with store.read() as connection:
        assert await directory.person(connection, "UADA") == ADA
