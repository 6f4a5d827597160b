"""The doors of an incident: what handlers and the scheduler call, and nothing else."""

import inspect
import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.changes import Changes, Rule
from bot.rules import duplicates, lifecycle, merging, permissions, undoing
from bot.rules.change import Answer, Origin
from bot.rules.declaring import declare
from bot.rules.entries import Entry
from bot.rules.events import GlassBroken
from bot.rules.incident import Incident, PersonId
from bot.rules.moment import Moment, Person
from bot.rules.paging import escalation
from bot.rules.paging.by_hand import Ahead, ahead
from bot.rules.people import sees
from bot.rules.permissions import NotPermitted
from bot.rules.policy import Policy
from bot.transaction.knowing import looking
from store import directory, queries

log = logging.getLogger(__name__)
LATEST = 60
"""Entries of a timeline that `catchup` looks through."""


@dataclass(frozen=True, slots=True)
class Catchup:
    """An incident with its latest entries; `since` is the last that the person had seen, None at the first look."""

    incident: Incident
    entries: tuple[Entry, ...]
    since: int | None


@dataclass
class Incidents:
    """Incidents as somebody may see and change them."""

    changes: Changes

    @property
    def policy(self) -> Policy:
        """The configuration in force."""
        return self.changes.policy

    async def declare(self, origin: Origin, **facts: Any) -> Answer:
        """Opens an incident in the name of who asks."""
        return await self.changes.open(declare, origin, by=origin.person, team=origin.team, **facts)

    async def declare_asking(self, origin: Origin, **facts: Any) -> tuple[Answer, Sequence[Incident]]:
        """As `declare`, with the open ones that may be the same, which are public."""

        def look(connection: Connection) -> Sequence[Incident]:
            try:
                is_asked = permissions.may(self.policy, "look") != permissions.may(self.policy, "declare")
                if is_asked:  # else who may declare may look
                    self.changes.require(connection, "look", origin, None)
                return self._similar(connection, origin.person or "", kind=facts["kind"])
            except NotPermitted:
                return ()
            except Exception:
                log.exception("What may be the same could not be looked up; it is declared all the same")
                return ()

        more = {"by": origin.person, "team": origin.team, **facts}
        answer, found = await self.changes.open_beside(declare, origin, look, **more)
        if any(isinstance(entry.event, GlassBroken) for entry in answer.entries):  # that lets declare, not look
            return answer, ()
        others = [each for each in found or () if not each.private and each.number != answer.number]
        return answer, others[: duplicates.MOST]

    async def act(self, number: int, rule: Rule, origin: Origin, **facts: Any) -> Answer:
        """Carries a rule out; in the name of who asks, where the rule wants to know."""
        if "by" in inspect.signature(rule).parameters:
            facts["by"] = origin.person
        return await self.changes.change(number, rule, origin, **facts)

    async def find(
        self,
        person: PersonId | None,
        *,
        number: int | None = None,
        channel: str | None = None,
        thread_ts: str | None = None,
    ) -> Incident | None:
        """The incident of that number or place (its channel, its announcement's thread), if the person may see it.

        For nobody in particular (an event that Slack tells) it is found whoever may see it.
        """
        async with self.changes.store.read() as connection:
            if number is None and channel and thread_ts:
                number = await queries.number_by_post(connection, channel, thread_ts)
            if number is None and channel:
                number = await queries.number_by_channel(connection, channel)
            found = await queries.incident(connection, number) if number is not None else None
        return found if found and sees(found, person) else None

    async def listed(
        self, person: PersonId, filters: Mapping[str, Any], limit: int, offset: int = 0
    ) -> tuple[Sequence[Incident], int]:
        """A page of what the person may see, open first and most severe first, and how many there are in all."""
        ranked = [level.name for level in self.policy.severities]
        async with self.changes.store.read() as connection:
            page = await queries.listed(connection, person, ranked, limit=limit, offset=offset, **filters)
            return page, await queries.count(connection, person, **filters)

    async def merge(self, number: int, into: int, origin: Origin) -> Answer:
        """One goes into another."""
        return await self.changes.both(number, into, merging.merge, origin, by=origin.person)

    async def reopen(self, number: int, origin: Origin, *, why: str) -> Answer:
        """It is back; one that was merged is an incident of its own again."""
        into = await self._merged_into(number, origin.person)
        if into is None:
            return await self.act(number, lifecycle.reopen, origin, why=why)
        return await self.changes.both(number, into, merging.separate, origin, by=origin.person, why=why)

    async def undo(self, number: int, origin: Origin, *, seq: int | None = None) -> Answer:
        """Takes the last act back (`seq`: only if it is that entry)."""
        into = await self._merged_into(number, origin.person)
        if into is None:
            return await self.act(number, undoing.undo, origin, seq=seq)
        return await self.changes.both(number, into, merging.unmerge, origin, by=origin.person, seq=seq)

    async def _merged_into(self, number: int, person: PersonId | None) -> int | None:
        found = await self.find(person, number=number)
        return found.merged_into if found else None

    async def similar(
        self, person: PersonId, services: Sequence[str] = (), *, kind: str = "incident"
    ) -> tuple[Incident, ...]:
        """The open ones that may be the same as one on these services, as far as the person may see them."""
        async with self.changes.store.read() as connection:
            return await connection.run_sync(self._similar, person, services, kind=kind)

    def _similar(
        self, connection: Connection, person: PersonId, services: Sequence[str] = (), *, kind: str
    ) -> tuple[Incident, ...]:
        now = self.changes.clock.now()
        since, most = now - duplicates.RECENT, duplicates.MOST + 1  # one may turn out to be the new one itself
        found = queries.similar_now(connection, person, since, services, most, kind=kind)
        return duplicates.similar(found, Moment(now, self.policy), services=services, kind=kind)

    async def holding(self, person: PersonId) -> Sequence[int]:
        """The open incidents where somebody holds a role, is offered command, was paged, or which they follow."""
        async with self.changes.store.read() as connection:
            return await queries.holding(connection, person)

    async def timeline(self, number: int, limit: int) -> Sequence[Entry]:
        """The last entries of its timeline and of what was merged into it, in the order of what they tell of."""
        async with self.changes.store.read() as connection:
            subjects = await self._subjects(connection, number)
            return await queries.together(connection, subjects, limit=limit)

    async def _subjects(self, connection: AsyncConnection, number: int) -> list[str]:
        """The incident and, one after the other, all that went into it."""
        numbers = [number]
        for each in numbers:
            found = await queries.incident(connection, each)
            numbers += [more for more in (found.absorbed if found else ()) if more not in numbers]
        return [f"incident:{each}" for each in numbers]

    async def catchup(self, number: int, person: PersonId) -> Catchup:
        """What is known, for somebody who comes late or back; from now on it counts as looked at.

        Raises LookupError where there is no such incident for the person.
        """
        incident = await self.find(person, number=number)
        if incident is None:
            raise LookupError(number)
        since, entries = await self.unseen(incident, person)
        latest = max((entry.seq for entry in entries if entry.subject == incident.subject), default=since or 0)
        if latest != since:
            await self.changes.looked(number, person, latest)
        return Catchup(incident, tuple(entries), since)

    async def unseen(self, incident: Incident, person: PersonId) -> tuple[int | None, Sequence[Entry]]:
        """How far somebody has looked into a timeline, and all that came after; its latest for who never looked."""
        async with self.changes.store.read() as connection:
            since = await queries.last_look(connection, incident.number, person)
            if since is not None:
                return since, await queries.entries_since(connection, incident.subject, since)
        return None, await self.timeline(incident.number, LATEST)

    async def ahead(self, incident: Incident) -> Ahead | None:
        """Whom it pages now, and who is next; nothing is read where it pages nobody."""
        is_paging = incident.is_open and incident.paging_from and not incident.acknowledged_by and not incident.is_test
        if not is_paging or not escalation.policies_of(incident, self.policy):
            return None
        async with self.changes.store.read() as connection:
            moment = await connection.run_sync(looking, self.policy, self.changes.clock.now(), incident)
        return ahead(incident, moment)

    async def require(self, act: str, origin: Origin, incident: Incident | None = None) -> None:
        """Raises NotPermitted for who may not do it: before something is shown, or a form opens."""
        async with self.changes.store.read() as connection:
            await connection.run_sync(self.changes.require, act, origin, incident)

    async def break_glass(self, origin: Origin, why: str) -> Answer:
        """For ten minutes nothing is refused to who asks for who they are, and everybody is told."""
        return await self.changes.break_glass(origin, why)

    async def home_opened(self, person: PersonId, page: int = 0) -> None:
        """Somebody looks at their Home: it is shown, and kept current."""
        await self.changes.opened_home(person, page)

    async def team_of(self, person: PersonId) -> str | None:
        """The workspace of somebody, as far as Slack has told."""
        async with self.changes.store.read() as connection:
            return await directory.team_of(connection, person)

    async def names(self) -> Mapping[str, str]:
        """The names of people, by id."""
        async with self.changes.store.read() as connection:
            return {each.id: each.name for each in await directory.everybody(connection)}

    async def person_named(self, name: str) -> PersonId | None:
        """Who has that name in Slack, if one person alone has it."""
        async with self.changes.store.read() as connection:
            found = await directory.people_named(connection, name.strip()) if name.strip() else []
        return found[0] if len(found) == 1 else None

    async def learned(self, person: Person, team: str, names: Collection[str]) -> None:
        """Slack told something new of somebody who has, or had, these names."""
        await self.changes.learn(person, team, names)
