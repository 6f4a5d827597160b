"""The modals of acts between people and between incidents: hand over, merge, make private."""

from collections.abc import Sequence

from bot.rules.incident import Incident
from bot.rules.paging.by_hand import FURTHER
from bot.rules.paging.suggesting import Suggestion
from bot.rules.policy import Policy
from bot.views.blocks import Block, context, option, section
from bot.views.fields import MOST_CHOICES, everybody, field, select, somebody, typed
from bot.views.labels import plainly, room_link, status_label
from bot.views.modals.frame import View, about, modal
from bot.views.modals.plain import LABEL, sentence
from bot.views.suggesting import hint
from bot.views.text import person, plain_line

MERGED = (
    "Its timeline, notes and people go along, its reminders stop, and its channel points to the other one. "
    "`{command} reopen {name} why` makes it one of its own again."
)
UNTIL = "You keep command until they press *I have command*. They are sent what is known, tried, promised and open."


def merge(
    incident: Incident,
    policy: Policy,
    open_ones: Sequence[Incident],
    *,
    chosen: int | None = None,
    channel: str | None = None,
) -> View:
    """Which one it goes into; of `open_ones` those are offered that fit."""
    others = [each for each in open_ones if _fits(each, incident)]
    if not others:
        return sentence(f"Merge {incident.name}", f"There is no open incident that {incident.name} can go into.")
    options = [option(plainly(each, LABEL), str(each.number), status_label(each.status.value)) for each in others]
    initial = str(chosen or others[0].number) if chosen or len(others) == 1 else None
    hint = f"The first {MOST_CHOICES}. For another one type its number." if len(others) > MOST_CHOICES else ""
    blocks: list[Block] = [
        about(incident, policy),
        field("into", f"{plain_line(_named(incident), 120)} goes into", select(options, initial), hint=hint),
        context(MERGED.format(command=policy.command, name=incident.name)),
    ]
    return modal("incident:merge", f"Merge {incident.name}", "Merge", blocks, number=incident.number, channel=channel)


def _fits(other: Incident, incident: Incident) -> bool:
    """Whether it may go into that one: another, of the same kind, both for all to see."""
    is_other = other.number != incident.number and not other.is_merged and other.is_open
    return is_other and other.kind == incident.kind and not (other.private or incident.private)


def _named(incident: Incident) -> str:
    return f"{incident.name} {incident.title}"


def escalate(
    incident: Incident, policy: Policy, people: Sequence[str] = (), why: str = "", *, channel: str | None = None
) -> View:
    """Whom to page: people, a team, or the next level."""
    teams = [each for each in policy.teams if each.policy or policy.default_policy]
    options = [option("The next level", FURTHER), *(option(f"Team {each.name}", each.name) for each in teams)]
    who = field("team", "Who is on call", select(options, FURTHER), optional=True)
    blocks: list[Block] = [
        about(incident, policy),
        *([who] if policy.policies else []),
        field("people", "Or people by name", everybody(people), optional=bool(policy.policies)),
        field("why", "Why?", typed(why, "Nobody here knows the database", lines=True), optional=True),
        context("They are paged at once, one way a minute until they answer, and invited to the channel."),
    ]
    return modal("incident:escalate", "Page somebody", "Page", blocks, number=incident.number, channel=channel)


def handoff(
    incident: Incident,
    policy: Policy,
    holder: str | None = None,
    note: str = "",
    *,
    channel: str | None = None,
    suggested: Sequence[Suggestion] = (),
) -> View:
    """Who is to command, and what they should know beside the brief; `suggested` might."""
    waiting = (
        [context(f"Offered to {person(incident.handoff.to)} already; this replaces it.")] if incident.handoff else []
    )
    blocks: list[Block] = [
        about(incident, policy),
        *waiting,
        field("person", "Who takes command?", somebody(initial=holder), hint=hint(suggested)),
        field(
            "note", "What should they know?", typed(note, "The vendor calls back at 14:30", lines=True), optional=True
        ),
        context(UNTIL),
    ]
    return modal("incident:handoff", "Hand over command", "Offer it", blocks, number=incident.number, channel=channel)


def private(incident: Incident, policy: Policy, *, channel: str | None = None) -> View:
    """Who may know of it from now on; whoever works on it already is chosen."""
    at_work = tuple(dict.fromkeys((*incident.roles.values(), *incident.responders)))
    blocks: list[Block] = [
        about(incident, policy),
        section("\n".join(f"• {line}" for line in _follows(incident))),
        field(
            "people",
            "Who may see it?",
            everybody(at_work),
            optional=True,
            hint="You, who has it or is being paged, and who holds a role may in any case.",
        ),
    ]
    return modal(
        "incident:private",
        f"Make {incident.name} private",
        "Make it private",
        blocks,
        number=incident.number,
        channel=channel,
    )


def _follows(incident: Incident) -> Sequence[str]:
    """What will be so."""
    former = room_link(incident)
    work = "It gets a new private channel, and these people are invited to it."
    told = f"Its announcement becomes “{incident.name} is private”, without title or details."
    read = f"Anybody in the workspace may have read {former or 'what was said of it'} until now."
    after = (
        "You are asked next whether to archive that channel."
        if former
        else "What I said in its thread is hidden; what people wrote there stays."
    )
    return (work, told, read, after, "It cannot be made public again.")
