# ruff: noqa: ARG001 - every wording has the same shape, whether it needs all of it or not
"""Roles, hand-over, who helps, who follows, who may see it: what who did it is told."""

from collections.abc import Sequence

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.glass import OPEN_FOR
from bot.rules.paging.asking import TO_COMMAND
from bot.views.blocks import button
from bot.views.labels import LOCK, role_title
from bot.views.messages.paging import called, named
from bot.views.messages.roles import FIRST_ACTS, duties, first_step_of
from bot.views.replies.reply import Reply, Told
from bot.views.text import channel, listed, person, plain_line, time

MOST_NAMED = 10


def role(event: events.RoleAssigned, entry: Entry, reply: Reply) -> Told:
    """To oneself, what the role asks, the first time; of somebody else, that they are told."""
    title = role_title(event.role)
    if entry.person == event.person:
        return _own_role(event, reply)
    meaning = ", and is sent what that means" if event.brief else ""
    told = f"{person(event.person)} is {title} of {reply.name} now{meaning}."
    if event.role != "commander" and reply.answer.commander is None:
        label = _make_commander(event.person, reply)
        who = button(label, f"incident:command/{event.person}", reply.number)
        step = f"Nobody commands {reply.name} yet. Press *{label}*, or take command."
        return Told(told, step, buttons=(who, reply.button("command")))
    return Told(told, f"{reply.command('show')} tells who does what.")


def _own_role(event: events.RoleAssigned, reply: Reply) -> Told:
    took = f"; you took over from {person(event.previous)}" if event.previous else ""
    told = f"You are {role_title(event.role)} of {reply.name} now{took}."
    buttons = tuple(reply.button(name) for name in FIRST_ACTS.get(event.role, ("update",)))
    if not event.brief:
        return Told(told, "You know what it asks of you.", buttons=buttons)
    return Told(told, first_step_of(event.role, reply.policy, "its promised time"), duties(event.role), buttons)


def _make_commander(identity: str, reply: Reply) -> str:
    name = plain_line(reply.names.get(identity, ""), 40)
    return f"Make @{name} commander" if name else "Make them commander"


def handoff_offered(event: events.HandoffOffered, entry: Entry, reply: Reply) -> Told:
    """Who commands until it is taken."""
    told = f"You command {reply.name} until {person(event.to)} takes it."
    step = f"They are sent the brief and a button for it. Somebody else after all: {reply.command('handoff', '@b')}."
    return Told(told, step, buttons=(reply.button("update"),))


def handoff_declined(event: events.HandoffDeclined, entry: Entry, reply: Reply) -> Told:
    """Who commands on; nobody, where who offered it is gone meanwhile."""
    if reply.answer.commander is None:
        step = f"Whoever leads takes command: {reply.command('command')}."
        return Told(f"You leave command of {reply.name}, and nobody has it now.", step)
    return Told(f"{reply.name} stays with {person(event.by)}, who is told.", "You need not do anything.")


def paged(event: events.Paged, entry: Entry, reply: Reply) -> Told:
    """Whom it pages, all at once."""
    every = list(dict.fromkeys(who for each in reply.beside(events.Paged) for who in called(each)))
    if event.would:
        return Told(f"{reply.name} is a test: nobody is paged. It would have been {named(every)}.")
    if event.why in TO_COMMAND:
        told = f"You asked {named(every)} to command {reply.name}."
        return Told(told, "They are paged, and command it once they take it.")
    step = "They are invited to its channel." if not reply.is_in_thread else ""
    return Told(f"You paged {named(every)} for {reply.name}.", step)


def page_declined(event: events.PageDeclined, entry: Entry, reply: Reply) -> Told:
    """Who is asked instead."""
    following = "Whoever is next is paged now; if that is nobody, everybody is told."
    then = following if event.policies else "Nobody waits for you."
    return Told(f"All right: you do not take {reply.name}.", then)


def joined(event: events.Joined, entry: Entry, reply: Reply) -> Told:
    """Where to go, and what to read first."""
    where = "Work goes on in the thread of its announcement."
    if not reply.is_in_thread:
        where = "Work goes on in its channel; you are invited to it."
    step = f"{where} *Catch up* shows what is known; then say there what you can do."
    return Told(f"You help with {reply.name} now, as a responder.", step, (), (reply.button("catchup"),))


def followed(event: events.Followed, entry: Entry, reply: Reply) -> Told:
    """What comes, and how it ends."""
    told = f"You follow {reply.name}: updates come to you as direct messages."
    return Told(told, "Nobody expects anything of you.", buttons=(reply.button("unfollow"),))


def unfollowed(event: events.Unfollowed, entry: Entry, reply: Reply) -> Told:
    """No more of it."""
    return Told(f"You no longer follow {reply.name}.", buttons=(reply.button("follow"),))


def made_private(event: events.MadePrivate, entry: Entry, reply: Reply) -> Told:
    """Who may see it, who may have read it, and whether the old channel is archived."""
    more = [f"{len(event.people) - MOST_NAMED} more"] if len(event.people) > MOST_NAMED else []
    may = listed([*map(person, event.people[:MOST_NAMED]), *more])
    told = f"{LOCK} *{reply.name}* is private now: {may} may see it."
    step = "Its new channel is being made, and they are invited. Everybody else sees only that it is private."
    paged = (_stays(event.paged),) if event.paged else ()
    former = reply.answer.former or event.former
    if former is None:
        return Told(told, step, (*paged, "Until now anybody in the workspace may have read what was said of it."))
    read = f"{channel(former)} was public: anybody in the workspace may have read it, and still can."
    archive = "Archive it? Nobody writes there any more then. What stands there stays readable until it is deleted."
    archives = button("Archive it", f"incident:archive/{former}", reply.number, "primary")
    leaves = button("Leave it", f"incident:keep_channel/{former}", reply.number)
    return Told(told, step, (*paged, f"{read}\n{archive}"), (archives, leaves))


def _stays(paged: Sequence[str]) -> str:
    """Who may see it because they are asked to come."""
    more = [f"{len(paged) - MOST_NAMED} more"] if len(paged) > MOST_NAMED else []
    who = listed([*map(person, paged[:MOST_NAMED]), *more])
    return f"📟 {who} {'is' if len(paged) == 1 else 'are'} being paged for it, and so may see it."


def access_requested(event: events.AccessRequested, entry: Entry, reply: Reply) -> Told:
    """It is asked; nothing of the incident is told."""
    told = f"Who leads {reply.name} is asked whether you may see it."
    return Told(told, "The answer comes to you as a direct message.")


def access_granted(event: events.AccessGranted, entry: Entry, reply: Reply) -> Told:
    """One more may see it."""
    if entry.person == event.person:
        told = f"You may see {reply.name} now, and are invited to its channel."
        return Told(told, f"{reply.command('show')} tells all.")
    told = f"{person(event.person)} may see {reply.name} now, and is invited to its channel."
    return Told(told, "They are told.")


def access_denied(event: events.AccessDenied, entry: Entry, reply: Reply) -> Told:
    """One may not."""
    told = f"{person(event.person)} does not get to see {reply.name}, and is told so."
    return Told(told, "They can ask again in an hour.")


def glass_broken(event: events.GlassBroken, entry: Entry, reply: Reply) -> Told:
    """Until when nothing is refused, and what follows from it."""
    told = f"You broke the glass: until {time(entry.at + OPEN_FOR)} nothing is refused to you for who you are."
    return Told(told, "Do now what was refused. Everybody is told of each such act, with your reason.")
