"""Who follows from afar, and who comes to help."""

from dataclasses import replace

from bot.rules.change import Change
from bot.rules.events import Followed, Joined, Unfollowed
from bot.rules.guards import require_open, require_unmerged
from bot.rules.incident import Incident, PersonId, Said
from bot.rules.moment import Moment
from bot.rules.people import with_responder
from bot.rules.refused import Refused


def follow(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Its updates come to somebody by direct message from now on. Raises Refused where they do already."""
    require_open(incident, moment)
    if by in incident.followers:
        end = f"`{moment.policy.command} unfollow {incident.name}` ends it."
        raise Refused(f"You follow {incident.name} already: its updates come to you by direct message. {end}")
    return Change(replace(incident, followers=(*incident.followers, by)), (Followed(person=by),))


def unfollow(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Its updates come to somebody no more: of a closed one, none should it come back. Raises Refused otherwise."""
    require_unmerged(incident, moment)
    if by not in incident.followers:
        begin = f"`{moment.policy.command} follow {incident.name}` sends you its updates by direct message."
        raise Refused(f"You do not follow {incident.name}. {begin}")
    followers = tuple(each for each in incident.followers if each != by)
    return Change(replace(incident, followers=followers), (Unfollowed(person=by),))


def join(incident: Incident, moment: Moment, *, by: PersonId) -> Change:
    """Somebody comes to help: a responder from now on. So answers, once, who was paged for what somebody has.

    Raises Refused for who is a responder, and was not paged.
    """
    require_open(incident, moment)
    paged, comes = incident.paged.get(by), f"comes {by}"
    is_called = paged is not None and incident.acknowledged_by is not None and not incident.last_step(comes, paged)
    if by in incident.responders and not is_called:
        say = f"`{moment.policy.command} update {incident.name} …` says what you see."
        raise Refused(f"You are a responder of {incident.name} already. {say}")
    after = with_responder(incident, by)
    if paged is not None and is_called:
        after = replace(after, said={**after.said, comes: Said(paged, 1, moment.now)})
    return Change(after, (Joined(person=by, called=is_called),))
