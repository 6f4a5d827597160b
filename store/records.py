"""Records of the rules as rows, and back."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row as SqlRow

from bot.rules.change import Answer
from bot.rules.entries import Entry, from_record, to_record
from bot.rules.incident import Incident, Milestone, Post, Said, Status
from bot.rules.moment import Person
from store.types import from_micros, to_micros

_PLAIN = tuple(
    each.name
    for each in fields(Incident)
    if each.name not in {"status", "announced", "services", "milestones", "roles", "responders", "members", "said"}
)


def incident_row(incident: Incident) -> dict[str, Any]:
    """The columns of an incident that follow from its record."""
    row = {name: getattr(incident, name) for name in _PLAIN}
    row.update(
        status=str(incident.status),
        is_open=incident.is_open,
        declared_at=incident.at("declared") or incident.anchor,
        announced={lane: [post.channel, post.ts] for lane, post in incident.announced.items()},
        services=incident.services,
        milestones={name: [to_micros(m.at), m.source, m.implied] for name, m in incident.milestones.items()},
        roles=dict(incident.roles),
        responders=incident.responders,
        members=incident.members,
        said={kind: [to_micros(s.anchor), s.step, to_micros(s.at)] for kind, s in incident.said.items()},
    )
    return row


def incident_of(row: SqlRow[*tuple[Any, ...]]) -> Incident:
    """The incident of a row."""
    kept = row._mapping
    return Incident(
        **{name: kept[name] for name in _PLAIN},
        status=Status(kept["status"]),
        announced={lane: Post(*post) for lane, post in kept["announced"].items()},
        services=tuple(kept["services"]),
        milestones={
            name: Milestone(from_micros(at), source, implied)
            for name, (at, source, implied) in kept["milestones"].items()
        },
        roles=kept["roles"],
        responders=tuple(kept["responders"]),
        members=tuple(kept["members"]),
        said={kind: Said(from_micros(a), step, from_micros(at)) for kind, (a, step, at) in kept["said"].items()},
    )


def entry_of(row: SqlRow[*tuple[Any, ...]]) -> Entry:
    """The timeline entry of a row; words that retention removed come back empty."""
    return Entry(
        subject=row.subject,
        seq=row.seq,
        at=row.at,
        tells_of=row.tells_of,
        actor=row.actor,
        source=row.source,
        event=from_record(row.kind, row.facts, row.words or {}),
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
