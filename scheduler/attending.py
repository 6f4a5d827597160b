"""Teams that have rotations are looked at once the workspace is known, so that what falls due of them is known too."""

from bot.changes import Changes
from bot.rules.change import Origin
from bot.rules.oncall.duty import teams
from bot.rules.oncall.keeping import remind

CLOCK = Origin(actor="clock", source="clock")


async def attend(changes: Changes) -> None:
    """Looks at each team's shifts as they are now."""
    for team in teams(changes.policy):
        await changes.turn(f"team:{team}", remind, CLOCK)
