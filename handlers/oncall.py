"""Who is on call; shifts that are taken, given away, swapped, asked for; notes and judgements after them."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules.calendar import Duration
from bot.rules.oncall import covering
from bot.rules.oncall.duty import teams
from bot.rules.oncall.feedback import leave_notes
from bot.rules.oncall.rotation import Rotation
from bot.rules.oncall.seats import team_named
from bot.rules.policy import named
from bot.rules.refused import Refused, known
from bot.views import oncall as views
from bot.views import shifts
from bot.views.modals import oncall as modals
from handlers import ahead, health, permitted
from handlers.acting import told
from handlers.grammar import Spoken, person_meant
from handlers.parts import Parts
from handlers.reply import Form, Reply, View
from handlers.request import Request
from handlers.values import Values

OVERRIDE, COVER, NOTES = "incident:override", "incident:cover", "incident:duty_notes"
REMOVE = "remove"
_TIMES = re.compile(
    r"(?<!\S)(?:from\s+(?P<start>.+?))?\s*(?:(?<!\S)(?:(?:until|till)\s+(?P<end>.+)|for\s+(?P<length>[0-9].*)))?$",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What words say of a shift: the rotation, from when, until when; None for what they leave out."""

    rotation: str
    start: datetime | None
    end: datetime | None


def asked(text: str, now: datetime, where: ZoneInfo) -> Asked:
    """`primary from Mon 09:00 until Tue 09:00`, `primary for 4h`. Raises Refused for what is no time."""
    found = next((each for each in _TIMES.finditer(text) if any(each.groups())), None)
    if found is None:
        return Asked(text.strip(), None, None)
    start = ahead.read(found["start"], now, where) if found["start"] else None
    end = ahead.read(found["end"], now, where, after=start) if found["end"] else None
    if found["length"]:
        end = (start or now) + _length(found["length"])
    return Asked(text[: found.start()].strip(), start, end)


def _length(text: str) -> timedelta:
    try:
        length = Duration.parse(text)
    except ValueError as wrong:
        raise Refused(f"I do not understand that time: {wrong}.", field="until") from None
    return timedelta(days=length.days + length.business_days, seconds=length.seconds)


