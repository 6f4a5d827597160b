"""What is known, for who comes late: shown to them alone."""

from sqlalchemy import Connection

from bot.outside.slack import Problem
from bot.rules.people import sees
from bot.views.catchup import catchup
from scheduler.calls.done import WITHDRAWN, Done
from scheduler.calls.posting import body
from scheduler.desk import Desk
from store import looks
from store.outbox import Row


async def catch_up(desk: Desk, row: Row) -> Done:
    """Who came late is shown alone what is known; from then on it counts as looked at."""
    incident, person = await desk.incident(row), str(row.facts["person"])
    if not sees(incident, person):
        return WITHDRAWN
    since, entries = await desk.unseen(incident, person)
    message = catchup(incident, entries, desk.policy, desk.changes.clock.now(), since, person)
    try:
        await desk.slack.call("chat.postEphemeral", channel=await desk.channel(row), user=person, **body(message))
    except Problem as problem:
        if problem.code != "user_not_in_channel":
            raise
        return WITHDRAWN
    latest = max((entry.seq for entry in entries if entry.subject == row.subject), default=since or 0)

    def keep(connection: Connection) -> None:
        looks.look(connection, incident.number, person, latest)

    return Done(keep)
