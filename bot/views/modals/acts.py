"""The modals of acts that have more to say: status, severity, roles, the end and the way back."""

from collections.abc import Sequence

from bot.rules.incident import OPEN, ROLES, Incident, Status
from bot.rules.lifecycle import CANCEL_REASONS
from bot.rules.paging.suggesting import Suggestion
from bot.rules.policy import Policy
from bot.rules.roles import DUTIES
from bot.views.blocks import Block, context, option, section
from bot.views.fields import field, radios, somebody, typed
from bot.views.labels import role_title, status_label
from bot.views.modals.declare import criteria, severity_options
from bot.views.modals.frame import View, about, modal
from bot.views.modals.plain import sentence as plain_sentence
from bot.views.suggesting import hint
from bot.views.text import person, sentence

STATUS_MEANS = {
    Status.ACKNOWLEDGED: "Somebody has it",
    Status.INVESTIGATING: "Looking for what is wrong",
    Status.IDENTIFIED: "The cause is known",
    Status.MITIGATING: "A fix or rollback is under way",
    Status.MONITORING: "Service is restored, watching it",
}
REASON_MEANS = {
    "false alarm": "Nothing was wrong",
    "duplicate": "Another incident covers it",
    "planned": "It was announced maintenance",
    "test": "It was a try or a drill",
    "other": "Say why below",
}


def status(
    incident: Incident, policy: Policy, *, chosen: str | None = None, text: str = "", channel: str | None = None
) -> View:
    """Where it stands; with a note it is posted as an update."""
    blocks: list[Block] = [
        about(incident, policy),
        field("status", "Status", radios(status_options(), chosen or incident.status.value), hint=OVER),
        field("text", "Note", typed(text, "Errors began with the 14:00 deploy", lines=True), optional=True, hint=NOTE),
        field("impact", "Impact", typed(incident.impact, "Who or what is affected", lines=True), optional=True),
    ]
    return modal("incident:status", "Change status", "Change", blocks, number=incident.number, channel=channel)


OVER = "It is over? Press Resolve on the card instead."
NOTE = "With a note it is posted as an update, and promises the next one."


def status_options() -> list[Block]:
    """The open statuses that can be chosen."""
    chosen = [each for each in OPEN if each is not Status.DETECTED]
    return [option(status_label(each.value), each.value, STATUS_MEANS[each]) for each in chosen]


def severity(
    incident: Incident, policy: Policy, *, chosen: str | None = None, why: str = "", channel: str | None = None
) -> View:
    """Raise or lower it; the criteria stand where it is chosen."""
    others = severity_options(policy, without=incident.severity)
    now = f"It is *{incident.severity}* now. A raise starts its deadlines anew; a lowering makes nothing due sooner."
    if not others:
        return plain_sentence("Change severity", "Only one severity is configured: there is nothing to choose.")
    blocks: list[Block] = [
        about(incident, policy),
        section(now),
        field("severity", "New severity", radios(others, chosen)),
        criteria(policy, without=incident.severity),
        field("why", "Why?", typed(why, "All regions are affected now", lines=True), optional=True, hint=NOTE_WHY),
    ]
    return modal("incident:severity", "Change severity", "Change", blocks, number=incident.number, channel=channel)


NOTE_WHY = "With a reason it is posted as an update too."


def role(
    incident: Incident,
    policy: Policy,
    *,
    chosen: str | None = None,
    holder: str | None = None,
    channel: str | None = None,
    suggested: Sequence[Suggestion] = (),
) -> View:
    """Who does what; whoever is chosen is sent what the role asks. `suggested` might command."""
    is_wanted = chosen == "commander" or (chosen is None and incident.commander is None)
    told = " ".join(filter(None, (TOLD_PRIVATELY, hint(suggested) if is_wanted else "")))
    roles = [option(DUTIES[name].title, name, sentence(DUTIES[name].does[0])) for name in ROLES]
    blocks: list[Block] = [
        about(incident, policy),
        section(_held(incident)),
        field("role", "Role", radios(roles, chosen)),
        field("person", "Who?", somebody(initial=holder), hint=told),
    ]
    return modal("incident:role", "Assign a role", "Assign", blocks, number=incident.number, channel=channel)


TOLD_PRIVATELY = "They are sent privately what the role asks of them."


def _held(incident: Incident) -> str:
    held = [f"{role_title(name)} is {person(incident.roles[name])}" for name in ROLES if name in incident.roles]
    return sentence(f"{', '.join(held)}.") if held else "No role is taken yet."


def resolve(incident: Incident, policy: Policy, *, fix: str = "", channel: str | None = None) -> View:
    """What fixed it, what it did, and why, if that is known."""
    blocks: list[Block] = [
        about(incident, policy),
        field("fix", "What fixed it?", typed(fix, "Rolled back the 14:00 deploy", lines=True, focus=True)),
        field("impact", "Impact", typed(incident.impact, "Who, how many, how long", lines=True), optional=True),
        field("cause", "Root cause, if known", typed(incident.cause, "Empty if unsure", lines=True), optional=True),
        context("Resolving ends all reminders. Should it come back, it can be reopened."),
    ]
    return modal(
        "incident:resolve", f"Resolve {incident.name}", "Resolve", blocks, number=incident.number, channel=channel
    )


def reopen(incident: Incident, policy: Policy, *, why: str = "", channel: str | None = None) -> View:
    """Back to investigating."""
    blocks: list[Block] = [
        about(incident, policy),
        field("why", "Why?", typed(why, "The errors are back", lines=True, focus=True)),
        context("It goes back to investigating, roles stay, and you have it."),
    ]
    return modal(
        "incident:reopen", f"Reopen {incident.name}", "Reopen", blocks, number=incident.number, channel=channel
    )


def cancel(
    incident: Incident, policy: Policy, *, reason: str | None = None, why: str = "", channel: str | None = None
) -> View:
    """It was no incident."""
    reasons = [option(sentence(each), each, REASON_MEANS.get(each, "")) for each in CANCEL_REASONS]
    blocks: list[Block] = [
        about(incident, policy),
        section("Only for what was no incident. Something that is over is *resolved* instead."),
        field("reason", "What was it?", radios(reasons, reason)),
        field("why", "Why?", typed(why, "The probe was wrong", lines=True), optional=True),
    ]
    title, number = "Cancel the incident", incident.number
    return modal("incident:cancel", title, "Cancel incident", blocks, number=number, channel=channel, back="Back")
