# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""What Slack answered or told: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import Announced, GaveUp, MemberJoined, MemberLeft, RoomMade
from bot.rules.people import first_seeing
from bot.rules.rooms import FAILED_HERE, GONE
from bot.views import ways
from bot.views.labels import ROLE_NAMES, command_for
from bot.views.messages.scene import Scene, Wording
from bot.views.text import channel, one_line, person

WHAT = {
    "room": "make its channel",
    "card": "post or edit the card",
    "links": "post the links",
    "announcement": "post or edit the announcement",
    "topic": "set the topic",
    "bookmark": "add the bookmark",
    "invite": "invite everybody",
    "message": "send a message",
    "people": "say who does what",
    "catchup": "show somebody what is known",
    "home": "show somebody their Home",
    "audience_mail": "mail an audience",
    "audience_post": "tell an audience",
    "audience_would": "say whom a test would tell",
    "rules_would": "say what rules would do in a test",
    "rollouts": "say what was changed",
    "gathered": "say what else fires",
    "flapping": "say what fires and is over",
    "archive": "archive its channel",
    "farewell": "say that it is private now",
    "conceal": "hide what was said in the thread of its announcement",
}
"""What could not be done, by the kind of call."""

CURES = {
    "is_archived": "Unarchive that channel and invite Tocsin to it again.",
    "is_inactive": "Unarchive that channel and invite Tocsin to it again.",
    "channel_not_found": "See whether that channel still exists and Tocsin is in it.",
    "not_in_channel": "Invite Tocsin to that channel again.",
    "user_not_found": "Ask somebody else.",
    "user_disabled": "Ask somebody else: that person is deactivated.",
    "cant_invite": "Add them to the channel by hand.",
    "user_is_restricted": "Guests cannot be invited by an app: add them by hand.",
    "missing_scope": "Whoever runs Tocsin: `tocsin check` names the missing scope.",
    "nobody_of_that_name": "Whoever runs Tocsin: correct that name under `invite` in the configuration.",
    "several_of_that_name": "Whoever runs Tocsin: write an id (`U…`) for it under `invite` in the configuration.",
    FAILED_HERE: "Whoever runs Tocsin: its log says how, as an error.",
    "name_taken": "Make a channel by hand and go on there.",
}
"""What somebody can do about Slack's reason."""

OURS = {
    FAILED_HERE: "Tocsin itself failed at it, again and again",
    "nobody_of_that_name": "nobody in Slack, and no group, has that name",
    "several_of_that_name": "several people in Slack have that name",
}
"""Reasons of our own: a fault, and what a name in the configuration leads to."""

OPERATOR = "Whoever runs Tocsin"
OTHERWISE = "Whoever runs Tocsin: `tocsin check` tells more."


def room_made(event: RoomMade, entry: Entry, scene: Scene) -> Wording:
    """Its channel exists."""
    return Wording(f"Its channel is {channel(event.channel)}.", "Join it to help or to follow.")


def announced(event: Announced, entry: Entry, scene: Scene) -> Wording:
    """Its top message stands."""
    return Wording(f"It is announced in {channel(event.channel)}.")


def member_joined(event: MemberJoined, entry: Entry, scene: Scene) -> Wording:
    """Somebody came in."""
    held = [ROLE_NAMES[role] for role, holder in scene.incident.roles.items() if holder == event.person]
    as_what = f" ({', '.join(held)})" if held else ""
    return Wording(f"{person(event.person)} joined{as_what}.")


def member_left(event: MemberLeft, entry: Entry, scene: Scene) -> Wording:
    """Somebody went out."""
    held = [ROLE_NAMES.get(role, role) for role, holder in scene.incident.roles.items() if holder == event.person]
    wanted = f"{', '.join(held)} may need somebody else: ⋯ *Assign role*." if held else ""
    return Wording(f"{person(event.person)} left the channel.", wanted)


def gave_up(event: GaveUp, entry: Entry, scene: Scene) -> Wording:
    """Something can never be sent, said in the open."""
    reason = one_line(event.reason).replace("`", "")
    why = OURS.get(event.reason) or ways.why(event.what, event.reason) or f"Slack says `{reason}`"
    return Wording(f"⚠️ I could not {could_not(event)}: {why}.", _cure(event, scene))


def _cure(event: GaveUp, scene: Scene) -> str:
    """What helps, asked of somebody who can do it."""
    if event.reason == FAILED_HERE:
        return CURES[FAILED_HERE]
    if event.lane.startswith("pagerduty:"):
        return ways.PAGERDUTY
    variables = ways.wanted(event.what, event.reason)
    setting = f"{OPERATOR}: set {variables}." if variables else ""
    if ways.is_page(event.what):
        told = f"{ways.NEXT} {setting}" if setting else ways.CURE
        return f"{person(event.lane.partition(':')[2].partition('/')[0])}: {told}"
    cure = setting or CURES.get(event.reason, OTHERWISE)
    incident = scene.incident
    asked = first_seeing(incident, incident.commander, incident.acknowledged_by, incident.declarer)
    wanted = cure if cure.startswith(OPERATOR) or not asked else f"{person(asked)}: {cure[0].lower()}{cure[1:]}"
    return f"{wanted} {_until_then(scene)}" if event.reason in GONE else wanted


def _until_then(scene: Scene) -> str:
    if scene.place == "person":
        return f"Until then {command_for(scene.incident, scene.policy, 'show')} tells how it stands, in any channel."
    return "Until then go on here."


def could_not(event: GaveUp) -> str:
    """What could not be done, and where."""
    kind, _, who = event.lane.partition(":")
    if event.what == "invite" and kind == "person":
        return f"invite {one_line(who) if who.startswith('@') else person(who)}"
    if kind == "webhook":
        return "tell another program, as a rule of the configuration wants"
    if kind == "pagerduty":
        return f"tell PagerDuty ({one_line(who.partition('/')[0])})"
    if ways.is_page(event.what) and kind == "person":
        return f"page {person(who.partition('/')[0])} by {ways.named(event.what)}"
    return f"{WHAT.get(event.what, one_line(event.what))} ({_place(event.lane)})"


def _place(lane: str) -> str:
    """Where a lane leads to, for people."""
    kind, _, who = lane.partition(":")
    if kind == "person":
        return f"to {person(who.split('/')[0])}"
    if kind == "channel":
        return f"in {one_line(who)}"
    if "/mail-" in lane:
        return "the configuration names them under `audiences`"
    if kind == "team":
        return f"in the channel of team {one_line(who)}"
    if kind == "announce" or "/announcement" in lane:
        return "in the announcement channel"
    return "in the announcement's thread" if "/thread" in lane else "in its channel"
