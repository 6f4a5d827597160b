"""What only looks."""

from handlers import looking
from handlers.vocabulary.verb import Verb

LOOKING: tuple[Verb, ...] = (
    Verb(
        "list",
        ("search",),
        "list [words]",
        "The open ones, or those named: `mine`, `all`, `tests`, `sev1`, `service:name`, `commander:@somebody`.",
        "incident:list",
        look=looking.listed,
    ),
    Verb("show", (), "show", "Where it stands and what happened.", "incident:show", looking.show, takes="nothing"),
    Verb(
        "catchup",
        (),
        "catchup",
        "What is known; later, what is new since you last looked.",
        "incident:catchup",
        looking.catchup,
        takes="nothing",
    ),
)
