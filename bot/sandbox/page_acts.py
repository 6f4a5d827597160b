"""The acts that the page can order, in its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.choosing import Aim
from bot.sandbox.modal_acts import fill_in
from bot.sandbox.page_outside import OUTSIDE, Act
from bot.sandbox.records import Ack, Json, SandboxRefused

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

# Under which of these names the page tells what was chosen in a menu or a picker.
CHOSEN = (
    "selected",
    "selected_option",
    "selected_options",
    "selected_user",
    "selected_users",
    "selected_conversation",
    "selected_channel",
    "selected_date",
    "selected_time",
    "selected_date_time",
    "value",
)


def acknowledged(ack: Ack) -> Json:
    """What the page is told of an acknowledgement."""
    shown: Json = {"ok": ack.status == "ok", "status": ack.status, "milliseconds": ack.milliseconds}
    if ack.status != "ok":
        shown["error"] = f"The app did not respond ({ack.error})."
    return shown


def choice(body: Json) -> Any:
    """What was chosen, under whichever name; an option object stands for its value."""
    given = next((body[name] for name in CHOSEN if body.get(name) is not None), None)
    if isinstance(given, dict):
        inner = next((given[name] for name in CHOSEN if given.get(name) is not None), None)
        return inner.get("value") if isinstance(inner, dict) else inner
    return given


async def command(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel, text, command?}`."""
    return acknowledged(await sandbox.command(user, body["channel"], body.get("text", ""), body.get("command")))


async def say(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel, text, thread_ts?}`."""
    ts = await sandbox.say(user, body["channel"], body["text"], body.get("thread_ts"))
    return {"ok": True, "ts": ts}


async def click(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel, ts, action_id, …}`, or `{view: true, action_id, …}`, or `{home: true, action_id, …}`."""
    aim = Aim(body.get("action_id"), body.get("label"), choice(body), body.get("block_id"))
    if body.get("home"):
        return acknowledged(await sandbox.modals.press(user, aim, home=True))
    if body.get("view"):
        _, view = sandbox.modals.on_top(user)
        fill_in(view, body.get("state") or {})
        return acknowledged(await sandbox.modals.press(user, aim))
    return acknowledged(await sandbox.acts.press(user, body["channel"], body["ts"], aim, body.get("state")))


async def submit(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{state: {block_id: {action_id: Slack's state value}}}`."""
    try:
        ack = await sandbox.modals.hand_in(user, body.get("state") or {})
    except SandboxRefused as no:
        view = sandbox.view(user)
        return {"ok": False, "error": str(no), "errors": view.block_errors if view else {}}
    answer = acknowledged(ack)
    if (ack.body or {}).get("response_action") == "errors":
        errors = (ack.body or {}).get("errors", {})
        return answer | {"ok": False, "error": "Please mend what is marked.", "errors": errors}
    return answer


async def close(sandbox: Sandbox, user: str, _body: Json) -> Json:
    """Close the modal on top."""
    await sandbox.close_view(user)
    return {"ok": True}


async def shortcut(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{callback_id}`."""
    return acknowledged(await sandbox.shortcut(user, body["callback_id"]))


async def message_shortcut(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{callback_id, channel, ts}`."""
    ack = await sandbox.message_shortcut(user, body["callback_id"], body["channel"], body["ts"])
    return acknowledged(ack)


async def react(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel, ts, emoji}`."""
    await sandbox.react(user, body["channel"], body["ts"], body.get("emoji") or body["name"])
    return {"ok": True}


async def unreact(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel, ts, emoji}`."""
    await sandbox.unreact(user, body["channel"], body["ts"], body.get("emoji") or body["name"])
    return {"ok": True}


async def home(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{tab?}`: look at the App Home, or at its `messages`."""
    await sandbox.open_home(user, body.get("tab", "home"))
    return {"ok": True}


async def read(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`: everything there is read."""
    sandbox.sights.read(sandbox.ws.person(user), sandbox.channel(body["channel"]))
    return {"ok": True}


async def join(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`."""
    await sandbox.join(user, body["channel"])
    return {"ok": True}


async def leave(sandbox: Sandbox, user: str, body: Json) -> Json:
    """`{channel}`."""
    await sandbox.leave(user, body["channel"])
    return {"ok": True}


ACTS: dict[str, Act] = OUTSIDE | {
    act.__name__: act
    for act in (
        command,
        say,
        click,
        submit,
        close,
        shortcut,
        message_shortcut,
        react,
        unreact,
        home,
        read,
        join,
        leave,
    )
}
