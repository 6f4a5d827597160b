"""What nobody foresaw: a short apology with an id, which is in the log. Never silence."""

import logging
import secrets

from bot.outside.metrics import Metrics
from bot.rules.permissions import NotPermitted
from bot.rules.refused import Refused
from bot.views import replies
from handlers.reply import Reply
from store.errors import Busy, Unwritable

log = logging.getLogger("tocsin.handlers")


def reply_to(error: Exception, metrics: Metrics) -> Reply:
    """What the person is told: a refusal's sentence, that nothing was changed, or an apology; a modal stays for it."""
    if isinstance(error, Refused):
        passable = isinstance(error, NotPermitted) and error.passable
        message = replies.refused(error.sentence, passable=passable)
        return Reply(message, refused=replies.beside_field(error.sentence), field=error.field)
    metrics.apologised()
    if isinstance(error, Busy | Unwritable):
        return Reply(replies.unchanged(str(error), logged(error)), stays=True)
    return Reply(replies.apology(logged(error)), stays=True)


def logged(error: Exception) -> str:
    """Writes the error down; the answer is the id under which it is found."""
    identity = secrets.token_hex(4)
    log.error("Unforeseen %s", identity, exc_info=error)
    return identity
