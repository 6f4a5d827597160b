"""What is set right: facts, times, an act taken back, two incidents that are one."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.rules import editing
from bot.rules.incident import FIGURES, MILESTONES
from bot.rules.refused import Refused
from handlers.acting import act, known, told
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Form, Reply
from handlers.request import Request
from handlers.values import Values

EDIT, MERGE = "incident:edit", "incident:merge"


async def edit(_bot: Parts, _request: Request, number: int, spoken: Spoken) -> Reply:
    """`edit`: there is more to set right than a line holds."""
    return Reply(form=Form(EDIT, spoken.about(number)))


async def submit_edit(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Edit*. What was not touched in it is left as it is by now: somebody else may have edited it too."""
    figures = {name: values.text(name) for name in FIGURES if values.is_touched(name)}
    facts: dict[str, Any] = {
        "title": values.text("title") if values.is_touched("title") else None,
        "services": values.several("services") if values.is_touched("services") else None,
        "affected": values.text("affected") if values.is_touched("affected") else None,
        "figures": figures or None,
        "milestones": _times(values) or None,
    }
    return await act(bot, request, number, editing.edit, why=values.text("why"), **facts)


def _times(values: Values) -> dict[str, datetime]:
    touched = {name: values.moment(name) for name in MILESTONES if values.is_touched(name)}
    times = {name: at for name, at in touched.items() if at}
    if emptied := next((name for name in touched if name not in times), None):
        raise Refused(
            "A time that was reached can be set right, not taken away. Choose a day and a time.", field=emptied
        )
    return times


async def undo(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`undo`, and the button, which carries the place in the timeline of what it takes back."""
    seq = int(spoken.raw) if spoken.raw.isdecimal() and len(spoken.raw) < 10 else None
    answer = await bot.incidents.undo(number, request.origin, seq=seq)
    return replace(await told(bot, answer), replaces=answer.refused is None)


async def merge(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`merge INC-9`, and *Join INC-9* under the answer to a declaration."""
    if spoken.other is None:
        return Reply(form=Form(MERGE, spoken.about(number)))
    return await _merged(bot, request, number, spoken.other)


async def submit_merge(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Merge*."""
    chosen = values.text("into")
    if not chosen.isdecimal() or len(chosen) >= 10:
        raise Refused("Choose the incident that this one goes into.", field="into")
    return await _merged(bot, request, number, int(chosen))


async def _merged(bot: Parts, request: Request, number: int, into: int) -> Reply:
    await known(bot, request, into)
    answer = await bot.incidents.merge(number, into, request.origin)
    return replace(await told(bot, answer), replaces=answer.refused is None)
