"""The scopes that the bot asks for, and what for: the manifest is checked against this table."""

BOT_SCOPES: dict[str, str] = {
    "app_mentions:read": "hears @Tocsin in a channel or a thread",
    "bookmarks:read": "looks whether a bookmark is already there before it sets one again",
    "bookmarks:write": "links the announcement from the incident's channel",
    "channels:history": "finds its own messages again, and reads a message that is put into a timeline",
    "channels:manage": "makes an incident's channel, invites to it, sets its topic, archives it for who wants that",
    "channels:read": "finds the announcement channel, hears who joins, and that a channel is renamed or archived",
    "chat:write": "posts and edits its messages",
    "chat:write.public": "announces in public channels that it was not invited to",
    "commands": "receives /incident and the shortcuts",
    "dnd:read": "sees who is in Do Not Disturb, and pages them by their next way at once",
    "files:write": "shows plots: the pages of a team and how long they took",
    "groups:history": "does for private incidents what channels:history does",
    "groups:read": "does for private incidents what channels:read does",
    "groups:write": "does for private incidents what channels:manage does",
    "im:history": "finds its own direct messages again",
    "im:write": "opens a direct message",
    "reactions:read": "hears the pushpin under a message",
    "usergroups:read": "finds the group of a team, to mention it, and who is in it, to invite them",
    "usergroups:write": "keeps the user group of a rotation to who is on call",
    "users:read": "learns names, time zones and who has left",
    "users:read.email": "finds those whom the configuration names by their mail address",
}

OPTIONAL_SCOPES: frozenset[str] = frozenset({"dnd:read", "files:write", "usergroups:write", "users:read.email"})
"""What a team can do without: only the one thing that is said of each does not happen then."""
