"""What is set right afterwards."""

from handlers import mending
from handlers.grammar import Spoken
from handlers.vocabulary.verb import Verb


def _other(spoken: Spoken) -> str | None:
    return None if spoken.other is not None else "incident:merge"


MENDING: tuple[Verb, ...] = (
    Verb(
        "undo",
        (),
        "undo",
        "Takes your last step back, for five minutes.",
        "incident:undo",
        mending.undo,
        takes="nothing",
    ),
    Verb(
        "edit",
        (),
        "edit",
        "Sets title, services, who is affected, numbers and times right.",
        "incident:edit",
        mending.edit,
        needs=lambda _spoken: "incident:edit",
        takes="nothing",
    ),
    Verb(
        "merge",
        (),
        "merge <INC-9>",
        "This one goes into INC-9, with all that is in it.",
        "incident:merge",
        mending.merge,
        needs=_other,
        takes="other",
    ),
)
