"""usergroups.*: which there are, who is in one, and who shall be from now on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.sandbox import events
from bot.sandbox.arguments import Args
from bot.sandbox.errors import SlackError
from bot.sandbox.methods.method import Method
from bot.sandbox.records import Json, Usergroup
from bot.sandbox.shapes import usergroup_json
from bot.sandbox.workspace import Workspace


def groups_list(ws: Workspace, args: Args) -> Json:
    """All user groups; who is in them, and how many, only when asked for."""
    left_out = {"users"} if not args.flag("include_users") else set()
    left_out |= {"user_count"} if not args.flag("include_count") else set()
    shown = [usergroup_json(ws, group) for group in ws.usergroups.values()]
    return {"usergroups": [{k: v for k, v in group.items() if k not in left_out} for group in shown]}


def _group(ws: Workspace, args: Args) -> Usergroup:
    group = ws.usergroups.get(args.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return group


def members(ws: Workspace, args: Args) -> Json:
    """Who is in a user group."""
    return {"users": list(_group(ws, args).members)}


def update_members(ws: Workspace, args: Args) -> Json:
    """Set who is in a user group: all of them, people who are active; it cannot be emptied."""
    group = _group(ws, args)
    users = list(dict.fromkeys(args.words("users")))
    if not users:
        raise SlackError("no_users_provided")
    if any(user not in ws.users or ws.users[user].deleted or ws.users[user].bot for user in users):
        raise SlackError("invalid_users")
    return {"usergroup": usergroup_json(ws, regroup(ws, group, users))}


def regroup(ws: Workspace, group: Usergroup, users: Sequence[str]) -> Usergroup:
    """These are in the group from now on. Returns it."""
    changed = replace(group, members=tuple(users), updated=ws.seconds())
    ws.usergroups[group.id] = changed
    events.regrouped(ws, group, changed)
    ws.touch("state")
    return changed


METHODS = {
    "usergroups.list": Method(groups_list, (), ("usergroups:read",)),
    "usergroups.users.list": Method(members, ("usergroup",), ("usergroups:read",)),
    "usergroups.users.update": Method(update_members, ("usergroup",), ("usergroups:write",)),
}
