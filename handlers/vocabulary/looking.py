"""What only looks."""

from handlers import looking, rollouts, simulating
from handlers.alerts import silences
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
    Verb(
        "simulate",
        (),
        'simulate <sev1> [service or team] [at "Sun 02:30"]',
        "Who would be told if nobody answered: when, how loud and why. Nobody is told anything.",
        "incident:simulate",
        look=simulating.simulate,
    ),
    Verb(
        "silence",
        (),
        "silence <what> <2h> [why]",
        "Lets alerts do nothing for a while; alone it lists what is silent, `silence lift 3` ends one.",
        "incident:silence",
        look=silences.silence,
    ),
    Verb(
        "changes",
        (),
        "changes [service] [2h]",
        "What was deployed, switched, configured or migrated of late.",
        "incident:changes",
        look=rollouts.listed,
    ),
)
