"""What nobody foresaw: a short apology with an id, which is in the log. Never silence."""

import logging
import secrets

from bot.rules.refused import Refused
from bot.views import replies
from handlers.reply import Reply

log = logging.getLogger("tocsin.handlers")


def reply_to(error: Exception) -> Reply:
    """What the person is told: a refusal's sentence, or an apology."""
    if isinstance(error, Refused):
        return Reply(replies.refused(error.sentence), refused=replies.beside_field(error.sentence), field=error.field)
    return Reply(replies.apology(logged(error)))


def logged(error: Exception) -> str:
    """Writes the error down; the answer is the id under which it is found."""
    identity = secrets.token_hex(4)
    log.error("Unforeseen %s", identity, exc_info=error)
    return identity
