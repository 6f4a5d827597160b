"""Who is on call, as somebody asks for it; and what they are answered who take a shift or ask for cover."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.rules.entries import Entry
from bot.rules.events import CoverClosed, CoverFound, CoverWanted, NotesLeft, ShiftGivenBack, ShiftTaken
from bot.rules.oncall.roster import is_id
from bot.rules.oncall.seats import Seat, Turn
from bot.rules.oncall.shifts import Override
from bot.rules.policy import Policy
from bot.views.blocks import Block, actions, button, context, header, packed, section
from bot.views.message import Message, message
from bot.views.text import escape, listed, one_line, person, unmarked, when

MOST = 20
"""Rotations that one answer shows."""
MOST_OVERRIDES = 15
NEXT = "will stand in the next hand-off, where who comes reads them"
EXAMPLE = """people:
  - {name: ada, slack: "@ada"}
  - {name: bob, slack: "@bob"}
teams:
  - {name: payments, channel: "#payments", policy: payments}
rotations:
  - {name: payments, people: [ada, bob]}
policies:
  - {name: payments, levels: [{page: payments}, {page: [ada, bob]}]}
default_policy: payments"""


def who(name: str, *, gone: bool = False) -> str:
    """Somebody, by id or by configured name; `gone`: they are deactivated."""
    called = person(name) if is_id(name) else one_line(name)
    return f"{called} (deactivated)" if gone else called


def span(start: datetime, end: datetime, now: datetime) -> str:
    """`from Mon 09:00 until Mon 09:00`, in the reader's own zone; what has begun is told by its end alone."""
    return f"until {when(end, now)}" if start <= now else f"from {when(start, now)} until {when(end, now)}"


def exchanged(event: CoverWanted | CoverFound, said: str, now: datetime) -> str:
    """What is given back in a swap: `, and they take yours from Mon 09:00 until Mon 09:00`."""
    begin, end = event.back_start, event.back_end
    return f", {said} {span(begin, end, now)}" if begin and end else ""


def table(seats: Sequence[Seat], now: datetime, policy: Policy, troubles: Mapping[str, str] | None = None) -> Message:
    """Who is on call now and next; `troubles` are those of the calendars that shifts come from, by rotation."""
    if not policy.rotations:
        return nothing_configured()
    lines = [line(each, now) for each in seats[:MOST]]
    left = len(seats) - MOST
    more = [context(f"And {left} more: `{policy.command} oncall <team>` shows those of one team.")] if left > 0 else []
    found = ((override, each.team) for each in seats[:MOST] for override in each.overrides)
    taken = sorted(found, key=lambda each: each[0].start)
    later = len(taken) - MOST_OVERRIDES
    blocks = [
        header("On call"),
        *map(section, lines),
        *(_override(each, team, now) for each, team in taken[:MOST_OVERRIDES]),
        *([context(f"{later} more {'is' if later == 1 else 'are'} taken over later.")] if later > 0 else []),
        *_troubles(seats[:MOST], troubles or {}),
        *more,
        actions(button("Take a shift…", "incident:override", 0), button("Ask for cover…", "incident:cover", 0)),
    ]
    return message(unmarked(" ".join(lines).replace("\n", " ")), *blocks)


def _troubles(seats: Iterable[Seat], troubles: Mapping[str, str]) -> Iterable[Block]:
    """Why what is shown may be old: a calendar that cannot be read."""
    found = (troubles[each.rotation] for each in seats if each.rotation in troubles)
    return map(section, packed([f"⚠️ {one_line(each, 300)}" for each in found]))


def nothing_configured() -> Message:
    """What to write, where no rotation is configured."""
    text = "Nobody is on call: no rotation is configured. Write into the configuration, for example:"
    after = (
        "`tocsin check` says whether it is right. Then start Tocsin anew, and let everybody say in the app's Home how "
        "they are reached. docs/oncall.md has every step."
    )
    return message(text, section(f"{text}\n```{escape(EXAMPLE)}```\n{after}"))


def line(seat: Seat, now: datetime) -> str:
    """One rotation: now, until when; next, and who shadows, each on a line below."""
    name = one_line(seat.rotation)
    own = f"*{name}*" if seat.team == seat.rotation else f"*{name}* ({one_line(seat.team)})"
    following = seat.following
    then = f"\nThen {_gap(seat, now)}{_who(following)} until {when(following.end, now)}." if following else ""
    beside = [each for each in seat.shadows if not seat.now or each != seat.now.person]
    shadows = f"\nShadow: {listed(map(who, beside))}." if beside else ""
    if seat.now:
        return f"{own}: {_who(seat.now)} until {when(seat.now.end, now)}.{then}{shadows}"
    if following:
        return f"{own}: *nobody* until {when(following.start, now)}.{then}{shadows}"
    return f"{own}: *nobody*, now and in the weeks to come.{shadows}"


def _who(turn: Turn) -> str:
    return who(turn.person, gone=turn.gone)


def _gap(seat: Seat, now: datetime) -> str:
    """Nobody, between who is on call and who is next."""
    now_, following = seat.now, seat.following
    if now_ is None or following is None or following.start <= now_.end:
        return ""
    return f"*nobody* until {when(following.start, now)}, then "


def _override(each: Override, team: str, now: datetime) -> Block:
    taken = f"{who(each.person)} takes {one_line(each.rotation)} {span(each.start, each.end, now)}"
    return section(f"{taken} (number {each.number}).", take_back(team, each.number))


def take_back(team: str, number: int) -> Block:
    """The button that ends an override."""
    return button("Take it back", f"incident:override_remove/{team}", number)


def never_mind(team: str, number: int) -> Block:
    """The button with which who asked for cover, or for a swap, takes that back."""
    return button("Never mind", f"incident:cover_drop/{team}", number)


def done(entries: Iterable[Entry], team: str, now: datetime) -> Message:
    """What came of an act, to who did it."""
    first = next(iter(entries), None)
    doer, press = first.person if first else None, None
    match first.event if first else None:
        case ShiftTaken(person=whose, start=start, end=end, rotation=rotation, number=number, instead=instead):
            subject = "You are" if whose == doer else f"{who(whose)} is"
            place = f", in the place of {listed(map(who, instead))}" if instead else ""
            text = f"{subject} on call for {one_line(rotation)} {span(start, end, now)}{place}."
            press = take_back(team, number)
        case ShiftGivenBack(start=start, end=end, rotation=rotation, instead=instead):
            has = f"{listed(map(who, instead))} is on call" if instead else "Nobody else is on call"
            text = f"Taken back. {has} for {one_line(rotation)} {span(start, end, now)}."
        case CoverWanted(to=""):
            text = "I have asked in the team's channel. The first who presses takes it; until then it is yours."
        case CoverWanted(to=to, number=number) as wanted:
            both = f"to take your shift {span(wanted.start, wanted.end, now)}{exchanged(wanted, 'and you theirs', now)}"
            text = f"I have asked {who(to)} {both}. Until they accept, both shifts stay as they are."
            press = never_mind(team, number)
        case CoverFound(person=whose, start=start, end=end, rotation=rotation) as found:
            back = exchanged(found, "and they take yours", now)
            text = f"Thank you: you take {one_line(rotation)} {span(start, end, now)} for {who(whose)}{back}."
        case CoverClosed(person=whose):
            text = (
                "Taken back: nobody is asked any more." if whose == doer else f"{who(whose)} is told that you cannot."
            )
        case NotesLeft(to=to):
            text = f"Your notes {'stand in the hand-off, and who comes is told' if to else NEXT}."
        case _:
            text = "Done."
    return message(unmarked(text), section(text), *([actions(press)] if press else []))
