"""What tells of alerts outside of an incident: the card that waits to be judged, the note that something fires."""

from bot.alerts import Alerts
from bot.views.alerts import told
from scheduler.calls.done import Done
from scheduler.calls.posting import in_place
from scheduler.desk import Desk
from store import queries
from store.outbox import Row


async def show_alert(desk: Desk, row: Row) -> Done:
    """Posts it, or edits it: as the group stands now."""
    group = await Alerts(desk.changes).group(row.subject)
    async with desk.changes.store.read() as connection:
        found = await queries.incident(connection, group.incident) if group.incident else None
    return await in_place(desk, row, told(group, desk.policy, secret=bool(found and found.private)))
