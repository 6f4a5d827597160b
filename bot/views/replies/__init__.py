"""What only the caller sees."""

from bot.views.replies.done import another, done, made
from bot.views.replies.help import help_
from bot.views.replies.listing import listing
from bot.views.replies.plain import apology, asks, beside_field, opens, refused, say, still_working, unchanged
from bot.views.replies.shown import shown

__all__ = [
    "another",
    "apology",
    "asks",
    "beside_field",
    "done",
    "help_",
    "listing",
    "made",
    "opens",
    "refused",
    "say",
    "shown",
    "still_working",
    "unchanged",
]
