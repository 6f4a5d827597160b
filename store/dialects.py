"""Inserting what may be there already: the one statement that SQLite and PostgreSQL do not share."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Excluded = Any
"""The row that was to be inserted, by column name."""


class Upsert:
    """An insert that leaves or changes a row of the same primary key; built once, for both dialects.

    `change` answers with the new values, given the row that was to be inserted; without it the old row stays.
    """

    def __init__(self, table: Table, change: Callable[[Excluded], Mapping[str, Any]] | None = None) -> None:
        keys = list(table.primary_key.columns)
        lite, postgres = sqlite.insert(table), postgresql.insert(table)
        if change is None:
            self._lite = lite.on_conflict_do_nothing(index_elements=keys)
            self._postgres = postgres.on_conflict_do_nothing(index_elements=keys)
        else:
            self._lite = lite.on_conflict_do_update(index_elements=keys, set_=change(lite.excluded))
            self._postgres = postgres.on_conflict_do_update(index_elements=keys, set_=change(postgres.excluded))

    def on(self, connection: Connection) -> sqlite.Insert | postgresql.Insert:
        """The statement in the connection's dialect."""
        return self._postgres if is_postgres(connection) else self._lite


def is_postgres(connection: Connection) -> bool:
    """Whether several transactions may write at once, so that rows have to be locked."""
    return connection.dialect.name == "postgresql"
