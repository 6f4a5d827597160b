"""What falls due, in words: of an incident, or of whatever else changes."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.rules.incident import number_in
from bot.rules.kinds import falls_due
from bot.rules.moment import Moment
from bot.rules.policy import Policy
from bot.rules.reminders import LABELS, due
from store import directory, queries


async def in_words(connection: AsyncConnection, subject: str, policy: Policy, at: datetime) -> tuple[str, str]:
    """Of what, and what it is: `INC-12` and `update due`, `payments` and `hand-off`, `@bob` and `page`."""
    number = number_in(subject)
    if number is None:
        person = subject.partition(":")[2]
        known = await directory.person(connection, person) if subject.startswith("person:") else None
        return falls_due(subject, known.name if known else "")
    incident = await queries.incident(connection, number)
    coming = due(incident, Moment(at, policy)) if incident else ()
    return f"INC-{number}", LABELS[coming[0].kind] if coming else "a look"
