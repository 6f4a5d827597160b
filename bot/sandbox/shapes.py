"""Records in Slack's JSON: what the Web API and the payloads show of them."""

from __future__ import annotations

from mimetypes import guess_type
from urllib.parse import quote
from zoneinfo import ZoneInfo

from bot.sandbox.records import Channel, File, Json, Message, User, Usergroup, View
from bot.sandbox.scopes import granted
from bot.sandbox.workspace import Workspace


def address(ws: Workspace, user: User) -> str:
    """Somebody's mail address."""
    return f"{user.name}@{ws.who.domain}.example".lower()


def user_json(ws: Workspace, user: User) -> Json:
    """A user as `users.info` shows it."""
    profile = {"real_name": user.real_name, "display_name": user.name}
    if not user.bot and granted(ws, "users:read.email"):
        profile["email"] = address(ws, user)
    known: Json = {
        "id": user.id,
        "team_id": ws.who.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "is_bot": user.bot,
        "is_app_user": False,
        "updated": ws.seconds(),
        "profile": profile,
    }
    return known if user.deleted else known | _active(ws, user)


def _active(ws: Workspace, user: User) -> Json:
    """What is told of a user only while they are active."""
    offset = ws.clock.now().astimezone(ZoneInfo(user.tz)).utcoffset()
    return {
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": user.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "is_admin": user.admin,
        "is_owner": False,
        "is_restricted": user.guest,
        "is_ultra_restricted": False,
    }


def dnd_json(ws: Workspace, user: User) -> Json:
    """Do Not Disturb as `dnd.teamInfo` shows it: enabled while it lies ahead too; over, it is as if it never was."""
    if user.undisturbed is None or user.undisturbed[1] <= ws.clock.now():
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    begins, ends = (int(moment.timestamp()) for moment in user.undisturbed)
    return {"dnd_enabled": True, "next_dnd_start_ts": begins, "next_dnd_end_ts": ends}


def usergroup_json(ws: Workspace, group: Usergroup) -> Json:
    """A user group as the Web API and events show it."""
    return {
        "id": group.id,
        "team_id": ws.who.team_id,
        "is_usergroup": True,
        "is_subteam": True,
        "is_external": False,
        "name": group.name,
        "handle": group.handle,
        "description": "",
        "date_update": group.updated,
        "date_delete": 0,
        "user_count": len(group.members),
        "users": list(group.members),
    }


def channel_json(ws: Workspace, channel: Channel) -> Json:
    """A conversation as `conversations.info` shows it to the bot."""
    shown: Json = {
        "id": channel.id,
        "created": channel.created,
        "is_archived": channel.archived,
        "is_im": channel.peer is not None,
        "is_org_shared": False,
        "context_team_id": ws.who.team_id,
    }
    if channel.peer is not None:
        return {**shown, "user": channel.peer, "is_user_deleted": ws.users[channel.peer].deleted}
    return {
        **shown,
        "name": channel.name,
        "name_normalized": channel.name,
        "creator": channel.creator,
        "is_channel": not channel.private,
        "is_group": channel.private,
        "is_mpim": False,
        "is_private": channel.private,
        "is_general": channel.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_member": ws.who.bot_user in channel.members,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": channel.purpose, "creator": "", "last_set": 0},
        "num_members": len(channel.members),
    }


def file_json(ws: Workspace, file: File) -> Json:
    """A file as messages and `files.completeUploadExternal` show it."""
    kind = guess_type(file.name)[0] or "application/octet-stream"
    places = [ws.channels[place] for place in file.places if place in ws.channels]
    url = f"{ws.url}/files/{file.id}/{quote(file.name, safe='')}"
    shown: Json = {"id": file.id, "created": file.created, "timestamp": file.created, "user": file.user}
    shown |= {"name": file.name, "title": file.title or file.name, "mimetype": kind, "size": file.length}
    shown |= {"filetype": file.name.rpartition(".")[2].lower(), "mode": "hosted", "is_external": False}
    shown |= {"url_private": url, "url_private_download": url, "permalink": url}
    for kept, sort in (("channels", "channel"), ("groups", "private"), ("ims", "dm")):
        shown[kept] = [place.id for place in places if place.kind == sort]
    return shown | {"is_public": bool(shown["channels"])} | ({"alt_txt": file.alt} if file.alt else {})


def message_json(ws: Workspace, message: Message, *, metadata: bool = False) -> Json:
    """A message as history and payloads show it; its metadata only when asked for."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shown["team"] = ws.who.team_id
    beside: Json = {
        "blocks": list(message.blocks),
        "bot_id": message.bot_id,
        "app_id": ws.who.app_id if message.bot_id else None,
        "thread_ts": message.thread_ts,
        "subtype": "thread_broadcast" if message.broadcast else message.subtype,
        "reply_count": message.reply_count,
        "reply_users_count": len(message.reply_users),
        "reply_users": list(message.reply_users),
        "latest_reply": message.latest_reply,
        "reactions": [{"name": n, "users": list(u), "count": len(u)} for n, u in message.reactions.items()],
        "edited": {"user": message.user, "ts": message.ts} if message.edited else None,
        "files": list(message.files),
        "metadata": message.metadata if metadata else None,
    }
    return shown | {name: value for name, value in beside.items() if value}


def view_json(ws: Workspace, view: View) -> Json:
    """A view as payloads and answers show it."""
    plain = {"private_metadata": "", "callback_id": "", "external_id": ""}
    flags = {"clear_on_close": False, "notify_on_close": False}
    titles = {} if view.type == "home" else {"title": None, "submit": None, "close": None}
    return {
        **plain,
        **flags,
        **titles,
        **view.content,
        "id": view.id,
        "team_id": ws.who.team_id,
        "app_id": ws.who.app_id,
        "bot_id": ws.who.bot_id,
        "hash": view.hash,
        "root_view_id": view.root,
        "previous_view_id": view.previous,
        "state": {"values": view.state},
    }
