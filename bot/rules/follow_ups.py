"""What a change of an incident brings about in other subjects: who is paged is reached, who need not answer let be."""

from collections.abc import Callable, Iterable
from typing import Any

from bot.rules.entries import Entry
from bot.rules.events import MemberJoined, MemberLeft, Paged, Undone
from bot.rules.incident import Incident
from bot.rules.paging import reaching
from bot.rules.paging.escalation import paged_steps
from bot.rules.subjects import Follow


def follow_ups(before: Incident, after: Incident, entries: tuple[Entry, ...]) -> Iterable[Follow]:
    """One for each person, in the order of their subjects, so that no two transactions wait for each other.

    To be paged comes after to be let be: who is paged by the same change is.
    """
    let_be = dict.fromkeys((*(after.paged if _is_over(before, after) else ()), *_answering(before, entries)))
    wanted = {person: _of(person, after, reaching.answered) for person in let_be}
    wanted |= {person: _of(person, after, reaching.page) for person in _again(before, after, entries)}
    for entry in entries:
        if isinstance(entry.event, Paged) and not entry.event.would:
            called = _called(entry.event)
            wanted |= {person: _of(person, after, reaching.page, shadow=shadow) for person, shadow in called}
    return (wanted[person] for person in sorted(wanted))


def _of(person: str, incident: Incident, rule: Callable[..., Any], **facts: Any) -> Follow:
    return Follow(f"person:{person}", rule, {"number": incident.number, **facts})


def _answering(before: Incident, entries: tuple[Entry, ...]) -> Iterable[str]:
    """Who was paged and did something in it since: nobody rings them any more.

    Whoever was paged before somebody had it was let be then, and is not looked up with each thing they do.
    """
    acting = (entry.person for entry in entries if not isinstance(entry.event, MemberJoined | MemberLeft))
    rung = (person for person in dict.fromkeys(acting) if person and person in before.paged)
    let_be = before.at("acknowledged") if before.acknowledged_by else None
    return (person for person in rung if let_be is None or let_be <= before.paged[person])


def _again(before: Incident, after: Incident, entries: Iterable[Entry]) -> Iterable[str]:
    """Who was paged last and was let be, and is wanted again: what let them be is taken back. Not who does that."""
    undone = next((entry for entry in entries if isinstance(entry.event, Undone)), None)
    was_let_be = bool(before.acknowledged_by) or not before.is_open or before.paging_from is None
    begun = after.paging_from
    if undone is None or not was_let_be or after.acknowledged_by or not after.is_open or begun is None:
        return ()
    last = {said.at for said in paged_steps(after).values()}
    last.add(max(after.paged.values(), default=begun))  # by hand, or before it was said that nobody answered
    paged = (person for person, at in after.paged.items() if begun <= at and at in last)
    return tuple(person for person in paged if person != undone.person)


def _called(event: Paged) -> Iterable[tuple[str, bool]]:
    yield from ((person, True) for person in event.shadows)
    yield from ((person, False) for person in event.people)


def _is_over(before: Incident, after: Incident) -> bool:
    """Whether whoever was paged need not answer any more."""
    if not before.is_open:
        return False
    is_stopped = before.paging_from is not None and after.paging_from is None
    is_taken = before.paging_from is not None and not before.acknowledged_by and after.acknowledged_by is not None
    return not after.is_open or is_stopped or is_taken
