"""The doors of a team's on-call duty: what handlers call, and nothing else."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from bot.changes import Changes
from bot.rules.change import Answer, Origin
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.crew import crew
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.feedback import judge_page
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.seats import Seat, seats
from bot.transaction.knowing import looking
from store import calendars


@dataclass(frozen=True, slots=True)
class Teams:
    """Who is on call, and who takes whose shift."""

    changes: Changes

    async def act(self, team: str, rule: Callable[..., Any], origin: Origin, **facts: Any) -> Answer:
        """Carries a rule about a team's shifts out, in the name of who asks."""
        return await self.changes.turn(f"team:{team}", rule, origin, by=origin.person, **facts)

    async def judge_page(self, number: int, origin: Origin, *, useless: bool) -> Answer:
        """Who asks says of a page of theirs whether it was useless."""
        return await self.changes.turn(f"person:{origin.person}", judge_page, origin, number=number, useless=useless)

    async def seats(self, team: str = "") -> Sequence[Seat]:
        """Who is on call now and next."""
        return seats(await self._moment(), team)

    async def troubles(self) -> Mapping[str, str]:
        """What is wrong with the calendars that rotations are kept in, by the rotation."""
        async with self.changes.store.read() as connection:
            return await connection.run_sync(calendars.troubles, self.changes.policy)

    async def with_override(self, number: int) -> Sequence[str]:
        """The teams that have an override of that number which is not over; each counts its own."""
        found = seats(await self._moment())
        return tuple(dict.fromkeys(each.team for each in found for one in each.overrides if one.number == number))

    async def own(self, person: PersonId) -> Sequence[Rotation]:
        """The rotations in which somebody takes turns."""
        moment = await self._moment()
        rotations = moment.policy.rotations
        return [each for each in rotations if person in crew(replace(moment, subject=f"team:{each.team}"))]

    async def held(self, person: PersonId) -> Sequence[Rotation]:
        """The rotations for which somebody is on call now."""
        moment = await self._moment()
        names = {each.rotation for each in seats(moment) if each.now and each.now.person == person}
        return [each for each in moment.policy.rotations if each.name in names]

    async def duty(self, team: str) -> Duty:
        """A team's duty as it stands."""
        return await self.changes.standing(f"team:{team}", Duty(team))

    async def _moment(self) -> Moment:
        async with self.changes.store.read() as connection:
            return await connection.run_sync(self._known)

    def _known(self, connection: Connection) -> Moment:
        return looking(connection, self.changes.policy, self.changes.clock.now())
