"""What people wrote, removed from timelines: its digest stays, so that the chain of hashes still holds."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, literal_column, null, select, type_coerce, update
from sqlalchemy.types import Text

from store.schema import IS_KEPT, incidents, timeline

_i, _t = incidents.c, timeline.c
_OUTLIVED = (
    select(_i.number)
    .where(IS_KEPT, _i.closed_at <= bindparam("before"))
    .order_by(_i.closed_at)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_REMOVE = (
    update(timeline)
    .where(_t.subject == bindparam("of"), type_coerce(_t.words, Text) != literal_column("'{}'"))
    .values(words=null())
)


def outlived(connection: Connection, before: datetime, most: int) -> list[int]:
    """Incidents closed by then that still have their texts, held for this transaction; the longest closed first."""
    return sorted(connection.execute(_OUTLIVED, {"before": before, "most": most}).scalars())


def remove_words(connection: Connection, subject: str) -> int:
    """Removes the words of a subject's timeline; of how many entries."""
    return connection.execute(_REMOVE, {"of": subject}).rowcount
