"""Somebody is asked to command what nobody commands, or nobody who answers: they are paged, and free to say no."""

from datetime import timedelta

from bot.rules.change import Change
from bot.rules.events import Paged
from bot.rules.guards import require_able, require_open
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.paging.attendance import is_unheard
from bot.rules.paging.by_hand import paged_now
from bot.rules.people import sees
from bot.rules.refused import Asked, Refused
from bot.rules.roles import assign

TO_COMMAND = frozenset({"commander", "deputy"})
"""Why somebody is paged who is to take command; keys of `escalation.WHY`."""

ACT = "command"
"""What waits for the answer of who was asked, where somebody commands by now."""

PATIENCE = timedelta(minutes=5)
"""How soon after a page nobody is paged once more to be asked."""


def ask(incident: Incident, moment: Moment, *, by: PersonId, person: PersonId) -> Change:
    """Pages somebody to take command. It changes hands only once they take it, so that nobody commands in their sleep.

    Raises Refused where somebody commands it, and for who cannot or was paged just now.
    """
    require_open(incident, moment)
    holder, command = incident.commander, moment.policy.command
    if holder and not is_unheard(incident):
        page = f"`{command} escalate {incident.name} <@{person}>`"
        raise Refused(f"<@{holder}> commands {incident.name} by now. {page} pages them all the same.")
    if person == by:
        raise Refused(f"That is you: `{command} command {incident.name}` takes it.")
    require_able(moment, person, guests=False)
    if not sees(incident, person):
        raise Refused(f"<@{person}> may not see {incident.name}. Invite them into its channel, or ask somebody else.")
    last = incident.paged.get(person)
    if last and moment.now - last < PATIENCE:
        raise Refused(f"<@{person}> was paged for {incident.name} just now. Wait a little, or ask somebody else.")
    why = "deputy" if holder else "commander"
    return paged_now(incident, moment, Paged("", 0, (person,), why, moment.now))


def take(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Who was asked to command takes command. Raises Asked where somebody does by now, and answers."""
    require_open(incident, moment)
    holder = incident.commander
    if holder and holder != by and not is_unheard(incident):
        nothing = "Nothing to do for you; ask them before you take it over."
        raise Asked(f"<@{holder}> commands {incident.name} by now. {nothing}", asks=ACT)
    return assign(incident, moment, by=by, role="commander", person=by)


def is_met(paged: Paged, incident: Incident) -> bool:
    """Whether somebody commands it by now, for want of whom that page was; never while nobody has it."""
    if incident.acknowledged_by is None:
        return False
    if paged.why == "commander":
        return incident.commander is not None
    return paged.why == "deputy" and not is_unheard(incident)
