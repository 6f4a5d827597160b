"""From what goes out in a simulation to who is told, or which place."""

from collections.abc import Iterable

from bot.rules import audiences
from bot.rules.automation.automatic import address_of
from bot.rules.automation.rule import host_of
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.events import Event, Paged, PersonPaged
from bot.rules.foreseen.run import SOMEBODY, Run
from bot.rules.foreseen.simulated import Place, Row
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.paging.reaching import LOUD

FACES = frozenset({"room", "card", "topic", "links", "bookmark", "home", "archive", "conceal", "farewell", "catchup"})
"""What stands in its place and tells nobody by itself."""


def rows(run: Run, outgoing: Outgoing, entries: tuple[Entry, ...]) -> Iterable[Row]:
    at, lane = run.moment.now, outgoing.lane
    if outgoing.kind == "invite":
        names = (*outgoing.facts["people"], *outgoing.facts["names"])
        yield from (Row(at, "person", each, "invite", False) for each in names if each != SOMEBODY)
    elif lane.startswith("person:"):
        person, _, way = lane.removeprefix("person:").partition("/")
        if person != SOMEBODY and outgoing.kind not in FACES:
            told, has = _told(run, person, outgoing, entries), run.set_up.has(way or "slack")
            yield Row(at, "person", person, way or "slack", way in LOUD and has, told, unsent=not has)
    elif outgoing.kind == "announcement":
        if lane == outgoing.facts.get("lane"):  # an edit notifies nobody
            yield Row(at, "channel", _channel(lane, run.moment), "post", False, tuple(run.told[:1]))
    elif outgoing.kind not in FACES and not lane.startswith("pagerduty:"):  # that is the level's own row
        yield _told_outside(run, outgoing, entries) or _posted(run, outgoing, entries)


def _told_outside(run: Run, outgoing: Outgoing, entries: tuple[Entry, ...]) -> Row | None:
    """What an audience is told, or another program."""
    at, told, has = run.moment.now, _events(outgoing, entries), run.set_up.has
    match outgoing.kind:
        case "audience_mail":
            to = audiences.address_of(str(outgoing.facts["to"]), run.moment.policy) or ""
            return Row(at, "person", to, "mail", False, told, _audience(run, to), unsent=not has("mail"))
        case "audience_post":
            name = _channel(outgoing.lane, run.moment)
            return Row(at, "channel", name, "post", False, told, _audience(run, name))
        case "webhook":
            to = host_of(address_of(str(outgoing.facts["address"]), run.moment.policy) or "")
            return Row(at, "webhook", to, "webhook", False, told, unsent=not has("webhook"))
    return None


def _audience(run: Run, to: str) -> str:
    """As whom an address or a channel is told."""
    concerned = (each for each in run.moment.policy.audiences if run.incident.severity in each.severities)
    return ", ".join(each.name for each in concerned if to in (*each.mail, each.channel))


def _posted(run: Run, outgoing: Outgoing, entries: tuple[Entry, ...]) -> Row:
    lane, told = outgoing.lane, _events(outgoing, entries)
    is_own = lane.startswith(run.incident.subject) and not outgoing.facts.get("broadcast")
    place: Place = "room" if is_own else "channel"
    where = "" if is_own else _channel(lane.partition("@")[2] or lane, run.moment)
    is_paged = lane.startswith("channel:") and any(isinstance(each, Paged) for each in told)
    return Row(run.moment.now, place, where, "page" if is_paged else "post", False, told)


def _told(run: Run, person: PersonId, outgoing: Outgoing, entries: tuple[Entry, ...]) -> tuple[Event, ...]:
    told = _events(outgoing, entries)
    why = run.why.get(person)
    return (why, *told) if why and any(isinstance(each, PersonPaged) for each in told) else told


def _events(outgoing: Outgoing, entries: tuple[Entry, ...]) -> tuple[Event, ...]:
    wanted = set(outgoing.facts.get("seqs", ()))
    return tuple(entry.event for entry in entries if entry.seq in wanted)


def _channel(lane: str, moment: Moment) -> str:
    """The channel that a lane leads to, as the configuration names it."""
    if lane.startswith("channel:"):
        return lane.removeprefix("channel:")
    team = next((each for each in moment.policy.teams if lane == f"team:{each.name}"), None)
    return (team.channel if team else None) or moment.policy.channels.announce


def called(run: Run, event: Event) -> Iterable[Row]:
    """Services that a level pages, and for which level each person is paged from now on."""
    if not isinstance(event, Paged):
        return
    for person in (*event.people, *event.shadows):
        run.why[person] = event
    at = run.moment.now
    lost = lost_services(run, event)
    for each in event.services:
        yield Row(at, "pagerduty", each, "pagerduty", each not in lost, (event,), unsent=each in lost)


def lost_services(run: Run, event: Paged) -> tuple[str, ...]:
    """The services of PagerDuty that a level pages and that cannot be told."""
    return tuple(each for each in event.services if not run.set_up.has_service(each))
