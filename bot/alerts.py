"""The doors of alerts: what comes from other programs, and what people decide about it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeAlias

from sqlalchemy import Connection

from bot.changes import Changes
from bot.rules.alerts import group, heartbeat, incidents, silencing
from bot.rules.alerts.alert import Alert
from bot.rules.alerts.deciding import Decision, usual
from bot.rules.alerts.group import Group, Verdict
from bot.rules.alerts.newest import Newest, looked_at, newest
from bot.rules.alerts.silencing import Silence, Workspace
from bot.rules.change import Answer, Origin
from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.transaction import taking
from bot.transaction.taking import WORKSPACE, Taken
from store import subjects
from store.requests import recall

Act: TypeAlias = Callable[[Connection, Group, Origin], Answer]
"""What a judgement does to an incident."""


@dataclass(frozen=True, slots=True)
class Alerts:
    """Alerts, as programs tell of them and people judge them."""

    changes: Changes

    @property
    def policy(self) -> Policy:
        """The configuration in force."""
        return self.changes.policy

    async def take(self, batch: Sequence[Alert], team: str = "") -> Taken:
        """Takes alerts in; once this returns they are kept."""
        taken = await self.changes.store.write(lambda connection: taking.take(self.changes, connection, batch, team))
        self.changes.changed()
        return taken

    async def report(self, alert: Alert) -> None:
        """Somebody tells of something: a group of its own, which waits to be judged."""
        subject = f"alert:report-{alert.fingerprint}"
        services = self.policy.meant((alert.service,))

        def work(connection: Connection) -> None:
            origin, rule = taking.origin_of(alert.source), group.report
            self.changes.turned(connection, subject, rule, origin, alert=alert, services=services)

        await self.changes.store.write(work)
        self.changes.changed()

    async def accept(self, subject: str, origin: Origin) -> Answer:
        """Somebody makes an incident of what waited to be judged."""
        return await self._judged(subject, origin, "accepted", self._accepted)

    async def decline(self, subject: str, origin: Origin) -> Answer:
        """Somebody says that it is nothing."""
        return await self._judged(subject, origin, "declined", lambda _connection, _waiting, _origin: Answer())

    async def merge(self, subject: str, number: int, origin: Origin) -> Answer:
        """Somebody says that it belongs to an incident."""

        def joined(connection: Connection, waiting: Group, origin: Origin) -> Answer:
            fired = group.fired(waiting)
            return self.changes.apply(connection, number, incidents.join_open, origin, fired=fired)

        return await self._judged(subject, origin, "merged", joined)

    async def _judged(self, subject: str, origin: Origin, decision: Verdict, act: Act) -> Answer:
        """The judgement and what it does to an incident, in one transaction; the answer tells of the incident."""

        def work(connection: Connection) -> Answer:
            if origin.key and (repeated := recall(connection, origin.key)):
                return repeated
            waiting: Group = subjects.lock(connection, subject, Group(subject)).state
            group.require_waiting(waiting)
            answer = act(connection, waiting, origin)
            if answer.refused is None:
                facts = {"by": origin.person or "", "decision": decision, "number": answer.number}
                judged = self.changes.turned(connection, subject, group.judge, replace(origin, key=None), **facts)
                if judged.refused is not None:
                    raise Refused(judged.refused)  # and nothing of it is kept
            return answer

        try:
            answer = await self.changes.store.write(work)
        except Refused as refusal:
            return Answer(refused=refusal.sentence, field=refusal.field)
        self.changes.changed()
        return answer

    def _accepted(self, connection: Connection, waiting: Group, origin: Origin) -> Answer:
        severity = waiting.severity or usual(self.policy, "triage")
        decision = Decision("declare", severity, waiting.services, waiting.escalation)
        return taking.opened(self.changes, connection, waiting, decision, origin, origin.team)

    async def silence(self, origin: Origin, *, what: str, until: datetime, why: str) -> Answer:
        """From now on alerts that match do nothing, until then."""
        facts: dict[str, Any] = {"by": origin.person or "", "what": what, "until": until, "why": why}
        return await self.changes.turn(WORKSPACE, silencing.silence, origin, **facts)

    async def lift(self, origin: Origin, number: int) -> Answer:
        """Ends a silence before its time; groups that are silent are looked at again."""

        def work(connection: Connection) -> Answer:
            silent = [name for name, each in subjects.alive(connection, "alert", Group) if each.silent_until]
            for subject in silent:  # before the workspace: locks are taken in one order
                self.changes.turned(connection, subject, group.wake, taking.origin_of("silence"))
            return self.changes.turned(connection, WORKSPACE, silencing.lift, origin, number=number)

        answer = await self.changes.store.write(work)
        self.changes.changed()
        return answer

    async def silences(self) -> Sequence[Silence]:
        """Those that hold."""
        return silencing.standing(await self.changes.standing(WORKSPACE, Workspace()), self.changes.clock.now())

    async def group(self, subject: str) -> Group:
        """The group of that subject, as it stands."""
        return await self.changes.standing(subject, Group(subject))

    async def of(self, incident: Incident) -> Sequence[Group]:
        """The groups that an incident is about, as far as they are kept."""
        return await self._kept(incident.alerts)

    async def newest(self, incident: Incident) -> Newest | None:
        """What its newest alert says, where that is more than its title; nothing is read where it has no alerts."""
        return newest(incident, await self._kept(looked_at(incident)))

    async def _kept(self, names: Sequence[str]) -> Sequence[Group]:
        if not names:
            return ()
        async with self.changes.store.read() as connection:
            found = await connection.run_sync(subjects.find_each, names, Group)
        return [each for each in found if each.source]

    async def beat(self, name: str) -> None:
        """A heartbeat calls in. Raises Refused for one that is not configured."""
        found = heartbeat.heartbeat(self.policy, name)
        origin = taking.origin_of(heartbeat.SOURCE)

        def work(connection: Connection) -> None:
            answer = self.changes.turned(connection, f"heartbeat:{name}", heartbeat.beat, origin)
            if answer.entries:  # it was missed
                taking.take(self.changes, connection, [heartbeat.alert_of(found, missed=False)])

        await self.changes.store.write(work)
        self.changes.changed()
