"""What can go wrong with a database, in sentences for whoever runs Tocsin."""

import sqlite3

from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout


class Problem(Exception):
    """The store cannot do its work; the text is a sentence for a person, `plainly` one that names no place."""

    plainly = "The database cannot do its work; the log says why."


class Unreachable(Problem):
    """There is no database to talk to."""

    plainly = "The database does not answer; the log says which."


class Busy(Problem):
    """Another process holds the database; nothing was changed."""

    plainly = "The database is busy."


class Unwritable(Problem):
    """The database answers and takes no change (disk full, read-only)."""

    plainly = "The database takes no change; the log says why."


class Unfit(Problem):
    """A database, or a file, that cannot be copied from or into."""


class TooNew(Problem):
    """The database was written by a newer Tocsin."""


class Absent(Problem):
    """There is no database of Tocsin's where one was expected."""


class Outdated(Problem):
    """The database is still of an older Tocsin."""


BUSY = "The database is busy: another process is writing to it. Nothing was changed; try again in a moment."
DEADLOCK = "40P01"
READ_ONLY = "25006"
LOCKED = "55P03"

_SQLITE = {
    "database is locked": Busy,
    "database table is locked": Busy,
    "database or disk is full": Unwritable,
    "attempt to write a readonly database": Unwritable,
    "disk i/o error": Unwritable,
    "unable to open database file": Unreachable,
    "file is not a database": Unreachable,
}
_POSTGRES: dict[str, type[Problem]] = {
    LOCKED: Busy,
    "57014": Busy,
    DEADLOCK: Busy,
    "53100": Unwritable,
    READ_ONLY: Unwritable,
    "53300": Unreachable,
    "25P03": Unreachable,
    "57P01": Unreachable,
    "57P02": Unreachable,
    "57P03": Unreachable,
}


def sqlstate(error: BaseException) -> str:
    """PostgreSQL's code of an error, or nothing."""
    source = error.orig if isinstance(error, DBAPIError) and error.orig else error
    return str(getattr(source, "sqlstate", None) or "")


def problem(error: BaseException, url: URL) -> Problem | None:
    """The sentence for an error of the driver, or None where it is no failure of the database itself."""
    kind = _kind(error)
    if kind is None:
        return None
    if kind is Busy:
        return Busy(BUSY)
    said = str(error.orig if isinstance(error, DBAPIError) and error.orig else error).splitlines()
    reason = (said[0] if said else type(error).__name__).rpartition(">: ")[2]
    if kind is Unwritable:
        return Unwritable(f"The database takes no change ({reason}). Nothing was changed; free space or allow writing.")
    return unreachable(url, reason)


def unreachable(url: URL, reason: str) -> Unreachable:
    """The sentence for a database that is not there: which, why, and what to do."""
    cure = "check that its directory exists and may be written to"
    if not url.drivername.startswith("sqlite"):
        cure = "check that the server runs and that host, user, password and database name are right"
    return Unreachable(f"Cannot reach the database {url.render_as_string()}: {reason}. Please {cure} (DATABASE_URL).")


def _kind(error: BaseException) -> type[Problem] | None:
    if isinstance(error, PoolTimeout):  # all our connections wait for what others hold
        return Busy
    source = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(source, sqlite3.Error):
        said = str(source).lower()
        return next((kind for text, kind in _SQLITE.items() if text in said), None)
    if known := _POSTGRES.get(sqlstate(error)):
        return known
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    is_login = sqlstate(error).startswith(("08", "28", "3D"))
    return Unreachable if lost or is_login or isinstance(source, OSError | TimeoutError) else None
