"""Who is on call, and who takes whose shift."""

from handlers import oncall
from handlers.vocabulary.verb import Verb

DUTY: tuple[Verb, ...] = (
    Verb(
        "oncall",
        (),
        "oncall [team | health [team] [4w]]",
        "Who is on call now and next; `health` tells how it weighs on people, with a plot by direct message.",
        "incident:oncall",
        look=oncall.oncall,
    ),
    Verb(
        "override",
        (),
        "override [rotation] [@somebody] [from <Mon 09:00>] [until <Tue 09:00>]",
        "You take a part of a rotation, or give it to somebody (also `for 4h`); `override remove 3` takes one back.",
        oncall.OVERRIDE,
        look=oncall.override,
    ),
    Verb(
        "cover",
        (),
        "cover [rotation] [@somebody | from … until …]",
        "Asks the team to take your shift, the first who presses has it; with a name it offers a swap.",
        oncall.COVER,
        look=oncall.cover,
    ),
)
