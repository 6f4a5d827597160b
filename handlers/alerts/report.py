"""A report from outside: what somebody noticed, to be judged by a person."""

import secrets
from collections.abc import Mapping
from typing import Any

from bot.rules.alerts.alert import REPORT, Alert
from bot.rules.alerts.sources.reading import TITLE, WORD
from bot.rules.foreign import text
from bot.rules.refused import Refused


def report_of(said: Mapping[str, Any]) -> Alert:
    """The report as an alert of its own. Raises Refused where it has no title."""
    title = " ".join(text(said, "title", longest=TITLE).split())
    if not title:
        raise Refused("Send a `title`: in a few words, what is wrong. `text`, `who` and `service` may follow.")
    return Alert(
        source=REPORT,
        fingerprint=secrets.token_hex(8),
        title=title,
        summary=text(said, "text"),
        service=text(said, "service", longest=WORD),
        labels={"who": who} if (who := text(said, "who", longest=WORD)) else {},
    )
