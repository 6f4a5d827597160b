"""Which incidents somebody may see, and in which order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, bindparam, case, exists, false, func, or_, select, type_coerce
from sqlalchemy.sql.elements import SQLCoreOperations

from bot.rules.incident import PersonId
from store.records import IN_A_LINE
from store.schema import HAS_MOVED, IS_OPEN, incidents, members

_i = incidents.c


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for. `everything`: the closed ones too. `words`: all of them in title, affected or services.

    `tests`: those alone; otherwise there are none among what is listed. `commander`: who commands now.
    """

    everything: bool = False
    mine: bool = False
    severity: str | None = None
    service: str | None = None
    words: str = ""
    tests: bool = False
    commander: PersonId | None = None


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


_UNDER_WAY = and_(
    IS_OPEN,
    _i.kind == bindparam("of_kind"),
    or_(
        _i.private == false(),
        exists().where(members.c.number == _i.number, members.c.person == bindparam("viewer")),
    ),
)
_IS_YOUNG = _i.declared_at > bindparam("since")
_NEWEST = (_i.declared_at.desc(), _i.number.desc())
_LINE = [_i[name] for name in IN_A_LINE]
YOUNG = select(*_LINE).where(_UNDER_WAY, _IS_YOUNG).order_by(*_NEWEST).limit(bindparam("most"))
"""Open ones of a kind declared after `since`, the newest first; asked at each declaration, so made once."""


def alike(services: Sequence[str]) -> Select[Any]:
    """The same, and before them those that share a service, however old they are."""
    shares = or_(false(), *(_holds(_i.services, service) for service in services))
    found = select(*_LINE).where(_UNDER_WAY, or_(shares, _IS_YOUNG))
    return found.order_by(case((shares, 0), else_=1), *_NEWEST).limit(bindparam("most"))


def held(person: PersonId) -> Select[Any]:
    """The numbers of open ones in which somebody holds a role, is offered command, was paged, or which they follow."""
    is_concerned = or_(*(_holds(column, person) for column in (_i.roles, _i.handoff, _i.followers, _i.paged)))
    return select(_i.number).where(IS_OPEN, is_concerned)


def that_had(channel: str) -> Select[Any]:
    """The number of the one whose channel this was, until it got another."""
    return select(_i.number).where(HAS_MOVED, _holds(_i.former_channels, channel)).order_by(_i.number.desc()).limit(1)


def _asked(viewer: PersonId | None, filters: Filters) -> list[ColumnElement[bool]]:
    asked: list[ColumnElement[bool]] = [] if filters.everything else [IS_OPEN]
    asked.append(_i.kind == "test" if filters.tests else _i.kind != "test")
    if viewer is not None:
        asked.append(_may_see(viewer))
    if filters.mine:
        asked.append(_is_part(viewer or ""))
    if filters.severity:
        asked.append(_i.severity == filters.severity)
    if filters.service:
        asked.append(_holds(_i.services, filters.service))
    if filters.commander:
        asked.append(_commands(filters.commander))
    asked.extend(_says(word) for word in filters.words.split())
    return asked


def _may_see(viewer: PersonId) -> ColumnElement[bool]:
    is_member = exists().where(members.c.number == _i.number, members.c.person == viewer)
    return or_(_i.private == false(), is_member)


def _commands(person: PersonId) -> ColumnElement[bool]:
    return type_coerce(_i.roles, Text).contains(f'"commander":{json.dumps(person)}', autoescape=True)


def _is_part(person: PersonId) -> ColumnElement[bool]:
    return or_(_i.declared_by == person, _holds(_i.roles, person), _holds(_i.responders, person))


def _holds(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Whether a JSON column holds that string as a whole."""
    return type_coerce(column, Text).contains(json.dumps(name), autoescape=True)


def _says(word: str) -> ColumnElement[bool]:
    columns = (_i.title, _i.affected, type_coerce(_i.services, Text))
    return or_(*(type_coerce(column, Text).icontains(word, autoescape=True) for column in columns))
