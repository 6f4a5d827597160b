"""Whether the bot can do its work, as `/readyz` and the figures tell it."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.outside.answering import Answering
from handlers.socket import Socket
from scheduler.audit import KINDS, Auditor, sentences
from scheduler.presence import Presence
from scheduler.workspace import Workspace
from store.database import Problem


@dataclass(frozen=True, slots=True)
class Health:
    """What `/readyz` looks at."""

    presence: Presence
    workspace: Workspace
    socket: Socket | None
    answering: Answering
    auditor: Auditor

    async def troubles(self) -> Sequence[str]:
        """Why the bot cannot do its work, a sentence each; empty when it can."""
        found = []
        if not self.workspace.identity:
            found.append("Slack has not told yet who we are (auth.test).")
        found += [f"There is no channel {name} that Tocsin can see." for name in self.workspace.missing]
        if self.socket and (trouble := self.socket.trouble()):
            found.append(trouble)
        if silence := self.answering.trouble():
            found.append(silence)
        found += sentences(self.auditor.findings)
        try:
            await self.presence.beat()  # only what changes a row finds out that the disk is full
        except Problem as problem:
            found.append(problem.plainly)  # anybody may ask, and need not learn where the database is
        return found


def kinds_found(auditor: Auditor) -> Callable[[], Mapping[str, int]]:
    """How many findings of each kind the last audit had."""
    return lambda: {**dict.fromkeys(KINDS, 0), **Counter(each.kind for each in auditor.findings)}
