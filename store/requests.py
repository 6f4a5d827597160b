"""Request keys: what a request was answered, for a day."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select

from bot.rules.change import Answer
from store.dialects import is_postgres
from store.records import answer_json, answer_of
from store.schema import requests

_ANSWER = select(requests.c.answer).where(requests.c.key == bindparam("of"))
_REMEMBER = insert(requests)
_ONE_AT_A_TIME = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("of"), 0)))


def recall(connection: Connection, key: str) -> Answer | None:
    """What this request was answered before. On PostgreSQL a second one of the same key waits for the first."""
    if is_postgres(connection):
        connection.execute(_ONE_AT_A_TIME, {"of": key})
    kept = connection.execute(_ANSWER, {"of": key}).scalar()
    return None if kept is None else answer_of(kept)


def remember(connection: Connection, key: str, answer: Answer, at: datetime) -> None:
    """Keeps the answer, in the transaction of the change itself."""
    connection.execute(_REMEMBER, {"key": key, "answer": answer_json(answer), "at": at})
