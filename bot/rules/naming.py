"""What an incident's channel is called."""

import re
import unicodedata
from collections.abc import Iterator

from bot.rules.incident import Incident

LONGEST = 80
"""Slack's limit for a channel name."""

ATTEMPTS = 5


def channel_names(incident: Incident, prefix: str) -> Iterator[str]:
    """`inc-12-checkout-is-down`, then the same with a suffix for when strangers hold that name.

    A test's is `inc-test-12-…`. A second channel begins with the suffix 2, as the first one has the bare name.
    """
    marked = "test" if incident.is_test else ""
    stem = "-".join(part for part in (prefix, marked, str(incident.number), slug(incident.title)) if part)
    for attempt in range(incident.channels, incident.channels + ATTEMPTS):
        suffix = "" if attempt == 1 else f"-{attempt}"
        yield stem[: LONGEST - len(suffix)].rstrip("-") + suffix


def left_name(incident: Incident, prefix: str) -> str:
    """`inc-12-is-private`: what the public channel is called that an incident has left to become private."""
    return "-".join(part for part in (prefix, str(incident.number), "is-private") if part)


def slug(title: str) -> str:
    """Lower case, digits and dashes; empty for a title of emoji or of another script."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain.replace("'", "")).strip("-")
