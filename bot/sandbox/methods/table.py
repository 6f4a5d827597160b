"""All methods of the Web API that the sandbox answers; any other is `unknown_method`."""

from __future__ import annotations

from bot.sandbox.methods import channels, chat, dnd, files, history, marks, membership, modals, people, usergroups

METHODS = {
    **chat.METHODS,
    **channels.METHODS,
    **membership.METHODS,
    **history.METHODS,
    **people.METHODS,
    **usergroups.METHODS,
    **dnd.METHODS,
    **files.METHODS,
    **modals.METHODS,
    **marks.METHODS,
}
# What an app holds that was granted everything: the methods' scopes and those no method asks for.
EVERY_SCOPE = frozenset(scope for method in METHODS.values() for scope in method.scopes) | {
    "app_mentions:read",
    "chat:write.public",
    "commands",
}
