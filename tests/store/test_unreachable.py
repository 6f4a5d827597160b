"""A database that cannot be used is said in one sentence, with its cure and without its password."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import make_url

from store import processes
from store.database import Problem, Store, Unreachable, Unwritable
from store.migrations import migrate
from tests.postgres import connect

Opening = Callable[[str], object]


@pytest.fixture(params=[Store.open, migrate], ids=["open", "migrate"])
def opening(request: pytest.FixtureRequest) -> Opening:
    return request.param


def closed_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite+aiosqlite:////nowhere/at/all/tocsin.db", "there is no directory /nowhere/at/all.*DATABASE_URL"),
        ("sqlite+aiosqlite://", "has to be a file"),
        ("sqlite+aiosqlite:///:memory:", "has to be a file"),
        ("mysql://root:secret@host/db", "mysql is neither SQLite nor PostgreSQL"),
        ("tocsin.db", "no database address"),
    ],
)
async def test_what_is_no_database(opening: Opening, url: str, said: str) -> None:
    with pytest.raises(Unreachable, match=said) as problem:
        await opening(url)
    assert "secret" not in str(problem.value)
    assert "\n" not in str(problem.value)


async def test_a_file_that_is_no_database(opening: Opening, tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Ada, " * 1000)
    with pytest.raises(Unreachable, match="file is not a database"):
        await opening(f"sqlite+aiosqlite:///{path}")


async def test_a_directory_is_no_database(opening: Opening, tmp_path: Path) -> None:
    with pytest.raises(Unreachable, match="unable to open database file"):
        await opening(f"sqlite+aiosqlite:///{tmp_path}")


async def test_a_server_that_is_not_there(opening: Opening) -> None:
    url = f"postgresql+asyncpg://ada:secret@127.0.0.1:{closed_port()}/tocsin"
    with pytest.raises(Unreachable, match="check that the server runs") as problem:
        await opening(url)
    assert "secret" not in str(problem.value)


async def test_a_host_that_has_no_address(opening: Opening) -> None:
    with pytest.raises(Unreachable, match=r"Cannot reach the database postgresql\+asyncpg://ada:\*\*\*@"):
        await opening("postgresql+asyncpg://ada:secret@no-such-host.invalid/tocsin")


async def test_a_database_that_does_not_exist_on_the_server(opening: Opening, postgres_url: str) -> None:
    with pytest.raises(Unreachable, match='database "nothing" does not exist'):
        await opening(make_url(postgres_url).set(database="nothing").render_as_string(hide_password=False))


async def test_the_driver_may_be_left_out(postgres_url: str, tmp_path: Path) -> None:
    for url in (postgres_url.replace("+asyncpg", ""), f"sqlite:///{tmp_path / 'tocsin.db'}"):
        assert await migrate(url) is None
        store = await Store.open(url)
        await store.close()


def test_every_problem_is_one_kind() -> None:
    assert issubclass(Unreachable, Problem)


async def test_a_connection_made_while_it_was_read_only_is_not_kept(migrated_postgres_url: str) -> None:
    name, outside = make_url(migrated_postgres_url).database, await connect(migrated_postgres_url)
    await outside.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    store = await Store.open(migrated_postgres_url)
    try:
        with pytest.raises(Unwritable, match="read-only transaction"):
            await store.write(lambda c: processes.leave(c, "nobody"))
        await outside.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        await store.write(lambda c: processes.leave(c, "nobody"))
    finally:
        await store.close()
        await outside.close()
