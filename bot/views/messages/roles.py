"""Who took which role, and what it asks of them: how it is said."""

from collections.abc import Sequence

from bot.rules.entries import Entry
from bot.rules.events import Acknowledged, Joined, RoleAssigned
from bot.rules.incident import ROLES
from bot.rules.policy import Policy
from bot.rules.roles import DUTIES
from bot.views.labels import role_title, where
from bot.views.messages.scene import Scene, Wording, by, commander_or_promise
from bot.views.text import listed, person, sentence

FIRST_STEP = {
    "commander": "Start here: read the card, name who does what, then press *Post update*.",
    "comms": "Start here: read the card, then press *Post update* before {promise}.",
    "lead": "Start here: tell the others what you look at first.",
    "scribe": "Start here: `{command} event 14:05 what happened` writes with a time, `{command} note` without.",
}


FIRST_ACTS = {
    "commander": ("update", "role", "status"),
    "comms": ("update", "snooze", "show"),
    "lead": ("status", "note", "event"),
    "scribe": ("event", "note", "show"),
}
"""The buttons that who gets a role is sent."""


def role_assigned(event: RoleAssigned, entry: Entry, scene: Scene) -> Wording:
    """Somebody holds a role now; privately, what it asks of them."""
    if scene.place == "person":
        return _to_holder(event, entry, scene)
    holder, title = person(event.person), role_title(event.role)
    instead = f" from {person(event.previous)}" if event.previous else ""
    is_own = entry.person == event.person
    if event.role == "commander" and is_own:
        has_it = " and has it" if scene.is_beside(Acknowledged) else ""
        happened = f"{holder} took command{instead}{has_it}."
    elif event.previous:
        giver = "" if entry.person in {event.person, event.previous} else f", named by {by(entry)}"
        happened = f"{holder} took over as the {title}{instead}{giver}."
    else:
        happened = f"{holder} is the {title} now{'' if is_own else f', named by {by(entry)}'}."
    wanted, buttons = commander_or_promise(scene)
    return Wording(happened, wanted, buttons=buttons)


def _to_holder(event: RoleAssigned, entry: Entry, scene: Scene) -> Wording:
    """To who holds the role; the one who held it until now is told to be free of it."""
    title, place = role_title(event.role), where(scene.incident)
    if scene.reader is not None and scene.reader == event.previous:
        kept = [role_title(role) for role, holder in scene.incident.roles.items() if holder == scene.reader]
        still = f" You are still its {listed(kept)}." if kept else ""
        freed = f"{person(event.person)} is its {title} now: you are free of that.{still}"
        return Wording(freed, f"Work goes on in {place}.")
    given = "" if entry.person == event.person else f", named by {by(entry)}"
    happened = f"You are its {title} now{given}."
    if not event.brief:
        return Wording(happened, f"Work goes on in {place}.")
    return Wording(
        happened,
        f"Work goes on in {place}. {first_step(event.role, scene)}",
        details=duties(event.role),
        buttons=tuple(scene.button(act) for act in FIRST_ACTS.get(event.role, ())),
    )


def people_changed(entries: Sequence[Entry], scene: Scene) -> Wording:
    """Several who took a role or came to help within a short while, as one line."""
    assigned = [entry.event for entry in entries if isinstance(entry.event, RoleAssigned)]
    last = {event.role: event for event in assigned}
    first = {event.role: event for event in reversed(assigned)}
    doing: dict[str, list[str]] = {}
    for role in sorted(last, key=lambda role: ROLES.index(role) if role in ROLES else len(ROLES)):
        does = "commands" if role == "commander" else f"is {role_title(role)}"
        previous = first[role].previous
        instead = f" instead of {person(previous)}" if previous and previous != last[role].person else ""
        doing.setdefault(last[role].person, []).append(f"{does}{instead}")
    holders = ", ".join(f"{person(who)} {listed(does)}" for who, does in doing.items())
    helping = {entry.event.person: None for entry in entries if isinstance(entry.event, Joined)}
    helpers = [person(who) for who in helping if who not in doing]
    help_ = f"{listed(helpers)} {'helps' if len(helpers) == 1 else 'help'}" if helpers else ""
    wanted, buttons = commander_or_promise(scene)
    return Wording(f"{'; '.join(filter(None, (holders, help_)))}.", wanted, buttons=buttons)


def first_step(role: str, scene: Scene) -> str:
    """What somebody new in a role does first."""
    promise = scene.when(scene.incident.promise)
    return first_step_of(role, scene.policy, promise)


def first_step_of(role: str, policy: Policy, promise: str) -> str:
    """The same for where no incident is at hand; `promise` in words."""
    return FIRST_STEP.get(role, "").format(command=policy.command, promise=promise)


def duties(role: str) -> tuple[str, ...]:
    """A role's do and do not, as paragraphs."""
    known = DUTIES.get(role)
    if known is None:
        return ()
    does = "\n".join(f"• {sentence(line)}" for line in known.does)
    does_not = "\n".join(f"• {sentence(line)}" for line in known.does_not)
    return f"*Do*\n{does}", f"*Do not*\n{does_not}"
