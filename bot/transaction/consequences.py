"""What comes of a change beside its state: what is said, whose Home and pages are drawn anew, who is reached.

Incidents are held first, then all who are reached, then lanes, each in the order of their names: so no two transactions
wait for each other in a ring. Where one changes several incidents, what comes of them waits until all are held.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.rules.automation.automatic import going_out
from bot.rules.change import Outgoing
from bot.rules.entries import Entry
from bot.rules.follow_ups import follow_ups
from bot.rules.incident import Incident
from bot.rules.policy import Policy
from bot.rules.subjects import Follow
from bot.transaction import shown_homes, shown_pages
from store import lanes, outbox


@dataclass(frozen=True, slots=True)
class Consequence:
    """What comes of one change of a subject; `states` are an incident's, before and after. `is_new`: it began so."""

    subject: str
    outgoings: tuple[Outgoing, ...]
    entries: tuple[Entry, ...] = ()
    states: tuple[Incident, ...] = ()
    following: tuple[Follow, ...] = ()
    is_new: bool = False


def consequence(before: Incident | None, after: Incident, entries: tuple[Entry, ...], policy: Policy) -> Consequence:
    """What comes of an incident's change; `before` None: it is new."""
    going = tuple(going_out(before, after, entries, policy))
    following = tuple(follow_ups(before or after, after, entries))
    states = (before, after) if before else (after,)
    return Consequence(after.subject, going, entries, states, following, is_new=before is None)


def bring_about(
    connection: Connection, found: Sequence[Consequence], now: datetime, turn: Callable[[Follow], Any]
) -> None:
    """Keeps what comes of changes whose subjects are all held, in their order; `turn` makes a change that follows."""
    stirred = shown_pages.stirred(connection, (one.states for one in found))
    for subject in sorted({*(each.subject for one in found for each in one.following), *stirred}):
        outbox.hold_subject(connection, subject)  # settling and reminders hold a person before their lanes, too
    if len(found) > 1:
        lanes.hold(connection, *{each.lane for one in found for each in one.outgoings})
    for one in found:
        outbox.enqueue(connection, one.subject, one.outgoings, now, is_new=one.is_new)
    told = [one for one in found if one.entries]
    entries, states = (entry for one in told for entry in one.entries), [each for one in told for each in one.states]
    shown_homes.refresh(connection, entries, states, now)
    for one in found:
        for each in one.following:
            turn(each)
    shown_pages.show(connection, stirred, now)
