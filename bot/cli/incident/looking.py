"""What only looks: the list, and one incident."""

import json as as_text
from typing import Annotated, TypeAlias

import typer

from bot.alerts import Alerts
from bot.cli.incident.acting import Reference, number_of
from bot.cli.incident.record import Record, Who, told
from bot.cli.incident.somebody import commander
from bot.views import terminal
from bot.views.terminal import Line
from bot.views.terminal.data import alerts_data, incident_data, timeline_data
from handlers.grammar import clean
from handlers.looking import LATEST, wanted

MOST = 50
"""Incidents of one list: a screen."""

Json: TypeAlias = Annotated[bool, typer.Option("--json", help="For programs.")]


def list_(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="WORDS", help="mine, all, tests, sev1, service:name, commander:name, words."),
    ] = None,
    json: Json = False,
    who: Who = None,
) -> None:
    """The open incidents, or those that the words name."""

    async def work(record: Record) -> list[Line]:
        await record.incidents.require("look", record.origin)
        asked = clean(" ".join(words or ())).split()
        by_id = [commander(word, record.people, record.person.id) for word in asked]
        filters = wanted(record.incidents, by_id, record.person.id)
        found, total = await record.incidents.listed(record.person.id, filters, MOST)
        if json:
            return [_data({"total": total, "incidents": [incident_data(each, record.paper) for each in found]})]
        return list(terminal.listing(found, total, " ".join(asked), record.paper))

    told(who, work)


def show(reference: Reference, json: Json = False, who: Who = None) -> None:
    """Where it stands, who has it, and what happened last."""

    async def work(record: Record) -> list[Line]:
        incident = await record.known(number_of(reference))
        await record.incidents.require("look", record.origin, incident)
        entries = await record.incidents.timeline(incident.number, LATEST)
        alerts = await Alerts(record.incidents.changes).of(incident)
        if json:
            told = {"alerts": alerts_data(alerts), "timeline": timeline_data(entries, record.paper)}
            return [_data(incident_data(incident, record.paper) | told)]
        ahead = await record.incidents.ahead(incident)
        return list(terminal.shown(incident, entries, record.paper, alerts, ahead))

    told(who, work)


def _data(found: object) -> Line:
    return Line(as_text.dumps(found, ensure_ascii=False, indent=2))
