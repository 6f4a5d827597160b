"""Incidents and timelines as JSON-ready data, for programs; times in UTC."""

from collections.abc import Sequence
from typing import Any

from bot.rules.alerts.alert import Alert
from bot.rules.alerts.group import Group
from bot.rules.entries import Entry
from bot.rules.incident import Incident
from bot.rules.standing import Falling, Standing
from bot.views.terminal.paper import Paper, utc
from bot.views.timeline import timeline_line


def incident_data(incident: Incident, paper: Paper) -> dict[str, Any]:
    """An incident as it stands."""
    return {
        "number": incident.number,
        "name": incident.name,
        "title": incident.title,
        "severity": incident.severity,
        "status": incident.status.value,
        "is_open": incident.is_open,
        "kind": incident.kind,
        "private": incident.private,
        "services": list(incident.services),
        "affected": incident.affected,
        "impact": incident.impact,
        "declared_by": _person(incident.declared_by, paper),
        "acknowledged_by": _person(incident.acknowledged_by, paper),
        "roles": {role: _person(who, paper) for role, who in incident.roles.items()},
        "next_update_by": utc(incident.promise) if incident.is_open else None,
        "updates": incident.updates,
        "milestones": {name: utc(reached.at) for name, reached in incident.milestones.items()},
        "fix": incident.fix,
        "merged_into": incident.merged_into,
        "channel": incident.channel,
    }


def timeline_data(entries: Sequence[Entry], paper: Paper) -> list[dict[str, Any]]:
    """Entries of a timeline, each with its line."""
    return [
        {
            "incident": f"INC-{entry.subject.partition(':')[2]}",
            "seq": entry.seq,
            "at": utc(entry.at),
            "tells_of": utc(entry.tells_of),
            "actor": entry.actor,
            "source": entry.source,
            "kind": type(entry.event).__name__,
            "text": paper.plain(timeline_line(entry)).removeprefix(f"{paper.time(entry.tells_of)} "),
        }
        for entry in entries
    ]


def alerts_data(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """The groups of alerts that an incident is about, each with the latest that fired."""
    return [
        {
            "group": each.subject,
            "title": each.title,
            "source": each.source,
            "fired": each.count,
            "firing": each.firing,
            "since": utc(each.since) if each.since else None,
            "over_at": utc(each.over_at) if each.over_at else None,
            **(_alert_data(each.latest) if each.latest else {}),
        }
        for each in groups
    ]


def _alert_data(alert: Alert) -> dict[str, Any]:
    told = {name: getattr(alert, name) for name in ("summary", "value", "threshold", "runbook", "dashboard", "link")}
    return {**told, "lacks": list(alert.lacks)}


def _person(identity: str | None, paper: Paper) -> dict[str, str] | None:
    return {"id": identity, "name": paper.name(identity)} if identity else None


def _falling(each: Falling) -> dict[str, Any]:
    incident = each.whose if each.whose.startswith("INC-") else None
    return {"at": utc(each.when), "of": each.whose, "incident": incident, "what": each.what}


def standing_data(stands: Standing) -> dict[str, Any]:
    """How Tocsin itself stands; lengths of time in seconds."""
    return {
        "version": stands.version,
        "database": {"name": stands.database, "bytes": stands.size, "schema": stands.schema},
        "running": [
            {
                "host": each.host,
                "version": each.version,
                "way": each.way,
                "up": each.up.total_seconds(),
                "slack_heard_ago": each.heard.total_seconds() if each.heard is not None else None,
            }
            for each in stands.programs
        ],
        "open": [{"severity": name, "kind": kind, "count": many} for (name, kind), many in sorted(stands.open.items())],
        "due": [_falling(each) for each in stands.falling],
        "overdue": stands.overdue,
        "outbox": [
            {"lane": each.lane, "rows": each.rows, "since": utc(each.since), "why": each.why}
            | ({"again_in": each.left.total_seconds()} if each.left else {})
            for each in stands.lanes
        ],
        "given_up": stands.given_up,
        "without_room": list(stands.roomless),
        "unsent": list(stands.unsent),
        "backup": utc(stands.backup.at) if stands.backup and stands.backup.at else None,
        "troubles": list(stands.troubles),
    }
