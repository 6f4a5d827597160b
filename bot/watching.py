"""What watches see is kept, and brought in as alerts: a reading and all that follows from it in one transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection

from bot.changes import Changes
from bot.outside.about import about
from bot.rules.change import Answer, Origin
from bot.rules.events import WatchRecovered
from bot.rules.watching import alerting, judging
from bot.rules.watching.judging import Reading, Watched
from bot.rules.watching.watch import Watch
from bot.transaction import taking

WATCHES = Origin(actor="watch", source="watch")


@dataclass(frozen=True, slots=True)
class Watches:
    """The doors of watches."""

    changes: Changes

    async def stands(self, watch: Watch) -> Watched:
        """A watch as it stands."""
        return await self.changes.standing(watch.subject, Watched())

    async def read(self, watch: Watch, value: float | None, why: str = "") -> Answer:
        """Keeps a reading of this moment; what it makes fire or recover is an alert, and told in its incidents."""
        reading = Reading(self.changes.clock.now(), value, why)
        with about(subject=watch.subject, actor=WATCHES.actor):
            answer = await self.changes.store.write(lambda connection: self._kept(connection, watch, reading))
        if answer.entries:
            self.changes.changed()
        return answer

    def _kept(self, connection: Connection, watch: Watch, reading: Reading) -> Answer:
        facts = {"watch": watch, "reading": reading}
        answer = self.changes.turned(connection, watch.subject, judging.take, WATCHES, **facts)
        for entry in answer.entries:
            if found := alerting.alert(watch, entry.event):
                taken = taking.take(self.changes, connection, [found])
                for number in taken.incidents if isinstance(entry.event, WatchRecovered) else ():
                    self.changes.apply(connection, number, alerting.verify, WATCHES, watch=watch, event=entry.event)
        return answer
