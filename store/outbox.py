"""The outbox: what is to go out, and how far it got.

A row is waiting, then sending, then sent, withdrawn or given up. Only the head of a lane is ever handed out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select, update
from sqlalchemy import Row as SqlRow

from bot.rules.change import Outgoing
from bot.rules.incident import Post
from store.dialects import Upsert
from store.lanes import hold, hold_subject, is_under_way, let_go, next_wait, open_lane, reckon, release, want
from store.schema import IS_UNSETTLED, IS_WAITING, IS_WANTED, lanes, outbox, posts

__all__ = [
    "Row",
    "claim",
    "enqueue",
    "failed_at",
    "find_post",
    "hold_subject",
    "is_under_way",
    "let_go",
    "next_wait",
    "open_lane",
    "post",
    "retry",
    "settle",
    "unclaim",
]

MICROSECONDS = 1_000_000
SETTLED = ("sent", "withdrawn", "given_up")

_o, _l = outbox.c, lanes.c
_TAKEN = select(_o.slot, _o.lane).where(IS_WAITING, _o.slot.in_(bindparam("slots", expanding=True))).with_for_update()
_ENQUEUE = insert(outbox)
_READY = (
    select(_l.lane, _l.channel, _l.ts)
    .where(IS_WANTED, _l.not_before <= bindparam("now"))
    .order_by(_l.not_before, _l.waiting_since)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_HEAD_IDS = (
    select(func.min(_o.id)).where(_o.lane.in_(bindparam("lanes", expanding=True)), IS_UNSETTLED).group_by(_o.lane)
)
_HEADS = select(outbox).where(_o.id.in_(_HEAD_IDS), IS_UNSETTLED).with_for_update(skip_locked=True)
_TAKE = (
    update(outbox)
    .where(_o.id == bindparam("of"))
    .values(state="sending", sending_at=bindparam("since"), attempts=_o.attempts + 1)
)
_LEASE = (
    update(lanes)
    .where(_l.lane.in_(bindparam("lanes", expanding=True)))
    .values(not_before=bindparam("until"), owner=bindparam("by"))
)
_SETTLE = (
    update(outbox)
    .where(_o.id == bindparam("of"), _o.state == "sending")
    .values(state=bindparam("as"), error=bindparam("why"))
)
_OURS = and_(_o.id == bindparam("of"), _o.state == "sending", _o.attempts == bindparam("tried"))
_HELD = select(_o.id).where(_OURS).with_for_update()
_COUNT_BACK = update(outbox).where(_OURS).values(attempts=bindparam("now_tried"), faults=bindparam("now_failed"))
_WAIT_AGAIN = _COUNT_BACK.values(state="waiting")
_RIVAL = select(_o.id, _o.lane).where(IS_WAITING, _o.slot == bindparam("slot")).with_for_update()
_WITHDRAW = update(outbox).where(_o.id == bindparam("of")).values(state="withdrawn")
_POST = Upsert(posts, lambda new: {"channel": new.channel, "ts": new.ts})
_FIND_POST = select(posts).where(posts.c.subject == bindparam("of"), posts.c.slot == bindparam("in_slot"))


@dataclass(frozen=True, slots=True)
class Row:
    """What is to go out. `doubtful`: it may have gone out before, so it is looked up first. `faults`: how often our own
    code failed at it.

    `sending_at` (machine time, microseconds) is when the attempt that is in doubt began, else this one. `channel` and
    `ts` say where its lane leads, where that is known.
    """

    id: int
    lane: str
    slot: str | None
    kind: str
    subject: str
    facts: Mapping[str, Any]
    created_at: datetime
    attempts: int = 0
    faults: int = 0
    doubtful: bool = False
    sending_at: int = 0
    channel: str | None = None
    ts: str | None = None


def enqueue(
    connection: Connection, subject: str, outgoings: Iterable[Outgoing], now: datetime, *, is_new: bool = False
) -> None:
    """Adds rows, in order. What is edited in place is not added beside a row that waits for the same slot already.

    For a subject that `is_new` nothing can wait yet.
    """
    asked = list(outgoings)
    if not asked:
        return
    want(connection, (each.lane for each in asked), now)  # first: whoever asks for the same slot meanwhile waits
    added = asked if is_new else _without_taken(connection, asked)
    rows = [
        {
            "lane": each.lane,
            "slot": each.slot,
            "kind": each.kind,
            "subject": subject,
            "facts": dict(each.facts),
            "created_at": now,
        }
        for each in added
    ]
    if rows:
        connection.execute(_ENQUEUE, rows)


def _without_taken(connection: Connection, outgoings: list[Outgoing]) -> list[Outgoing]:
    slots = sorted({each.slot for each in outgoings if each.slot})
    # Held, so that the row which waits cannot leave with the state from before this change.
    waiting = {row.slot: row.lane for row in connection.execute(_TAKEN, {"slots": slots})} if slots else {}
    taken, added = set[str | None](waiting), list[Outgoing]()
    for each in outgoings:
        if each.slot is None or each.slot not in taken:
            added.append(each)
            taken.add(each.slot)
    used = {*(each.lane for each in added), *waiting.values()}
    if idle := {each.lane for each in outgoings} - used:  # what waits for the slot stands in another lane
        reckon(connection, *sorted(idle))
    return added


def claim(connection: Connection, owner: str, machine_now: int, limit: int, lease_seconds: float) -> list[Row]:
    """Hands out heads of open lanes, least recently served first, each marked `sending` and its lane leased.

    A row that is found `sending` (its lease has passed, or it was put back in doubt) comes as doubtful.
    """
    ready = {row.lane: row for row in connection.execute(_READY, {"now": machine_now, "most": limit})}
    if not ready:
        return []
    heads = connection.execute(_HEADS, {"lanes": list(ready)}).all()
    rows = sorted((_handed(head, ready[head.lane], machine_now) for head in heads), key=lambda row: row.id)
    if empty := set(ready) - {row.lane for row in rows}:
        reckon(connection, *sorted(empty))
    if rows:
        connection.execute(_TAKE, [{"of": row.id, "since": row.sending_at} for row in rows])
        until = machine_now + int(lease_seconds * MICROSECONDS)
        connection.execute(_LEASE, {"lanes": [row.lane for row in rows], "until": until, "by": owner})
    return rows


def _handed(head: SqlRow[*tuple[Any, ...]], lane: SqlRow[*tuple[Any, ...]], machine_now: int) -> Row:
    doubtful = head.state == "sending"
    return Row(
        id=head.id,
        lane=head.lane,
        slot=head.slot,
        kind=head.kind,
        subject=head.subject,
        facts=head.facts,
        created_at=head.created_at,
        attempts=head.attempts + 1,
        faults=head.faults,
        doubtful=doubtful,
        sending_at=head.sending_at if doubtful else machine_now,
        channel=lane.channel,
        ts=lane.ts,
    )


def settle(
    connection: Connection, row: Row, state: str, error: str | None = None, not_before: int | None = None
) -> bool:
    """Ends a row as sent, withdrawn or given_up, and lets the next of its lane go (at `not_before`, machine time).

    False where somebody else has settled it already: then what was to be kept beside it is kept already, too.
    """
    if state not in SETTLED:
        raise ValueError(f"A row ends as one of {', '.join(SETTLED)}, not as {state}.")
    hold_subject(connection, row.subject)
    hold(connection, row.lane)
    ended = connection.execute(_SETTLE, {"of": row.id, "as": state, "why": error}).rowcount == 1
    if ended:
        release(connection, row.lane, row.sending_at if not_before is None else not_before)
    return ended


def retry(connection: Connection, row: Row, not_before: int, *, doubtful: bool = False) -> bool:
    """Puts a row back at the head of its lane, which waits until `not_before` (machine time, microseconds).

    `doubtful`: whether it went out is not known, so it is handed out as such. False where it is no longer ours.
    """
    return _put_back(connection, row, row.attempts, not_before, doubtful=doubtful)


def failed_at(connection: Connection, row: Row, not_before: int) -> bool:
    """Puts a row back like `retry`, in doubt, since our own code failed at it: that is counted."""
    return _put_back(connection, replace(row, faults=row.faults + 1), row.attempts, not_before, doubtful=True)


def unclaim(connection: Connection, row: Row) -> bool:
    """Puts a row back as though it had not been handed out: no call was made. False where it is no longer ours."""
    return _put_back(connection, row, row.attempts - 1, row.sending_at, doubtful=row.doubtful)


def _put_back(connection: Connection, row: Row, attempts: int, not_before: int, *, doubtful: bool) -> bool:
    hold_subject(connection, row.subject)
    ours = {"of": row.id, "tried": row.attempts}
    rival = None
    if row.slot and not doubtful and connection.execute(_HELD, ours).first():
        rival = connection.execute(_RIVAL, {"slot": row.slot}).one_or_none()
    lanes_held = {row.lane, rival.lane} if rival else {row.lane}
    hold(connection, *sorted(lanes_held))
    if rival:  # the head keeps its place, for what follows it in its lane; it shows what the later one would have
        connection.execute(_WITHDRAW, {"of": rival.id})
        reckon(connection, rival.lane)
    again = _COUNT_BACK if doubtful else _WAIT_AGAIN
    put = connection.execute(again, {**ours, "now_tried": attempts, "now_failed": row.faults}).rowcount == 1
    if put:
        release(connection, row.lane, not_before)
    return put


def post(connection: Connection, subject: str, slot: str, channel: str, ts: str) -> None:
    """Keeps which message stands in a slot."""
    connection.execute(_POST.on(connection), {"subject": subject, "slot": slot, "channel": channel, "ts": ts})


def find_post(connection: Connection, subject: str, slot: str) -> Post | None:
    """The message that stands in a slot."""
    row = connection.execute(_FIND_POST, {"of": subject, "in_slot": slot}).one_or_none()
    return Post(row.channel, row.ts) if row else None
