"""Two incidents that are one: the later goes into the other, and may come out again."""

from dataclasses import replace

from bot.rules import lifecycle
from bot.rules.change import Change
from bot.rules.events import Absorbed, Merged, Separated, ServiceAdded, Words
from bot.rules.guards import require_open
from bot.rules.incident import Incident, PersonId, Status
from bot.rules.moment import Moment
from bot.rules.paging import calling
from bot.rules.people import with_responder
from bot.rules.refused import Refused
from bot.rules.undoing import taken_back


def merge(incident: Incident, other: Incident, moment: Moment, *, by: PersonId) -> tuple[Change, Change]:
    """`incident` goes into `other`: its clocks stop, its people and services go along, its timeline is read there.

    Raises Refused, with the field `into`, for itself, a merged, closed, private or test one.
    """
    _require_apart(incident, other, moment)
    require_open(incident, moment)
    gone = replace(
        incident,
        status=Status.CANCELLED,
        cancelled_because="merged",
        merged_into=other.number,
        closed_at=moment.now,
        handoff=None,
    )
    added = tuple(name for name in incident.services if name not in other.services)
    whole = replace(other, absorbed=(*other.absorbed, incident.number), services=(*other.services, *added))
    whole = replace(whole, alerts=tuple(dict.fromkeys((*other.alerts, *incident.alerts))))
    for person in (*incident.responders, by):
        whole = with_responder(whole, person)
    followers = [person for person in incident.followers if person not in other.followers]
    whole = replace(whole, followers=(*other.followers, *followers))
    people = tuple(person for person in whole.responders if person not in other.responders)
    room = other.channel if other.room == "channel" else None
    merged = Merged(into=other.number, title=Words(other.title), channel=room)
    absorbed = Absorbed(incident.number, Words(incident.title), people, incident.severity)
    whole = calling.joined(other, whole, moment)
    return Change(gone, (merged,)), Change(whole, (absorbed, *(ServiceAdded(service=name) for name in added)))


def _require_apart(incident: Incident, other: Incident, moment: Moment) -> None:
    """Raises Refused for two that cannot become one."""
    command, why = moment.policy.command, None
    if incident.number == other.number:
        why = f"{incident.name} cannot go into itself. Name the other one: `{command} merge INC-…`."
    elif other.merged_into is not None:
        why = f"{other.name} was merged into INC-{other.merged_into}. Merge {incident.name} into that one."
    elif not other.is_open:
        reopen = f"`{command} reopen {other.name} why`"
        why = f"{other.name} is {other.status.value}. Reopen it first ({reopen}), or merge it the other way round."
    elif incident.private or other.private:
        lock = other if other.private else incident
        why = f"{lock.name} is private: merging would show it to people who are not in it. Leave them apart."
    elif incident.kind != other.kind:
        test = other if other.is_test else incident
        why = f"{test.name} is a {test.kind}; it does not go together with a real incident. Cancel it instead."
    if why:
        raise Refused(why, field="into")


def separate(incident: Incident, other: Incident, moment: Moment, *, by: PersonId, why: str) -> tuple[Change, Change]:
    """Reopens one that was merged: it is an incident of its own again. Who came along stays with the other, too."""
    _require_merged(incident, other)
    reopened = lifecycle.reopen(replace(incident, merged_into=None), moment, by=by, why=why)
    return reopened, _without(other, incident)


def unmerge(
    incident: Incident, other: Incident, moment: Moment, *, by: PersonId, seq: int | None = None
) -> tuple[Change, Change]:
    """Takes a merge back within five minutes: as though it had not been. Raises Refused as `undo` does."""
    _require_merged(incident, other)
    restored = taken_back(incident, moment, by=by, seq=seq)
    return Change(*restored), _without(other, incident)


def _require_merged(incident: Incident, other: Incident) -> None:
    if incident.merged_into != other.number:
        raise Refused(f"{incident.name} is not part of {other.name} any more. Look at both before you go on.")


def _without(other: Incident, incident: Incident) -> Change:
    left = tuple(number for number in other.absorbed if number != incident.number)
    separated = Separated(number=incident.number, title=Words(incident.title))
    alerts = tuple(group for group in other.alerts if group not in incident.alerts)
    return Change(replace(other, absorbed=left, alerts=alerts), (separated,))
