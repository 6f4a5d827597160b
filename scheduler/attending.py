"""Teams that have rotations are looked at once the workspace is known, so that what falls due of them is known too."""

from collections.abc import Callable

from bot.changes import Changes
from bot.rules.oncall.duty import teams
from bot.rules.oncall.keeping import remind
from scheduler.sweep import CLOCK
from scheduler.workspace import Workspace


def attend(workspace: Workspace, changes: Changes, look_at_all: Callable[[], None]) -> None:
    """From now on each look at the workspace ends with one at the teams, and at all that waited for what it tells;
    where a change of somebody in Slack may concern whom the configuration names, they are looked up anew."""

    async def look() -> None:
        for team in teams(changes.policy):
            await changes.turn(f"team:{team}", remind, CLOCK)
        look_at_all()

    workspace.looked = look
    if changes.policy.people:
        changes.learned = workspace.look_soon
