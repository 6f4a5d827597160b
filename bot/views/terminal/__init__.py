"""How it is said in a terminal: lines of plain text, aligned, in the configured zone's time."""

from bot.views.terminal.listing import listing
from bot.views.terminal.outcome import CONFIGURED_OTHERWISE, asked, glass_broken, outcome, refusal
from bot.views.terminal.paper import Line, Paper, Tone
from bot.views.terminal.shown import shown
from bot.views.terminal.standing import standing
from bot.views.terminal.verified import broken, named, verified

__all__ = [
    "CONFIGURED_OTHERWISE",
    "Line",
    "Paper",
    "Tone",
    "asked",
    "broken",
    "glass_broken",
    "listing",
    "named",
    "outcome",
    "refusal",
    "shown",
    "standing",
    "verified",
]
