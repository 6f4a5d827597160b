"""The modals of updates, snoozes, notes, events and services."""

from datetime import datetime

from bot.rules.calendar import Duration
from bot.rules.incident import Incident, Status
from bot.rules.policy import Policy
from bot.rules.updates import SNOOZES_IN_A_ROW
from bot.views.blocks import Block, context, option, plain, section
from bot.views.fields import MOST_OPTIONS, PLACEHOLDER, field, grouped, moment, radios, select, typed
from bot.views.labels import headline, is_update_due, status_label
from bot.views.messages.reminders import SNOOZES
from bot.views.modals.acts import status_options
from bot.views.modals.frame import View, about, modal
from bot.views.modals.plain import sentence
from bot.views.text import link as page
from bot.views.text import person, when

INTERVALS = ("15m", "30m", "1h", "2h", "4h", "1 business day")


def update(incident: Incident, policy: Policy, now: datetime, *, text: str = "", channel: str | None = None) -> View:
    """The update's form, filled with what is known."""
    every = policy.level(incident).update_every
    unstated = incident.status is Status.DETECTED
    current = [option(status_label(incident.status.value), incident.status.value, "As it is")] if unstated else []
    blocks: list[Block] = [
        context(f"{headline(incident, policy)}\nUpdate #{incident.updates + 1}, {_promise(incident, now)}"),
        field("text", "What is being done right now?", typed(text, "Rolling back", lines=True, focus=True)),
        field("status", "Current status", select([*current, *status_options()], incident.status.value)),
        field("impact", "Impact", typed(incident.impact, "Who or what is affected", lines=True), optional=True),
        field("next_in", "Next update in", select(_intervals(every), str(every)), hint=PROMISE),
    ]
    return modal("incident:update", "Post an update", "Post", blocks, number=incident.number, channel=channel)


PROMISE = "This is a promise: I remind you before it, and ask for it when it is due."


def _promise(incident: Incident, now: datetime) -> str:
    at = when(incident.promise, now)
    return f"⏰ due since {at}" if is_update_due(incident, now) else f"promised for {at}"


def _intervals(default: Duration) -> list[Block]:
    """The severity's own interval and the usual ones, each once; values that `Duration.parse` reads."""
    names = dict.fromkeys((str(default), *(str(Duration.parse(each)) for each in INTERVALS)))
    return [option(name, name, "as its severity promises" if name == str(default) else "") for name in names]


def note(incident: Incident, policy: Policy, *, text: str = "", channel: str | None = None) -> View:
    """A note for the timeline."""
    blocks: list[Block] = [
        about(incident, policy),
        field("text", "Note", typed(text, "Disk of db-2 is at 97 %", lines=True, focus=True)),
        context("It stands in the timeline and is said in the channel; it is no update and promises nothing."),
    ]
    return modal("incident:note", "Add a note", "Add", blocks, number=incident.number, channel=channel)


def event(
    incident: Incident,
    policy: Policy,
    now: datetime,
    *,
    text: str = "",
    at: datetime | None = None,
    author: str | None = None,
    link: str | None = None,
    channel: str | None = None,
) -> View:
    """Something that happened, at its own time; `author` and `link` where it was a message."""
    origin = [context(f"From a {page(link, 'message')}{f' by {person(author)}' if author else ''}.")] if link else []
    blocks: list[Block] = [
        about(incident, policy),
        *origin,
        field("at", "When did it happen?", moment(at or now), hint="In your own time zone."),
        field("text", "What happened?", typed(text, "Deploy 4711 went out", lines=True, focus=True)),
    ]
    carried = {"author": author, "link": link}
    return modal(
        "incident:event", "Record an event", "Record", blocks, number=incident.number, channel=channel, carried=carried
    )


def snooze(incident: Incident, policy: Policy, now: datetime, *, channel: str | None = None) -> View:
    """A later promise, for all to see."""
    choices = [option(f"{minutes} minutes", str(minutes)) for minutes in (*SNOOZES, 120)]
    left = SNOOZES_IN_A_ROW - incident.snoozes
    if left <= 0:
        return sentence("Snooze the update", f"{incident.name} was snoozed twice already. Post an update instead.")
    promised = f"The next update is promised for {when(incident.promise, now)}."
    again = "once more" if left == 1 else "twice in a row"
    blocks: list[Block] = [
        about(incident, policy),
        section(f"{promised} It can be moved {again}, and everybody sees it."),
        field("minutes", "Move it by", radios(choices, str(SNOOZES[0]))),
    ]
    return modal("incident:snooze", "Snooze the update", "Snooze", blocks, number=incident.number, channel=channel)


def service(incident: Incident, policy: Policy, *, channel: str | None = None) -> View:
    """One service more or less: what is on it is taken off, what is not is added."""
    off = [option(each.name, each.name) for each in policy.services if each.name not in incident.services]
    on = [option(each.name, each.name) for each in policy.services if each.name in incident.services]
    if not policy.services:
        text = "No service is configured. Whoever runs Tocsin adds them under `services`."
        return sentence("Change services", text)
    chooser: Block = {"type": "static_select", "placeholder": plain("Choose a service", PLACEHOLDER)}
    picker = grouped(chooser, [("Add", off[:MOST_OPTIONS]), ("Take off", on[:MOST_OPTIONS])])
    blocks: list[Block] = [about(incident, policy), field("service", "Service", picker)]
    return modal("incident:service", "Change services", "Change", blocks, number=incident.number, channel=channel)


def in_hand(incident: Incident, policy: Policy, *, why: str = "", channel: str | None = None) -> View:
    """The answer to "raise it?"."""
    blocks: list[Block] = [
        about(incident, policy),
        field("why", "Why?", typed(why, "The rollback is running", lines=True, focus=True), optional=True),
        context(f"It stays {incident.severity}. Your answer stands in the timeline and is said in the channel."),
    ]
    return modal("incident:in_hand", "It is in hand", "Say so", blocks, number=incident.number, channel=channel)
