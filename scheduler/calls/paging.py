"""Pages: what somebody is wanted for is asked again when it is sent, and told by one of their ways."""

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.outside.sending import Outcome, Permanent
from bot.outside.slack import Problem
from bot.outside.ways import Ways
from bot.rules import rooms
from bot.rules.alerts.group import Group
from bot.rules.alerts.newest import looked_at, newest
from bot.rules.calendar import zone
from bot.rules.events import GaveUp
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.paging import losing, reaching
from bot.rules.paging.reaching import LOUD, PAGE, Reach
from bot.rules.paging.standing import Standing, most_wanted, standing
from bot.rules.paging.wanted import Wanted, gravest, wanted
from bot.views import page
from bot.views.page import Told
from bot.views.standing_page import standing_page
from bot.views.terminal.paper import Paper
from scheduler.calls.done import DELIVERY, WITHDRAWN, Done, require_sent
from scheduler.calls.posting import body, post, stood
from scheduler.desk import Desk
from store import directory, outbox, pagings, queries, subjects
from store.outbox import Row

Sending: TypeAlias = Awaitable[Outcome] | None
PATIENCE = 2.0
"""Seconds that a page waits to hear whether they may be disturbed."""
MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")


def person_of(row: Row) -> PersonId:
    """Who is paged by the row."""
    return row.subject.partition(":")[2]


async def page_slack(desk: Desk, row: Row) -> Done:
    """The direct message; to who does not want to be disturbed it goes as well, and by their next way at once."""
    if row.facts.get("test"):
        await post(desk, row, page.tried("slack"))
        return Done()
    reach, found = await wanted_by(desk, row)
    if not found:
        return WITHDRAWN
    is_asleep = await _is_asleep(desk, reach, "slack")
    posted = await post(desk, row, page.direct(found, desk.policy, desk.changes.clock.now()))
    numbers = tuple(each.incident.number for each in found)
    slot = reaching.slot_of(row.subject, row.id)
    done = stood(replace(row, slot=slot), posted)

    def keep(connection: Connection) -> None:
        done.keep(connection)
        desk.changes.turned(connection, row.subject, reaching.stands, DELIVERY, slot=slot, numbers=numbers)
        if is_asleep:
            desk.changes.turned(connection, row.subject, reaching.asleep, DELIVERY, way="slack", numbers=numbers)

    return Done(keep)


async def show_page(desk: Desk, row: Row) -> Done:
    """A page that stands in a direct message, drawn anew; one that was deleted is let be."""
    async with desk.changes.store.read() as connection:
        reach = await connection.run_sync(subjects.find, row.subject, Reach(person_of(row)))
        moment = await connection.run_sync(desk.moment)
        numbers = reach.told_in(str(row.slot))
        found = [each for number in numbers if (each := await _standing(connection, reach, number, moment))]
    later = [number for number in row.facts["numbers"] if number not in numbers]
    shown = standing_page(most_wanted(found, desk.policy), later, desk.policy, moment.now)
    stands = await desk.post(row)
    if stands is None:
        return WITHDRAWN
    try:
        await desk.slack.call("chat.update", channel=stands.channel, ts=stands.ts, **body(shown))
    except Problem as problem:
        if not problem.permanent:
            raise
        return WITHDRAWN
    return Done()


async def page_outside(desk: Desk, row: Row) -> Done:
    """A page, or the try of a pager, by a way that is not Slack; in doubt it goes again under the same id."""
    way, now = row.kind.removeprefix(PAGE), desk.changes.clock.now()
    reach, found = await wanted_by(desk, row)
    if not (found or row.facts.get("test")):
        return WITHDRAWN
    address, mark = reach.address(way), f"tocsin-page-{row.id}"
    if not address:
        raise Problem("no_address", permanent=True)
    asks = {each.incident.number: each.asks for each in found[: page.MOST] if each.asks}
    link = desk.outward.links.make(reach.person, way, mark, asks, now) if asks or not found else ""
    told = page.plain(found, await _paper(desk, reach.person, found, now), link) if found else page.tried_plainly(link)
    is_asleep = bool(found) and await _is_asleep(desk, reach, way)
    send = SENDERS[way](desk.outward.ways, Letter(address, told, mark, now, link))
    require_sent(await send if send else Permanent("not_set_up"))
    numbers = tuple(each.incident.number for each in found)

    def keep(connection: Connection) -> None:
        desk.changes.turned(connection, row.subject, reaching.asleep, DELIVERY, way=way, numbers=numbers)

    return Done(keep) if is_asleep else Done()


async def _paper(desk: Desk, reader: PersonId, found: Sequence[Wanted], now: datetime) -> Paper:
    """People by their names in Slack, else as the configuration has them; times in the reader's own zone."""
    async with desk.changes.store.read() as connection:
        moment = await connection.run_sync(desk.moment, *(each.incident for each in found))
        known = {**moment.people, **await directory.people_of(connection, {reader, *_named(found)})}
    configured = {identity: name for name, identity in moment.roster.ids.items()}
    names = configured | {each.id: each.name for each in known.values() if each.name}
    own = known[reader].timezone if reader in known else None
    return Paper(desk.policy, now, names, timezone=zone(own, desk.policy.calendar.timezone))


def _named(found: Iterable[Wanted]) -> Iterable[PersonId]:
    """Whom the words of a page may name beside those who may be paged and who has to do with the incident anyhow."""
    for each in found:
        yield from filter(None, (each.incident.acknowledged_by, each.by))
        yield from MENTION.findall(each.paged.note if each.paged else "")


