"""The scopes that the bot needs, and what for: the manifest is checked against this table."""

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
    "groups:history": "does for private incidents what channels:history does",
    "groups:read": "does for private incidents what channels:read does",
    "groups:write": "does for private incidents what channels:manage does",
    "im:history": "finds its own direct messages again",
    "im:write": "opens a direct message",
    "reactions:read": "hears the pushpin under a message",
    "usergroups:read": "finds the group of a team, to mention it, and who is in it, to invite them",
    "users:read": "learns names, time zones and who has left",
}
