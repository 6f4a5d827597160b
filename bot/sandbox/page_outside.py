"""What the page can order beside the app: channels changed or deleted, the app taken out, people deactivated or
in Do Not Disturb, alerts."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.sandbox.methods.membership import enter
from bot.sandbox.records import Channel, Json, SandboxRefused

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


def inside(sandbox: Sandbox, user: str, body: Json) -> Channel:
    """The channel that this person may change: they are in it, and no guest."""
    person = sandbox.acts.who(user)
    place = sandbox.acts.where(person, body["channel"])
    if place.peer is not None:
        raise SandboxRefused("A direct message cannot be changed.")
    if person.guest or person.id not in place.members:
        raise SandboxRefused(f"{person.real_name} is not in #{place.name}, or a guest there, and cannot change it.")
    return place


async def rename(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel, name}`; as in Slack, capitals become small and spaces hyphens."""
    place = inside(sandbox, user, body)
    sandbox.rename(place.id, "-".join(str(body["name"]).lower().split()))
    return {"ok": True}


async def archive(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`."""
    place = inside(sandbox, user, body)
    if place.name == "general":
        raise SandboxRefused("#general cannot be archived.")
    sandbox.archive(place.id, user)
    return {"ok": True}


async def unarchive(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`; the app stays out of it."""
    sandbox.unarchive(inside(sandbox, user, body).id, user)
    return {"ok": True}


async def delete(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`."""
    place = inside(sandbox, user, body)
    if place.name == "general":
        raise SandboxRefused("#general cannot be deleted.")
    sandbox.delete_channel(place.id)
    return {"ok": True}


async def remove_app(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`: take the app out."""
    sandbox.remove_bot(inside(sandbox, user, body).id, user)
    return {"ok": True}


async def add_app(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`: bring the app in."""
    place = inside(sandbox, user, body)
    if place.archived or sandbox.bot_user in place.members:
        raise SandboxRefused(f"#{place.name} is archived, or the app is in it already.")
    enter(sandbox.ws, place, sandbox.bot_user, user)
    return {"ok": True}


async def deactivate(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{user}`: somebody else; in the sandbox everybody is an administrator."""
    if sandbox.ws.person(body["user"]).id == sandbox.acts.who(user).id:
        raise SandboxRefused("Nobody can deactivate themselves.")
    sandbox.deactivate(body["user"])
    return {"ok": True}


async def activate(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{user}`."""
    sandbox.acts.who(user)
    sandbox.reactivate(body["user"])
    return {"ok": True}


async def do_not_disturb(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{user, minutes}`: for so long from now; 0 turns it off. In the sandbox anybody may do it for anybody."""
    sandbox.acts.who(user)
    minutes = float(body["minutes"])
    until = sandbox.ws.clock.now() + timedelta(minutes=minutes) if minutes > 0 else None
    sandbox.do_not_disturb(body["user"], until)
    return {"ok": True}


async def alert(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{resolved}`: an alert is sent to the app, or that it is over."""
    sandbox.acts.who(user)
    await sandbox.outside.alert(resolved=bool(body.get("resolved")))
    return {"ok": True}


Act = Callable[["Sandbox", str, Json], Awaitable[Json]]
OUTSIDE: dict[str, Act] = {
    act.__name__: act
    for act in (
        rename,
        archive,
        unarchive,
        delete,
        remove_app,
        add_app,
        deactivate,
        activate,
        do_not_disturb,
        alert,
    )
}
