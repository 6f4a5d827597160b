# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Private ones, who is let in, and who did what is not theirs: how it is said."""

from bot.rules.entries import Entry
from bot.rules.events import AccessDenied, AccessGranted, AccessRequested, GlassBroken, MadePrivate
from bot.rules.permissions import ACTS
from bot.views.labels import where
from bot.views.messages.scene import Scene, Wording, by, next_update
from bot.views.text import channel, listed, one_line, person


def made_private(event: MadePrivate, entry: Entry, scene: Scene) -> Wording:
    """From now on only those who are in it know of it."""
    happened = f"🔒 {by(entry)} made it private."
    if scene.is_to_person:
        return Wording(happened, f"You are in it. Work goes on in {where(scene.incident)}.")
    seen = f"🔒 {by(entry)} made it private: from now on only {listed(map(person, event.people))} see it."
    if event.former is None:
        return Wording(seen, next_update(scene))
    former = channel(event.former)
    wanted = f"What was said before stands in {former}, where others may have read it. Archive that channel?"
    return Wording(seen, wanted, buttons=(scene.door("Archive the old channel", f"archive/{event.former}"),))


def access_requested(event: AccessRequested, entry: Entry, scene: Scene) -> Wording:
    """Somebody asks to be let in."""
    asked = "You decide" if scene.is_to_person else f"{person(event.asked)} decides"
    return Wording(
        f"{person(event.person)} asks to see it; it is private.",
        f"{asked}: *Let in* adds them to its channel, *Not now* tells them no.",
        buttons=(
            scene.door("Let in", f"grant/{event.person}", "primary"),
            scene.door("Not now", f"deny/{event.person}"),
        ),
    )


def access_granted(event: AccessGranted, entry: Entry, scene: Scene) -> Wording:
    """Somebody is let in."""
    if scene.is_to_person:
        who = "You let yourself in." if entry.person == event.person else f"{by(entry)} let you in."
        return Wording(who, f"Work goes on in {where(scene.incident)}.")
    return Wording(f"{by(entry)} let {person(event.person)} in.")


def access_denied(event: AccessDenied, entry: Entry, scene: Scene) -> Wording:
    """Somebody is not let in; they learn nothing but the number they asked for."""
    if not scene.is_to_person:
        return Wording(f"{by(entry)} did not let {person(event.person)} in.")
    return Wording("You are not let in for now.", "You may ask again in an hour.", is_bare=True)


def does(event: GlassBroken, it: str) -> str:
    """What somebody broke the glass for, as an act that is known today names it."""
    return ACTS[event.act].said(it) if event.act in ACTS else one_line(event.act)


def glass_broken(event: GlassBroken, entry: Entry, scene: Scene) -> Wording:
    """Somebody did what is not theirs to do, and says why."""
    happened = f"🔨 {person(event.person)} broke the glass to {does(event, 'it')}: {one_line(event.why)}"
    if scene.is_to_person:
        return Wording(happened, "It was not theirs to do. You command it: check that it was right.")
    leads = scene.incident.commander
    who = f"{person(leads)}, check" if leads and leads != event.person else "Whoever leads, check"
    return Wording(happened, f"It was not theirs to do. {who} that it was right.")
