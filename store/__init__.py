"""What is kept: SQLAlchemy Core on SQLite and PostgreSQL. Nothing above this package speaks SQL."""

from store.errors import Busy, Problem, TooNew, Unreachable, Unwritable

__all__ = ["Busy", "Problem", "TooNew", "Unreachable", "Unwritable"]
