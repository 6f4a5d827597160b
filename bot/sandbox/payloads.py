"""The payloads of people's acts, as Slack sends them to an app."""

from __future__ import annotations

from typing import Any

from bot.sandbox.records import Channel, Json, Message, User, View
from bot.sandbox.shapes import message_json, view_json
from bot.sandbox.state import initial_state
from bot.sandbox.workspace import Workspace


def channel_name(channel: Channel) -> str:
    """A conversation's name as payloads tell it."""
    return {"dm": "directmessage", "private": "privategroup"}.get(channel.kind, channel.name)


def command(ws: Workspace, user: User, channel: Channel, command: str, text: str, response_url: str) -> Json:
    """A slash command."""
    return {
        "token": "verification",
        "team_id": ws.who.team_id,
        "team_domain": ws.who.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": user.id,
        "user_name": user.name,
        "command": command,
        "text": text,
        "api_app_id": ws.who.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": ws.triggers.make(user.id),
    }


def interaction(ws: Workspace, kind: str, user: User, view: str | None = None) -> Json:
    """What every interaction has: its type, who, where from, a trigger."""
    return {
        "type": kind,
        "user": {"id": user.id, "username": user.name, "name": user.name, "team_id": ws.who.team_id},
        "api_app_id": ws.who.app_id,
        "token": "verification",
        "team": {"id": ws.who.team_id, "domain": ws.who.domain},
        "enterprise": None,
        "is_enterprise_install": False,
        "trigger_id": ws.triggers.make(user.id, view),
    }


def on_message(ws: Workspace, user: User, message: Message, act: Json, response_url: str) -> Json:
    """An act on a message; one that only the person sees is named, not shown."""
    channel = ws.channels[message.channel]
    ephemeral = message.ephemeral_for is not None
    container = {"type": "message", "message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    state = initial_state(message.blocks, ws.chosen.get((user.id, message.channel, message.ts)))
    payload = interaction(ws, "block_actions", user) | {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "response_url": response_url,
        "state": {"values": state},
        "actions": [act],
    }
    if not ephemeral:
        payload["message"] = message_json(ws, message)
    return payload


def in_view(ws: Workspace, user: User, view: View, act: Json) -> Json:
    """An act inside a modal or an App Home."""
    shown = view_json(ws, view)
    payload = interaction(ws, "block_actions", user, view.id if view.type == "modal" else None)
    payload["container"] = {"type": "view", "view_id": view.id}
    return payload | {"view": shown, "actions": [act]}


def submission(ws: Workspace, user: User, view: View) -> Json:
    """A modal handed in."""
    payload = interaction(ws, "view_submission", user, view.id)
    return payload | {"view": view_json(ws, view), "response_urls": []}


def closed(ws: Workspace, user: User, view: View, *, cleared: bool) -> Json:
    """A modal closed, for those that asked to hear of it."""
    payload = interaction(ws, "view_closed", user)
    del payload["trigger_id"]
    return payload | {"view": view_json(ws, view), "is_cleared": cleared}


def global_shortcut(ws: Workspace, user: User, callback_id: str) -> Json:
    """A shortcut from anywhere."""
    return interaction(ws, "shortcut", user) | {"callback_id": callback_id, "action_ts": ws.new_ts()}


def message_shortcut(ws: Workspace, user: User, callback_id: str, message: Message, response_url: str) -> Json:
    """A shortcut from a message's menu; it carries the message."""
    channel = ws.channels[message.channel]
    return interaction(ws, "message_action", user) | {
        "callback_id": callback_id,
        "action_ts": ws.new_ts(),
        "message_ts": message.ts,
        "response_url": response_url,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message_json(ws, message),
    }


def action(ws: Workspace, block_id: str, element: Json, value: Json) -> Json:
    """One entry of `actions`: the element and what was chosen in it."""
    act: dict[str, Any] = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block_id,
        "action_ts": ws.new_ts(),
    }
    for copied in ("text", "style", "placeholder", "url") if element["type"] == "button" else ("placeholder",):
        if copied in element:
            act[copied] = element[copied]
    if element["type"] == "button" and "value" in element:
        act["value"] = element["value"]
    return act | value
