"""views.*: modals and the App Home; and blocks.validate."""

from __future__ import annotations

from bot.sandbox.arguments import Args
from bot.sandbox.blocks import check_message_blocks
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.method import Method, member
from bot.sandbox.records import Json
from bot.sandbox.shapes import view_json
from bot.sandbox.view_rules import check_view
from bot.sandbox.workspace import Workspace


def open_(ws: Workspace, args: Args) -> Json:
    """Open a modal in answer to an act, within its trigger's life."""
    content = check_view(args.structure("view"), "modal")
    trigger = ws.triggers.use(args.text("trigger_id"), ws.dials.trigger_life)
    if trigger.view and ws.views.find(trigger.view):
        view = ws.views.push(trigger.user, content)
    else:
        view = ws.views.open(trigger.user, content)
    ws.touch("view")
    return {"view": view_json(ws, view)}


def push(ws: Workspace, args: Args) -> Json:
    """Put a modal on top of the one the act was in."""
    content = check_view(args.structure("view"), "modal")
    trigger = ws.triggers.use(args.text("trigger_id"), ws.dials.trigger_life)
    if not trigger.view or ws.views.find(trigger.view) is None:
        raise SlackError("not_found")
    view = ws.views.push(trigger.user, content)
    ws.touch("view")
    return {"view": view_json(ws, view)}


def update(ws: Workspace, args: Args) -> Json:
    """Replace a view that is still open."""
    view = ws.views.find(args.text("view_id"), args.text("external_id"))
    if view is None:
        raise SlackError("not_found")
    content = check_view(args.structure("view"), view.type)
    ws.views.update(view, content, args.text("hash"))
    ws.touch("view", "home")
    return {"view": view_json(ws, view)}


def publish(ws: Workspace, args: Args) -> Json:
    """Set a person's App Home, where the app's manifest enables it."""
    if not ws.who.home_tab:
        raise SlackError("not_enabled")
    user = member(ws, args.text("user_id"))
    content = check_view(args.structure("view"), "home")
    view = ws.views.publish(user.id, content, args.text("hash"))
    ws.touch("home")
    return {"view": view_json(ws, view)}


def validate(_ws: Workspace, args: Args) -> Json:
    """Check blocks, a message or a view, and change nothing."""
    message = args.structure("message") or {}
    blocks = args.structure("blocks") or message.get("blocks")
    if blocks is not None:
        check_message_blocks(blocks)
    if args.has("view"):
        check_view(args.structure("view"), "modal", "home")
    return {}


METHODS = {
    "views.open": Method(open_, ("trigger_id", "view")),
    "views.push": Method(push, ("trigger_id", "view")),
    "views.update": Method(update, ("view",)),
    "views.publish": Method(publish, ("user_id", "view")),
    "blocks.validate": Method(validate),
}
