"""Whatever changes and is no incident: somebody's ways to be reached, a team's shifts, an alert."""

from sqlalchemy import Boolean, Column, Integer, Table, Text, true

from store.schema.metadata import metadata, partial
from store.types import Json, Moment

subjects = Table(
    "subjects",
    metadata,
    Column("subject", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("state", Json, nullable=False),
    Column("next_due_at", Moment),
    Column("fingerprint", Text, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("last_hash", Text, nullable=False),
)
"""Subjects as they stand (`team:payments`), `kind` being what stands before the colon. `next_due_at` and `fingerprint`
as an incident's; what is not open has nothing that could fall due."""

_s = subjects.c
IS_ALIVE = _s.is_open == true()
partial("subjects_due", _s.next_due_at, where=_s.next_due_at.is_not(None))
partial("subjects_derived", _s.fingerprint, where=IS_ALIVE)
partial("subjects_alive", _s.kind, _s.subject, where=IS_ALIVE)
