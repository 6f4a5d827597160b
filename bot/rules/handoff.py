"""Handing command over: offered, and held by who offered it until the other takes it."""

from dataclasses import replace

from bot.rules.change import Change
from bot.rules.events import HandoffDeclined, HandoffOffered, Words
from bot.rules.guards import require_able, require_open
from bot.rules.incident import Handoff, Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.people import with_member
from bot.rules.refused import Refused
from bot.rules.roles import assign


def offer(incident: Incident, moment: Moment, *, by: PersonId, person: PersonId, note: str = "") -> Change:
    """The commander offers command to somebody, who sees a private incident from now on; a new offer replaces it.

    Raises Refused for who does not command, and for who cannot take it: oneself, a guest, a bot, who has left.
    """
    require_open(incident, moment)
    _require_command(incident, moment, by)
    if person == by:
        raise Refused(f"You command {incident.name} already. Name who takes over from you.", field="person")
    require_able(moment, person, guests=False)
    standing, note = incident.handoff, note.strip()
    if standing and (standing.by, standing.to) == (by, person) and note in {"", standing.note}:
        sentence = f"You offered <@{person}> command of {incident.name} already. You have it until they take it."
        raise Refused(sentence, field="person")
    shown = with_member(incident, person) if incident.private else incident
    after = replace(shown, handoff=Handoff(by=by, to=person, at=moment.now, note=note))
    return Change(after, (HandoffOffered(by=by, to=person, note=Words(note)),))


def accept(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Who was offered command has it from now on. Raises Refused for anybody else, with what is so."""
    _offered(incident, moment, by)
    return assign(incident, moment, by=by, role="commander", person=by)


def decline(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Who was offered command leaves it where it is. Raises Refused for anybody else, with what is so."""
    offered = _offered(incident, moment, by)
    return Change(replace(incident, handoff=None), (HandoffDeclined(by=offered.by, to=by),))


def _require_command(incident: Incident, moment: Moment, by: PersonId) -> None:
    holder, command = incident.commander, f"{moment.policy.command} command {incident.name}"
    if holder is None:
        raise Refused(f"Nobody commands {incident.name}. `{command} @b` gives it to @b at once.")
    if holder != by:
        raise Refused(f"<@{holder}> commands {incident.name}, and alone can hand it over. `{command}` takes it.")


def _offered(incident: Incident, moment: Moment, by: PersonId) -> Handoff:
    require_open(incident, moment)
    offered, holder = incident.handoff, incident.commander
    if offered and offered.to == by:
        return offered
    if offered:
        has = f"<@{holder}> has it until then" if holder else "Nobody has it until then"
        raise Refused(f"Command of {incident.name} is offered to <@{offered.to}> now. {has}.")
    if holder == by:
        raise Refused(f"You command {incident.name} already.")
    now = f"<@{holder}> commands it" if holder else "Nobody commands it"
    take = f"`{moment.policy.command} command {incident.name}` takes it"
    raise Refused(f"No offer of command of {incident.name} waits for you any more. {now}; {take}.")
