"""What every act asks first, and the sentence when the answer is no."""

from bot.rules.incident import Incident, PersonId, Status
from bot.rules.moment import Moment
from bot.rules.refused import Refused


def require_open(incident: Incident, moment: Moment) -> None:
    """Raises Refused for what is resolved, cancelled or merged into another one, with the way on."""
    require_unmerged(incident, moment)
    if not incident.is_open:
        state = "resolved" if incident.status is Status.RESOLVED else "cancelled"
        command = moment.policy.command
        raise Refused(f"{incident.name} is already {state}. `{command} reopen {incident.name} why` opens it again.")


def require_remembered(incident: Incident, moment: Moment) -> None:
    """Raises Refused for what ended so long ago that retention has removed what was written in it."""
    if incident.forgotten:
        raise Refused(
            f"{incident.name} ended so long ago that what was written in it has been removed. "
            f"`{moment.policy.command} declare …` begins a new one."
        )


def require_unmerged(incident: Incident, moment: Moment) -> None:
    """Raises Refused for what is part of another incident now, which is named."""
    if incident.is_merged:
        other, command = f"INC-{incident.merged_into}", moment.policy.command
        raise Refused(
            f"{incident.name} was merged into {other}. Say it there: `{command} show {other}` tells how it stands. "
            f"`{command} reopen {incident.name} why` makes it one of its own again."
        )


def require_text(text: str, sentence: str, field: str) -> str:
    """The text without surrounding blanks. Raises Refused with `sentence` when nothing is left that can be seen."""
    if not any(character.isprintable() and not character.isspace() for character in text):
        raise Refused(sentence, field=field)
    return text.strip()


def require_able(moment: Moment, person: PersonId, *, guests: bool = True, field: str = "person") -> None:
    """Raises Refused for who cannot take part: somebody who left, a bot; a guest where `guests` is false."""
    known = moment.people.get(person)
    if known and known.bot:
        raise Refused(f"<@{person}> is a bot. Name a person.", field=field)
    if known and not known.active:
        raise Refused(f"<@{person}> is deactivated in Slack. Name somebody else.", field=field)
    if known and known.guest and not guests:
        raise Refused(f"<@{person}> is a guest in this workspace. Name a member of it.", field=field)


def unknown(number: int, command: str) -> str:
    """The sentence for an incident that does not exist; the same for a private one and who is not in it."""
    return f"There is no INC-{number}. `{command} list` shows what is open."
