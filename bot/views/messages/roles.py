"""Who took which role, and what it asks of them: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import Acknowledged, RoleAssigned
from bot.rules.policy import Policy
from bot.rules.roles import DUTIES
from bot.views.labels import role_title, where
from bot.views.messages.scene import Scene, Wording, by, commander_or_promise
from bot.views.text import person, sentence

FIRST_STEP = {
    "commander": "Start here: read the card, name who does what, then press *Post update*.",
    "comms": "Start here: read the card, then press *Post update* before {promise}.",
    "lead": "Start here: tell the others what you look at first.",
    "scribe": "Start here: `{command} event 14:05 what happened` writes with a time, `{command} note` without.",
}


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
    return Wording(
        f"You are its {role_title(event.role)} now, named by {by(entry)}.",
        f"Work goes on in {where(scene.incident)}. {first_step(event.role, scene)}",
        details=duties(event.role),
        buttons=(scene.button("update"),) if event.role in {"commander", "comms"} else (),
    )


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
