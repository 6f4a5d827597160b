"""What people say of their shift when it is over: notes to who comes, and which pages were of no use."""

from dataclasses import replace

from bot.rules.events import NotesLeft, PageJudged, Words
from bot.rules.guards import require_text
from bot.rules.incident import PersonId
from bot.rules.moment import Moment
from bot.rules.oncall.duty import Duty
from bot.rules.paging.reaching import Reach
from bot.rules.refused import Refused
from bot.rules.subjects import Result

LONGEST_NOTES = 1_500


def leave_notes(duty: Duty, _moment: Moment, *, by: PersonId, notes: str) -> Result[Duty]:
    """Who went off call leaves notes; later ones take the place of earlier ones.

    Where nobody came after them yet, they stand in the next hand-off.
    """
    notes = require_text(notes, "Write what who comes should know.", "notes")[:LONGEST_NOTES]
    if by in duty.left:
        return Result(replace(duty, left={**duty.left, by: notes}), (NotesLeft((), Words(notes)),))
    handed = duty.handover
    if handed is None or by not in {*handed.gone, *(line.goes for line in handed.lines)}:
        raise Refused("There has been another hand-off since: nobody would read notes on that one.", field="notes")
    theirs = [line for line in handed.lines if line.goes == by] or handed.lines
    comes = tuple(dict.fromkeys(line.comes for line in theirs if line.comes))
    after = replace(duty, handover=replace(handed, notes={**handed.notes, by: notes}))
    return Result(after, (NotesLeft(comes, Words(notes)),))


def judge_page(reach: Reach, _moment: Moment, *, number: int, useless: bool = True) -> Result[Reach]:
    """Who was paged for an incident says whether that was of any use; the last word counts."""
    return Result(reach, (PageJudged(number, useless),))
