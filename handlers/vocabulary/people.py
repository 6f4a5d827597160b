"""Who takes part: roles, hand-over, help, followers, who may know."""

from handlers import following, glass, paging, privacy, roles
from handlers.grammar import Spoken
from handlers.vocabulary.verb import Verb, text


def _role(spoken: Spoken) -> str | None:
    words = spoken.unpeopled.split()
    return None if len(words) > 1 or (words and spoken.people) else "incident:role"


def _somebody(door: str, spoken: Spoken) -> str | None:
    """The modal where nobody is named; a name that Slack did not make a mention is answered, not asked again."""
    return None if spoken.people or spoken.rest.startswith("@") else door


PEOPLE: tuple[Verb, ...] = (
    Verb(
        "command",
        ("commander", "ic", "claim"),
        "command [@somebody]",
        "You command, or somebody else does.",
        "incident:command",
        roles.command,
        takes="nothing",
    ),
    Verb(
        "lead",
        ("sme",),
        "lead <@somebody>",
        "Who looks for the cause and the fix.",
        "incident:role",
        roles.lead,
        needs=text("incident:role"),
    ),
    Verb(
        "role",
        (),
        "role <role> <@somebody>",
        "Gives a role: commander, comms, lead or scribe.",
        "incident:role",
        roles.role,
        needs=_role,
    ),
    Verb(
        "handoff",
        (),
        "handoff <@somebody> [note]",
        "Offers command; you keep it until they take it.",
        "incident:handoff",
        roles.handoff,
        needs=lambda spoken: _somebody("incident:handoff", spoken),
    ),
    Verb(
        "escalate",
        ("page",),
        "escalate <team | @somebody | further> [why]",
        "Pages a team, somebody, or the next level, now.",
        "incident:escalate",
        paging.escalate,
        needs=text("incident:escalate"),
    ),
    Verb(
        "join",
        (),
        "join",
        "You help, and are invited as a responder.",
        "incident:join",
        following.join,
        takes="nothing",
    ),
    Verb(
        "follow",
        (),
        "follow",
        "You are sent its updates, without the channel.",
        "incident:follow",
        following.follow,
        takes="nothing",
    ),
    Verb(
        "unfollow",
        (),
        "unfollow",
        "You are no longer sent its updates.",
        "incident:unfollow",
        following.unfollow,
        takes="nothing",
    ),
    Verb(
        "private",
        (),
        "private [@people]",
        "Makes it private: a new channel, and only those people know.",
        "incident:private",
        privacy.make_private,
        needs=lambda spoken: _somebody("incident:private", spoken),
        takes="nothing",
    ),
    Verb(
        "breakglass",
        (),
        "breakglass <why>",
        "For ten minutes nothing is refused to you for who you are, and everybody is told.",
        glass.DOOR,
        look=glass.breakglass,
    ),
)
