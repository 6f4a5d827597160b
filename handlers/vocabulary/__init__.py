"""The words of the slash command and of a mention: one table, in the order in which the help tells it."""

from collections.abc import Mapping

from handlers.vocabulary.course import COURSE
from handlers.vocabulary.duty import DUTY
from handlers.vocabulary.looking import LOOKING
from handlers.vocabulary.mending import MENDING
from handlers.vocabulary.people import PEOPLE
from handlers.vocabulary.verb import Act, Look, Needs, Verb

__all__ = ["KNOWN", "TOPICS", "Act", "Look", "Needs", "Verb"]

TOPICS: Mapping[str, tuple[Verb, ...]] = {
    "From declared to resolved": COURSE,
    "Who does what, who may know": PEOPLE,
    "Setting right": MENDING,
    "On call": DUTY,
    "Looking": LOOKING,
}
"""The verbs by what they are about."""
KNOWN: tuple[Verb, ...] = tuple(verb for verbs in TOPICS.values() for verb in verbs)
"""All of them but the help, which tells of them."""
