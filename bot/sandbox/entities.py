"""What a person types, as it reaches an app: mentions, channels and links in brackets, `& < >` as entities."""

from __future__ import annotations

import re

from bot.sandbox.workspace import Workspace

_LINK = r"https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"]"
_DOMAIN = r"(?<![\w@./-])(?i:[a-z0-9-]+\.)+(?:com|net|org|io|dev|app|example)(?:/[^\s<>|]*)?(?![\w-])"
_BRACKETED = r"<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+|![a-z]+(?:\^S[A-Z0-9]+)?)(?:\|[^<>]*)?>"
_PARTS = re.compile(
    rf"(?P<bracketed>{_BRACKETED})|(?P<link>{_LINK})|(?P<domain>{_DOMAIN})"
    r"|(?<![\w&])@(?P<at>[\w.-]*\w)|(?<![\w&])#(?P<channel>[a-z0-9_-]+)",
)
SPECIAL = {"here", "channel", "everyone"}


def escape(text: str) -> str:
    """`& < >` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(ws: Workspace, user: str, text: str, *, named: bool) -> str:
    """A typed text as Slack sends it. `named` adds names to ids, as commands have them: `<@U1|ada>`."""
    parts: list[str] = []
    end = 0
    for found in _PARTS.finditer(text):
        parts.append(escape(text[end : found.start()]))
        parts.append(_part(ws, user, found, named=named))
        end = found.end()
    return "".join(parts) + escape(text[end:])


def _part(ws: Workspace, user: str, found: re.Match[str], *, named: bool) -> str:
    whole = found[0]
    if found["bracketed"]:
        return _bracketed(ws, whole, named=named)
    if found["link"]:
        return f"<{whole.replace('&', '&amp;')}>"
    if found["domain"]:
        return f"<http://{whole}|{whole}>"
    if found["at"]:
        return mention(ws, found["at"], named=named) or escape(whole)
    channel = ws.named(found["channel"])
    if channel is None or channel.archived or (channel.private and user not in channel.members):
        return escape(whole)
    return f"<#{channel.id}|{channel.name}>"


def _bracketed(ws: Workspace, whole: str, *, named: bool) -> str:
    """A reference that is written out already: kept when it refers to something, else only text."""
    ref = whole[1:-1].partition("|")[0]
    if ref.startswith("@"):
        user = ws.users.get(ref[1:])
        return _user(user.id, user.name, named=named) if user else escape(whole)
    if ref.startswith("#"):
        channel = ws.channels.get(ref[1:])
        return f"<#{channel.id}|{channel.name}>" if channel else escape(whole)
    known = ref[1:] in SPECIAL or ref.removeprefix("!subteam^") in ws.usergroups
    return whole if known else escape(whole)


def _user(user: str, name: str, *, named: bool) -> str:
    return f"<@{user}|{name}>" if named else f"<@{user}>"


def mention(ws: Workspace, name: str, *, named: bool) -> str | None:
    """What `@name` means: a user, a user group, everybody; None when it means nobody."""
    low = name.lower()
    if low in SPECIAL:
        return f"<!{low}>"
    for user in ws.users.values():
        if not user.deleted and user.name.lower() == low:
            return _user(user.id, user.name, named=named)
    for group in ws.usergroups.values():
        if group.handle.lower() == low:
            return f"<!subteam^{group.id}|@{group.handle}>"
    return None
