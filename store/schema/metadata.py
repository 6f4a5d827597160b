"""Where all tables belong to."""

from sqlalchemy import Column, ColumnElement, Index, MetaData

metadata = MetaData()


def partial(name: str, *columns: Column[object], where: ColumnElement[bool], unique: bool = False) -> Index:
    """An index over the rows for which `where` holds."""
    return Index(name, *columns, unique=unique, sqlite_where=where, postgresql_where=where)