async def oncall(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`oncall`, `oncall payments`, `oncall health`."""
    if spoken.rest.casefold().split()[:1] == [health.WORD]:
        return await health.health(bot, request, spoken)
    await permitted.require(bot, request, permitted.LOOK)
    team = team_named(bot.policy, spoken.rest) if spoken.rest and bot.policy.rotations else ""
    found, troubles = await bot.teams.seats(team), await bot.teams.troubles()
    return Reply(views.table(found, bot.now, bot.policy, troubles), stays=True)


async def override(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`override primary @cleo from Mon 09:00 until Tue 09:00`; what is missing is asked.

    `override remove 3` takes one back, by the number that `oncall` shows.
    """
    _require_configured(bot)
    if spoken.rest.casefold().split()[:1] == [REMOVE]:
        return await _removed(bot, request, spoken.rest.split()[1:])
    words = await _asked(bot, request, spoken)
    rotation = await _rotation(bot, request, words.rotation, given=bool(spoken.people))
    if rotation is None or words.end is None:
        return Reply(form=Form(OVERRIDE, spoken))
    person = person_meant(spoken, "", request.person) or request.person
    facts = {"person": person, "start": words.start or bot.now, "end": words.end}
    return await _act(bot, request, rotation, covering.override, **facts)


async def _removed(bot: Parts, request: Request, words: Sequence[str]) -> Reply:
    """Takes one back, by its number and, where several teams have one of that number, by the team."""
    command, number = bot.policy.command, _number(words[0]) if words else 0
    if not number:
        raise Refused(f"Say which: `{command} override {REMOVE} 3`. `{command} oncall` shows their numbers.")
    if len(words) > 1:
        teams: Sequence[str] = [team_named(bot.policy, " ".join(words[1:]))]
    else:
        teams = await bot.teams.with_override(number)
    if not teams:
        raise Refused(f"There is no override {number}, or it is over. `{command} oncall` shows those that there are.")
    if len(teams) > 1:
        said = f"`{command} override {REMOVE} {number} {teams[0]}`"
        raise Refused(f"{' and '.join(teams)} each have an override {number}. Name the team: {said}.")
    return await _of_team(bot, request, teams[0], covering.remove, number=number)


async def cover(bot: Parts, request: Request, spoken: Spoken) -> Reply:
    """`cover primary`, `cover from Sat 09:00 until Sun 09:00`, `cover @cleo` for a swap; without words the modal."""
    _require_configured(bot)
    words = await _asked(bot, request, spoken)
    rotation = await _rotation(bot, request, words.rotation, given=True)
    if rotation is None or not spoken.rest:
        return Reply(form=Form(COVER, spoken))
    if spoken.people:
        return await _swapped(bot, request, rotation, spoken.people[0], words.start or words.end)
    return await _act(bot, request, rotation, covering.cover, start=words.start, end=words.end)


async def _swapped(bot: Parts, request: Request, rotation: Rotation, person: str, at: datetime | None) -> Reply:
    if at is not None:
        command = bot.policy.command
        instead = f"`{command} override @somebody from … until …` gives a part away"
        raise Refused(f"A swap is of whole shifts: leave the times out, or {instead}.", field="person")
    return await _act(bot, request, rotation, covering.swap, person=person)


async def override_opened(bot: Parts, request: Request, spoken: Spoken) -> View:
    """The modal *Take a shift*, with what was said. Raises Refused."""
    _require_configured(bot)
    await permitted.require(bot, request, OVERRIDE)
    words = await _asked(bot, request, spoken)
    rotation = await _rotation(bot, request, words.rotation, given=bool(spoken.people))
    person = next(iter(spoken.people), request.person)
    chosen = rotation.name if rotation else None
    return modals.override(
        bot.policy.rotations, bot.now, chosen=chosen, person=person, start=words.start, end=words.end
    )


async def cover_opened(bot: Parts, request: Request, spoken: Spoken) -> View:
    """The modal *Ask for cover*. Raises Refused."""
    _require_configured(bot)
    await permitted.require(bot, request, COVER)
    words = await _asked(bot, request, spoken)
    rotation = await _rotation(bot, request, words.rotation, given=True)
    chosen = rotation.name if rotation else None
    return modals.cover(bot.policy.rotations, chosen=chosen, start=words.start, end=words.end)


async def notes_opened(bot: Parts, request: Request, spoken: Spoken) -> View:
    """The modal *Notes for who comes*, with those that were left already."""
    duty = await bot.teams.duty(spoken.rest)
    handed = duty.handover.notes if duty.handover else {}
    written = duty.left.get(request.person) or handed.get(request.person, "")
    return modals.notes(spoken.rest, written)


async def submit_override(bot: Parts, request: Request, values: Values) -> Reply:
    """The modal *Take a shift*."""
    start, end = values.moment("from") or bot.now, values.moment("until")
    if end is None:
        raise Refused("Say until when.", field="until")
    facts = {"person": values.text("person") or request.person, "start": start, "end": end}
    return await _act(bot, request, _chosen(bot, values), covering.override, **facts)


async def submit_cover(bot: Parts, request: Request, values: Values) -> Reply:
    """The modal *Ask for cover*."""
    rotation = _chosen(bot, values)
    start, end = values.moment("from"), values.moment("until")
    if person := values.text("person"):
        return await _swapped(bot, request, rotation, person, start or end)
    return await _act(bot, request, rotation, covering.cover, start=start, end=end)


async def submit_notes(bot: Parts, request: Request, values: Values) -> Reply:
    """The modal *Notes for who comes*."""
    return await _of_team(bot, request, str(values.about.get("team", "")), leave_notes, notes=values.text("notes"))


async def remove(bot: Parts, request: Request, team: str, value: str) -> Reply:
    """*Take it back*."""
    return await _of_team(bot, request, team, covering.remove, number=_number(value))


async def take(bot: Parts, request: Request, team: str, value: str) -> Reply:
    """*I take it*, *Swap*."""
    return await _of_team(bot, request, team, covering.take, number=_number(value))


async def drop(bot: Parts, request: Request, team: str, value: str) -> Reply:
    """*Never mind*, *Not possible*."""
    return await _of_team(bot, request, team, covering.drop, number=_number(value))


async def useless(bot: Parts, request: Request, _argument: str, value: str) -> Reply:
    """*It was useless*."""
    return await _judge(bot, request, _number(value), useless=True)


async def useful(bot: Parts, request: Request, _argument: str, value: str) -> Reply:
    """*It was of use*, by who pressed the other one by mistake."""
    return await _judge(bot, request, _number(value), useless=False)


async def _judge(bot: Parts, request: Request, number: int, *, useless: bool) -> Reply:
    answer = await bot.teams.judge_page(number, request.origin, useless=useless)
    return await told(bot, answer) if answer.refused is not None else Reply(shifts.judged(number, useless=useless))


async def _act(bot: Parts, request: Request, rotation: Rotation, rule: Callable[..., Any], **facts: Any) -> Reply:
    return await _of_team(bot, request, rotation.team, rule, rotation=rotation.name, **facts)


async def _of_team(bot: Parts, request: Request, team: str, rule: Callable[..., Any], **facts: Any) -> Reply:
    if team not in teams(bot.policy):
        raise Refused(known("team with a rotation", team, teams(bot.policy)))
    answer = await bot.teams.act(team, rule, request.origin, **facts)
    if answer.refused is not None:
        return await told(bot, answer)
    return Reply(views.done(answer.entries, team, bot.now), stays=True)


def _require_configured(bot: Parts) -> None:
    if not bot.policy.rotations:
        raise Refused(f"No rotation is configured: `{bot.policy.command} oncall` shows what to write.")


async def _asked(bot: Parts, request: Request, spoken: Spoken) -> Asked:
    words, where = spoken.unpeopled, await bot.zone_of(request.person)
    return asked("" if words.casefold() in {"me", "myself"} else words, bot.now, where)


async def _rotation(bot: Parts, request: Request, name: str, *, given: bool) -> Rotation | None:
    """The rotation that is meant: named, or the only one that can be; None where there are several.

    `given`: a shift of their own is to be somebody else's; what they have now is meant before what comes.
    """
    if name:
        return _named(bot.policy.rotations, name)
    if len(bot.policy.rotations) == 1:
        return bot.policy.rotations[0]
    own = await bot.teams.own(request.person)
    if given and len(own) > 1:
        own = await bot.teams.held(request.person)
    return own[0] if len(own) == 1 else None


def _named(rotations: Sequence[Rotation], name: str) -> Rotation:
    word = name.casefold()
    found = [each for each in rotations if each.name.casefold() == word]
    found = found or [each for each in rotations if each.team.casefold() == word]
    if len(found) != 1:
        raise Refused(known("rotation", name, (each.name for each in rotations)), field="rotation")
    return found[0]


def _chosen(bot: Parts, values: Values) -> Rotation:
    found = named(bot.policy.rotations, values.text("rotation"))
    if found is None:
        raise Refused("Choose the rotation.", field="rotation")
    return found


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
