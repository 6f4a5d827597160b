"""Breaking the glass: why, and what follows from it."""

from bot.rules.glass import LONGEST_WHY, OPEN_FOR
from bot.views.blocks import section
from bot.views.fields import field, typed
from bot.views.modals.frame import View, modal
from bot.views.text import length


def break_glass() -> View:
    """One field: why."""
    told = (
        f"For {length(OPEN_FOR)} nothing is refused to you for who you are. Each act that passes only by this "
        "is told, with your reason, in the incident's channel, in its announcement and to its commander, and stays in "
        "the timeline."
    )
    why = {**typed("", "The commander cannot be reached", lines=True, focus=True), "max_length": LONGEST_WHY}
    blocks = [section(told), field("why", "Why?", why, hint="Everybody reads it.")]
    return modal("incident:breakglass", "Break the glass", "Break it", blocks)
