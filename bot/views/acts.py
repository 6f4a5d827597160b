"""What can be done with an incident from its card: one table of acts, and which of them fit its state."""

from dataclasses import dataclass

from bot.rules.incident import Incident, Status
from bot.rules.policy import Policy
from bot.rules.updates import SNOOZES_IN_A_ROW
from bot.views.blocks import MENU_OPTIONS, Block, actions, button, option, overflow
from bot.views.labels import is_update_due, sleeps, wants_commander

MOST_BUTTONS = 3
MENU = "incident:menu"
MORE = ("incident:more", "More…")


ANY, OPEN, CLOSED, UNMERGED = "any", "open", "closed", "not merged"
ACKNOWLEDGED, UNACKNOWLEDGED, SNOOZABLE, ASLEEP = "acknowledged", "unacknowledged", "snoozable", "asleep"
COMMANDED, PUBLIC = "commanded", "public"


@dataclass(frozen=True, slots=True)
class Act:
    """A door with its label; `fits` names the state in which it makes sense."""

    door: str
    label: str
    fits: str


def states(incident: Incident, policy: Policy) -> frozenset[str]:
    """All that is true of an incident, as far as acts depend on it."""
    if not incident.is_open:
        return frozenset({ANY, CLOSED} if incident.is_merged else {ANY, CLOSED, UNMERGED})
    found = {ANY, OPEN, UNMERGED, ACKNOWLEDGED if incident.acknowledged_by else UNACKNOWLEDGED}
    if incident.commander:
        found.add(COMMANDED)
    if not incident.private:
        found.add(PUBLIC)
    if incident.snoozes < SNOOZES_IN_A_ROW:
        found.add(SNOOZABLE)
    if sleeps(incident, policy):
        found.add(ASLEEP)
    return frozenset(found)


ACTS: dict[str, Act] = {
    act.door.removeprefix("incident:"): act
    for act in (
        Act("incident:acknowledge", "Acknowledge", UNACKNOWLEDGED),
        Act("incident:command", "Take command", OPEN),
        Act("incident:update", "Post update", OPEN),
        Act("incident:keep_awake", "Keep awake", ASLEEP),
        Act("incident:severity", "Change severity", OPEN),
        Act("incident:role", "Assign role", OPEN),
        Act("incident:resolve", "Resolve", OPEN),
        Act("incident:status", "Change status", OPEN),
        Act("incident:snooze", "Snooze the update", SNOOZABLE),
        Act("incident:reopen", "Reopen", CLOSED),
        Act("incident:handoff", "Hand over command", COMMANDED),
        Act("incident:escalate", "Page somebody", OPEN),
        Act("incident:note", "Add note", UNMERGED),
        Act("incident:merge", "Merge into another", OPEN),
        Act("incident:cancel", "Cancel: no incident", OPEN),
        Act("incident:event", "Record an event", UNMERGED),
        Act("incident:edit", "Edit", UNMERGED),
        Act("incident:catchup", "Catch up", OPEN),
        Act("incident:private", "Make private", PUBLIC),
        Act("incident:service", "Change services", OPEN),
        Act("incident:unacknowledge", "Un-acknowledge", ACKNOWLEDGED),
        Act("incident:show", "Show all", ANY),
    )
}
"""In the order in which the ⋯ menu offers what is not a button."""

ASIDE: dict[str, Act] = {
    act.door.removeprefix("incident:"): act
    for act in (
        Act("incident:decline_page", "Can't, next please", OPEN),
        Act("incident:join", "I can help", OPEN),
        Act("incident:follow", "Follow", OPEN),
        Act("incident:unfollow", "Unfollow", OPEN),
        Act("incident:access", "Request access", ANY),
        Act("incident:handoff_accept", "I have command", OPEN),
        Act("incident:handoff_decline", "Not me", OPEN),
        Act("incident:archive", "Archive", CLOSED),
        Act("incident:keep_channel", "Keep", CLOSED),
    )
}
"""What is offered beside the card: under the announcement, or in one message alone."""

URGENT, LEADERLESS, UNDER_WAY = "urgent", "leaderless", "under way"
BUTTONS: dict[str, tuple[str, ...]] = {
    URGENT: ("acknowledge", "command", "update"),
    LEADERLESS: ("command", "update", "status"),
    UNDER_WAY: ("update", "status", "resolve"),
}


def on_buttons(incident: Incident, policy: Policy) -> tuple[Act, ...]:
    """The acts that stand on the card as buttons, at most three."""
    if not incident.is_open:
        return ()
    if incident.acknowledged_by is None:
        names = BUTTONS[URGENT]
    else:
        names = BUTTONS[LEADERLESS if wants_commander(incident, policy) else UNDER_WAY]
    if sleeps(incident, policy) and names is BUTTONS[URGENT]:
        names = ("acknowledge", "update", "keep_awake")
    elif incident.commander and names is BUTTONS[URGENT]:
        names = ("acknowledge", "update", "status")
    return tuple(ACTS[name] for name in names)


def on_menu(incident: Incident, policy: Policy) -> tuple[Act, ...]:
    """All other acts that fit, in the menu's order; where somebody commands, taking over comes last."""
    shown, true = on_buttons(incident, policy), states(incident, policy)
    fitting = [act for act in ACTS.values() if act.fits in true and act not in shown]
    taking_over = ACTS["command"] if incident.commander else None
    return tuple(sorted(fitting, key=lambda act: act is taking_over))


def in_menu(incident: Incident, policy: Policy) -> tuple[Act, ...]:
    """The acts of the ⋯ menu itself; the rest stand behind *More…*."""
    acts = on_menu(incident, policy)
    return acts if len(acts) <= MENU_OPTIONS else acts[: MENU_OPTIONS - 1]


def behind_more(incident: Incident, policy: Policy) -> tuple[Act, ...]:
    """What the menu had no place for."""
    return on_menu(incident, policy)[len(in_menu(incident, policy)) :]


def row(incident: Incident, policy: Policy) -> Block:
    """Buttons and ⋯ menu, one row."""
    urgent = _primary(incident, policy)
    buttons = [
        button(act.label, act.door, incident.number, "primary" if act is urgent else None)
        for act in on_buttons(incident, policy)
    ]
    return actions(*buttons, overflow(MENU, _options(incident, policy)))


def _options(incident: Incident, policy: Policy) -> list[Block]:
    options = [option(act.label, f"{act.door} {incident.number}") for act in in_menu(incident, policy)]
    door, label = MORE
    more = [option(label, f"{door} {incident.number}")] if behind_more(incident, policy) else []
    return [*options, *more]


def _primary(incident: Incident, policy: Policy) -> Act | None:
    """The one act that is wanted most."""
    if incident.acknowledged_by is None:
        return ACTS["acknowledge"]
    if is_update_due(incident):
        return ACTS["update"]
    if wants_commander(incident, policy):
        return ACTS["command"]
    return ACTS["resolve"] if incident.status is Status.MONITORING else None
