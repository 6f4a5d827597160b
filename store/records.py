"""Records of the rules as rows, and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row as SqlRow

from bot.rules.change import Answer
from bot.rules.entries import Entry, from_record, to_record
from bot.rules.incident import Call, Handoff, Incident, Milestone, Post, Said, Status, Undoable
from bot.rules.moment import Person
from store.types import from_micros, to_micros

_FIELDS = tuple(each.name for each in fields(Incident))
IN_A_LINE: Sequence[str] = (
    *(each.name for each in fields(Incident) if each.default is MISSING and each.default_factory is MISSING),
    *("kind", "private", "services", "milestones", "roles", "acknowledged_by", "merged_into", "closed_at"),
)
"""What a line about an incident tells: what it cannot do without, and a little more."""


@dataclass(frozen=True, slots=True)
class Codec:
    """How a field that is no plain value is kept, and read back."""

    kept: Callable[[Any], Any]
    read: Callable[[Any], Any]


def _each(kept: Callable[[Any], Any], read: Callable[[Any], Any]) -> Codec:
    """For a mapping, each value in that way."""
    return Codec(
        lambda values: {name: kept(value) for name, value in values.items()},
        lambda values: {name: read(value) for name, value in values.items()},
    )


def _if_any(codec: Codec) -> Codec:
    return Codec(
        lambda value: None if value is None else codec.kept(value),
        lambda value: None if value is None else codec.read(value),
    )


_TUPLE = Codec(list, tuple)
_CODECS: Mapping[str, Codec] = {
    "status": Codec(str, Status),
    "announced": _each(lambda post: [post.channel, post.ts], lambda kept: Post(*kept)),
    **dict.fromkeys(
        ("services", "responders", "members", "followers", "absorbed", "alerts", "former_channels"), _TUPLE
    ),
    "milestones": _each(
        lambda m: [to_micros(m.at), m.source, m.implied],
        lambda kept: Milestone(from_micros(kept[0]), kept[1], kept[2]),
    ),
    "said": _each(
        lambda s: [to_micros(s.anchor), s.step, to_micros(s.at)],
        lambda kept: Said(from_micros(kept[0]), kept[1], from_micros(kept[2])),
    ),
    "access": _each(to_micros, from_micros),
    "paged": _each(to_micros, from_micros),
    "calls": _each(
        lambda call: [call.step, to_micros(call.at), call.why, call.by],
        lambda kept: Call(kept[0], from_micros(kept[1]), kept[2], kept[3]),
    ),
    "handoff": _if_any(
        Codec(lambda h: [h.by, h.to, to_micros(h.at), h.note], lambda k: Handoff(k[0], k[1], from_micros(k[2]), k[3]))
    ),
    "undo": _if_any(Codec(lambda undo: _undo_json(undo), lambda kept: _undo_of(kept))),
}
_MOMENT = Codec(to_micros, from_micros)
_MOMENTS = frozenset({"anchor", "respond_from", "promise", "promised_at", "closed_at", "paging_from"})
"""Columns keep these as they are; within a kept `undo` they are microseconds."""


def incident_row(incident: Incident) -> dict[str, Any]:
    """The columns of an incident that follow from its record."""
    row = {name: getattr(incident, name) for name in _FIELDS}
    for name, codec in _CODECS.items():
        row[name] = codec.kept(row[name])
    row.update(is_open=incident.is_open, declared_at=incident.at("declared") or incident.anchor)
    return row


def incident_of(row: SqlRow[*tuple[Any, ...]], names: Sequence[str] = _FIELDS) -> Incident:
    """The incident of a row; of `names` alone where only a line about it is wanted, the rest being empty."""
    kept = row._mapping
    return Incident(**{name: _CODECS[name].read(kept[name]) if name in _CODECS else kept[name] for name in names})


def _within(name: str) -> Codec | None:
    return _if_any(_MOMENT) if name in _MOMENTS else _CODECS.get(name)


def _undo_json(undo: Undoable) -> list[Any]:
    earlier = {name: codec.kept(v) if (codec := _within(name)) else v for name, v in undo.earlier.items()}
    return [undo.kind, undo.seq, undo.by, to_micros(undo.at), earlier]


def _undo_of(kept: Sequence[Any]) -> Undoable:
    kind, seq, by, at, earlier = kept
    read = {name: codec.read(v) if (codec := _within(name)) else v for name, v in earlier.items()}
    return Undoable(kind, seq, by, from_micros(at), read)


def entry_of(row: SqlRow[*tuple[Any, ...]]) -> Entry:
    """The timeline entry of a row; words that retention removed are named as such."""
    return Entry(
        subject=row.subject,
        seq=row.seq,
        at=row.at,
        tells_of=row.tells_of,
        actor=row.actor,
        source=row.source,
        event=from_record(row.kind, row.facts, row.words),
    )


def person_of(row: SqlRow[*tuple[Any, ...]]) -> Person:
    """The person of a row."""
    return Person(row.id, row.name, row.timezone, row.active, row.guest, row.bot)


_ANSWERED = tuple(each.name for each in fields(Answer) if each.name != "entries")


def answer_json(answer: Answer) -> dict[str, Any]:
    """An answer as it is kept under its request's key: only what differs from an empty one."""
    empty = Answer()
    kept = {name: getattr(answer, name) for name in _ANSWERED if getattr(answer, name) != getattr(empty, name)}
    if answer.entries:
        kept["entries"] = [_entry_json(entry) for entry in answer.entries]
    return kept


def answer_of(kept: Mapping[str, Any]) -> Answer:
    """The answer that `answer_json` took apart."""
    entries = tuple(_entry_from(each) for each in kept.get("entries", ()))
    return Answer(**{name: value for name, value in kept.items() if name != "entries"}, entries=entries)


def _entry_json(entry: Entry) -> list[Any]:
    times = to_micros(entry.at), to_micros(entry.tells_of)
    return [entry.subject, entry.seq, *times, entry.actor, entry.source, *to_record(entry.event)]


def _entry_from(kept: Sequence[Any]) -> Entry:
    subject, seq, at, tells_of, actor, source, kind, facts, words = kept
    return Entry(subject, seq, _moment(at), _moment(tells_of), actor, source, from_record(kind, facts, words))


def _moment(micros: int) -> datetime:
    return from_micros(micros)
