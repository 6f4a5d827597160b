"""Whether who asks may do it: what is known of them is read in the transaction of the change itself."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.rules import glass as breaking
from bot.rules import permissions
from bot.rules.change import Change, Origin
from bot.rules.entries import Entry
from bot.rules.events import Event, GlassBroken, Words
from bot.rules.incident import Incident
from bot.rules.moment import Moment
from bot.rules.permissions import NotPermitted, Rule
from bot.rules.private import break_in, request_access
from store import glass, usergroups


def passed(
    connection: Connection, acts: Iterable[str], incident: Incident | None, moment: Moment, origin: Origin
) -> tuple[Event, ...]:
    """What is written down before such acts: that they pass by broken glass. Raises NotPermitted.

    The clock, delivery and what Slack tells are never asked.
    """
    person = origin.person
    if person is None:
        return ()
    return tuple(event for act in acts for event in _passed(connection, act, person, incident, moment, origin))


def _passed(
    connection: Connection, act: str, person: str, incident: Incident | None, moment: Moment, origin: Origin
) -> Iterable[Event]:
    names = permissions.named(permissions.may(moment.policy, act))
    asker = usergroups.asker(connection, person, origin.standing, moment.people.get(person), names)
    try:
        permissions.require(act, asker, incident, moment)
    except NotPermitted as refusal:
        broken = glass.open_to(connection, person, moment.now) if refusal.passable else None
        if broken is None:
            raise
        yield GlassBroken(person, act, Words(broken.why))


def meant(connection: Connection, rule: Rule, moment: datetime, origin: Origin) -> Rule:
    """The rule itself; but who broke the glass need not ask to be let into a private one."""
    if rule is request_access and origin.person and glass.open_to(connection, origin.person, moment):
        return break_in
    return rule


def after(told: tuple[Event, ...], change: Change) -> Change:
    """The change with what let it pass told before it."""
    return replace(change, events=(*told, *change.events)) if told else change


def break_glass(connection: Connection, moment: Moment, origin: Origin, why: str) -> Entry:
    """Keeps that somebody broke the glass; the entry tells them, and stands in no timeline. Raises Refused."""
    person = origin.person or ""
    passed(connection, ("breakglass",), None, moment, origin)
    broken = breaking.broken(person, why, moment.now)
    glass.keep(connection, broken)
    event = GlassBroken(person, "breakglass", Words(broken.why))
    return Entry(f"person:{person}", 1, moment.now, moment.now, origin.actor, origin.source, event)