@dataclass(frozen=True, slots=True)
class Letter:
    """What goes out: to where, what, under which id, when, and the link with which it is answered."""

    to: str
    told: Told
    mark: str
    at: datetime
    link: str


def _mail(ways: Ways, it: Letter) -> Sending:
    return ways.mail.send(it.to, it.told.subject, it.told.text, mark=it.mark, at=it.at) if ways.mail else None


def _ntfy(ways: Ways, it: Letter) -> Sending:
    told = it.told
    return ways.ntfy.send(it.to, told.subject, told.below, link=it.link, label=told.label) if ways.ntfy else None


def _sms(ways: Ways, it: Letter) -> Sending:
    return ways.twilio.text(it.to, it.told.short) if ways.twilio else None


def _voice(ways: Ways, it: Letter) -> Sending:
    return ways.twilio.call(it.to, it.told.aloud, link=it.link, key=it.told.key) if ways.twilio else None


def _webhook(ways: Ways, it: Letter) -> Sending:
    words = {"subject": it.told.subject, "text": it.told.text, "link": it.link, "label": it.told.label}
    told = {"id": it.mark, "type": "page", **words}
    return ways.webhook.send(it.to, told, mark=it.mark, at=it.at) if ways.webhook else None


SENDERS: Mapping[str, Callable[[Ways, Letter], Sending]] = {
    "mail": _mail,
    "ntfy": _ntfy,
    "sms": _sms,
    "voice": _voice,
    "webhook": _webhook,
}
"""Each way that is not Slack; None where it is not set up."""


async def wanted_by(desk: Desk, row: Row) -> tuple[Reach, Sequence[Wanted]]:
    """How somebody is reached, and for what they are wanted of all that the row tells them of."""
    async with desk.changes.store.read() as connection:
        reach = await connection.run_sync(subjects.find, row.subject, Reach(person_of(row)))
        moment = await connection.run_sync(desk.moment)
        found = [await _wanted(connection, reach, number, moment) for number in row.facts["numbers"]]
    return reach, gravest((each for each in found if each), desk.policy)


async def _wanted(connection: AsyncConnection, reach: Reach, number: int, moment: Moment) -> Wanted | None:
    incident = await queries.incident(connection, number)
    if incident is None:
        return None
    found = wanted(reach, incident, await pagings.standing(connection, incident.subject), moment)
    return await _with_alert(connection, found) if found else None


async def _standing(connection: AsyncConnection, reach: Reach, number: int, moment: Moment) -> Standing | None:
    incident = await queries.incident(connection, number)
    if incident is None:
        return None
    found = standing(reach, incident, await pagings.standing(connection, incident.subject), moment)
    return replace(found, wanted=await _with_alert(connection, found.wanted)) if found.wanted else found


async def _with_alert(connection: AsyncConnection, found: Wanted) -> Wanted:
    """The same with what its newest alert says; one statement, and only where there are alerts."""
    if not found.incident.alerts:
        return found
    groups = await connection.run_sync(subjects.find_each, looked_at(found.incident), Group)
    return replace(found, newest=newest(found.incident, groups))


async def _is_asleep(desk: Desk, reach: Reach, way: str) -> bool:
    """Whether that way would wake nobody, they do not want to be disturbed, and there is another one."""
    return way not in LOUD and reach.used < len(reach.ways) and await _is_undisturbed(desk, reach.person)


async def _is_undisturbed(desk: Desk, person: PersonId) -> bool:
    """Whether Slack makes no sound for them now; where Slack does not tell soon, they are taken to hear it."""
    try:
        async with asyncio.timeout(PATIENCE):
            told = await desk.slack.ask("dnd.info", user=person)
    except (Problem, TimeoutError):
        return False
    return _covers(told, desk.changes.clock.now())


def _covers(told: dict[str, object], now: datetime) -> bool:
    since, until = told.get("next_dnd_start_ts"), told.get("next_dnd_end_ts")
    is_span = isinstance(since, int) and isinstance(until, int)
    return bool(told.get("dnd_enabled")) and is_span and int(str(since)) <= now.timestamp() < int(str(until))


def give_up(desk: Desk, connection: Connection, row: Row, reason: str) -> bool:
    """Gives the row up: each incident is told that somebody cannot be paged that way, and they are by their next one.

    After the last one, where none reached them, nobody waits for them any more. Returns whether nobody was left to be
    told. Incidents are held first, the person after them, as in every change.
    """
    numbers = tuple(sorted(row.facts["numbers"]))
    for number in numbers:
        outbox.hold_subject(connection, f"incident:{number}")
    if not outbox.settle(connection, row, "given_up", reason):
        return False
    facts = {"what": row.kind, "lane": row.lane, "reason": reason}
    with desk.changes.together(connection) as them:
        answers = [them.apply(connection, number, rooms.gave_up, DELIVERY, **facts) for number in numbers]
    way = row.kind.removeprefix(PAGE)
    desk.changes.turned(connection, row.subject, reaching.failed, DELIVERY, way=way, why=reason, numbers=numbers)
    if subjects.find(connection, row.subject, Reach(person_of(row))).is_lost:
        for number in numbers:  # this pages nobody yet: the incident is due at once
            desk.changes.apply(connection, number, losing.lose, DELIVERY, person=person_of(row))
    told = [entry.event for answer in answers for entry in answer.entries]
    return any(isinstance(event, GaveUp) and event.nobody for event in told)
