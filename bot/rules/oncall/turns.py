"""What is to be said of a rotation's shifts: derived from who is on call now and who was last seen there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.rules.calendar import zone
from bot.rules.moment import Moment
from bot.rules.oncall.roster import MOMENT, Roster
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.shifts import Shift

SHORT = timedelta(hours=12)
"""Of shifts no longer than this only the beginning is told: several a day are noise."""

AHEAD = timedelta(hours=24)
LAST_CALL = timedelta(hours=1)
"""So shortly before a shift nobody is told any more that it is near."""

WAKING, TO_BED = time(9), time(20)
LOOK = timedelta(days=8)
"""How far ahead a rotation is looked at: a week and what DST may add."""


@dataclass(frozen=True, slots=True)
class Turns:
    """A rotation at a time: with who is known to be on call in it."""

    rotation: Rotation
    roster: Roster
    moment: Moment

    def named(self, shift: Shift) -> str:
        """Whose it is, by id; by configured name where Slack knows nobody."""
        return self.roster.id_of(shift.person) or shift.person

    def are_same(self, one: Shift, other: Shift) -> bool:
        """Whether both are the same person's."""
        return self.named(one) == self.named(other)

    @property
    def current(self) -> Shift | None:
        """The shift now."""
        return self.roster.on_call(self.rotation, self.moment.now)

    def between(self, since: datetime, until: datetime) -> tuple[Shift, ...]:
        """The shifts that touch that time, without who only shadows."""
        return tuple(each for each in self.roster.shifts(self.rotation, since, until) if not each.shadow)

    def is_short(self, shift: Shift) -> bool:
        """Whether a shift is so short that only its beginning is told; one that hours cut into days is none."""
        if shift.override or not self.rotation.layers:
            return shift.end - shift.start <= SHORT
        return all(layer.shift <= SHORT for layer in self.rotation.layers if not layer.shadow)

    def is_whole(self, shift: Shift) -> bool:
        """Whether it begins with its turn, and does not go on after somebody else's override."""
        earlier = () if shift.override else self.between(self.begun(shift), shift.start)
        return not any(self.are_same(each, shift) for each in earlier)

    def begun(self, shift: Shift) -> datetime:
        """When the turn began that it is a piece of: hours, layers and what others take over cut turns into pieces."""
        pieces = () if shift.override else self._turns_until(shift.start)[::-1]
        piece = pieces[0] if pieces else shift
        while before := self._of_one_turn(piece, [each for each in pieces if each.end <= piece.start]):
            piece = before
        return min(piece.start, shift.start)

    def lasts(self, shift: Shift) -> datetime:
        """Until when it is theirs, with hours between in which nobody is."""
        end = shift.end
        for each in () if shift.override else self.between(end, end + self._longest):
            if each.override or not self.are_same(each, shift):
                break
            end = each.end
        return end

    def has_hours(self, shift: Shift) -> bool:
        """Whether it goes on after hours in which nobody is."""
        return self.lasts(shift) > shift.end and not self.between(shift.end, shift.end + MOMENT)

    def hands_over(self, shift: Shift) -> bool:
        """Whether a turn begins with it; what is taken in the middle of somebody's turn leaves that as it is."""
        if not shift.override:
            return self.is_whole(shift)
        turns = self._turns_until(shift.start)[-1:]
        return any(each.start == shift.start == self.begun(each) for each in turns)

    def goes_on(self, shift: Shift) -> bool:
        """Whether the same person is next, after hours in which nobody is, another layer's or somebody's override."""
        following = self.between(shift.end, shift.end + LOOK)
        return self._of_one_turn(shift, [each for each in following if shift.override or not each.override]) is not None

    def _of_one_turn(self, shift: Shift, pieces: Sequence[Shift]) -> Shift | None:
        """The nearest of these pieces, the nearest first, where it is of the same turn: somebody's, with nobody between
        but who has another layer, for less than a day."""
        nearest = next((each for each in pieces if self.are_same(each, shift)), None)
        if nearest is None or nearest is pieces[0]:
            return nearest
        is_layered = sum(not layer.shadow for layer in self.rotation.layers) > 1
        apart = max(nearest.start - shift.end, shift.start - nearest.end)
        return nearest if is_layered and not shift.override and apart < AHEAD else None

    @property
    def _longest(self) -> timedelta:
        """Longer than any turn."""
        return LOOK + max((layer.shift for layer in self.rotation.layers), default=LOOK)

    def _turns_until(self, at: datetime) -> tuple[Shift, ...]:
        """Whose turn it is at that time and was before, whoever took some of it over."""
        found = replace(self.roster, overrides=()).shifts(self.rotation, at - self._longest, at + MOMENT)
        return tuple(each for each in found if not each.shadow)

    def coming(self, last: Shift | None) -> Shift | None:
        """The next shift of which somebody is told beforehand; `last` is the one before now where nobody is on call."""
        now = self.moment.now
        before = self.current or last
        for each in self.between(now, now + LOOK):
            if each.start <= now:
                continue
            if (before is None or not self.are_same(before, each)) and not self.is_short(each) and self.is_whole(each):
                return each
            before = each
        return None

    def told_at(self, shift: Shift) -> datetime:
        """When somebody is told that a shift of theirs is near: a day ahead, and not in their night."""
        local = (shift.start - AHEAD).astimezone(self._zone(shift))
        if local.timetz().replace(tzinfo=None) < WAKING:
            local = local.replace(hour=WAKING.hour, minute=0, second=0)
        elif local.timetz().replace(tzinfo=None) > TO_BED:
            local = local.replace(hour=TO_BED.hour, minute=0, second=0)
        return local.astimezone(shift.start.tzinfo)

    def _zone(self, shift: Shift) -> ZoneInfo:
        person = self.moment.people.get(self.named(shift))
        return zone(person.timezone if person else None, self.rotation.timezone)

    def looks(self) -> Iterable[datetime]:
        """When something about it may change."""
        now = self.moment.now
        for each in self.between(now, now + LOOK):
            yield from (at for at in (each.start, each.end) if at > now)
