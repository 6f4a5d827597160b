"""The words of the slash command and of a mention: one table, in the order in which the help tells it."""

from handlers.vocabulary.course import COURSE
from handlers.vocabulary.looking import LOOKING
from handlers.vocabulary.mending import MENDING
from handlers.vocabulary.people import PEOPLE
from handlers.vocabulary.verb import Act, Look, Needs, Verb

__all__ = ["KNOWN", "Act", "Look", "Needs", "Verb"]

KNOWN: tuple[Verb, ...] = (*COURSE, *PEOPLE, *MENDING, *LOOKING)
"""All of them but the help, which tells of them."""
