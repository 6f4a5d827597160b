"""Which incidents somebody may see, and in which order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, case, exists, false, func, or_, select, type_coerce
from sqlalchemy.sql.elements import SQLCoreOperations

from bot.rules.incident import PersonId
from store.schema import IS_OPEN, incidents, members

_i = incidents.c


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for. `everything`: the closed ones too. `words`: all of them in title, affected or services."""

    everything: bool = False
    mine: bool = False
    severity: str | None = None
    service: str | None = None
    words: str = ""


def page(viewer: PersonId | None, ranked: Sequence[str], filters: Filters, limit: int, offset: int) -> Select[Any]:
    """Open ones first, by severity, the newest first; the order is found in the index before any row is read."""
    order: list[SQLCoreOperations[Any]] = [_i.declared_at.desc(), _i.number.desc()]
    if ranked:
        order.insert(0, case({name: rank for rank, name in enumerate(ranked)}, value=_i.severity, else_=0))
    if filters.everything:
        order.insert(0, _i.is_open.desc())
    numbers = select(_i.number).where(*_asked(viewer, filters)).order_by(*order).limit(limit).offset(offset)
    return select(incidents).where(_i.number.in_(numbers.scalar_subquery())).order_by(*order)


def how_many(viewer: PersonId | None, filters: Filters) -> Select[Any]:
    """How many there are in all."""
    return select(func.count()).select_from(incidents).where(*_asked(viewer, filters))


def _asked(viewer: PersonId | None, filters: Filters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [] if filters.everything else [IS_OPEN]
    if viewer is not None:
        is_member = exists().where(members.c.number == _i.number, members.c.person == viewer)
        asked.append(or_(_i.private == false(), is_member))
    if filters.mine:
        asked.append(_is_part(viewer or ""))
    if filters.severity:
        asked.append(_i.severity == filters.severity)
    if filters.service:
        asked.append(_holds(_i.services, filters.service))
    asked.extend(_says(word) for word in filters.words.split())
    return asked


def _is_part(person: PersonId) -> ColumnElement[bool]:
    return or_(_i.declared_by == person, _holds(_i.roles, person), _holds(_i.responders, person))


def _holds(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a JSON column holds that string as a whole."""
    return type_coerce(column, Text).contains(json.dumps(name), autoescape=True)


def _says(word: str) -> ColumnElement[bool]:
    columns = (_i.title, _i.affected, type_coerce(_i.services, Text))
    return or_(*(type_coerce(column, Text).icontains(word, autoescape=True) for column in columns))
