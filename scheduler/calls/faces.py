"""What stands and is always true: the card, the links, the announcement, the topic and the bookmark."""

from sqlalchemy import Connection

from bot.rules import announcing, rooms
from bot.rules.incident import Incident
from bot.views import rollouts
from bot.views.announcement import announcement
from bot.views.card import card
from bot.views.links import links, no_links
from bot.views.message import Message
from bot.views.topic import topic
from scheduler import doubles
from scheduler.calls.done import DELIVERY, WITHDRAWN, Done
from scheduler.calls.posting import body, in_place, posted_before, stood
from scheduler.desk import Desk
from store import outbox
from store.outbox import Row


async def show_card(desk: Desk, row: Row) -> Done:
    """Posts the card, or edits it."""
    incident = await desk.incident(row)
    message = card(incident, desk.policy, desk.changes.clock.now(), await desk.ahead(incident))
    return await in_place(desk, row, message)


async def show_links(desk: Desk, row: Row) -> Done:
    """Posts the second message, or edits it; nothing where there is nothing to link and nothing stands."""
    incident = await desk.incident(row)
    found, total = await desk.changed(incident, rollouts.SHOWN)
    changed = rollouts.paragraph(found, total, desk.policy, desk.changes.clock.now())
    message = links(incident, desk.policy, await desk.declared(row), changed, await desk.alerts(incident))
    if message is None and await desk.post(row) is None:
        return WITHDRAWN
    return await in_place(desk, row, message or no_links(incident))


async def show_announcement(desk: Desk, row: Row) -> Done:
    """Posts the announcement, or edits it; once posted it has a thread."""
    incident = await desk.incident(row, anywhere=row.doubtful)
    place, message = str(row.facts["lane"]), await _announcement(desk, incident)
    if announcing.is_current(incident, row.lane):
        done = await in_place(desk, row, message)
    elif posted := await posted_before(desk, row):  # it became private while the call was on its way
        await desk.slack.call("chat.update", channel=posted["channel"], ts=posted["ts"], **body(message))
        done = stood(row, posted)
    else:
        return WITHDRAWN

    def keep(connection: Connection) -> None:
        done.keep(connection)
        post = outbox.find_post(connection, row.subject, str(row.slot))
        if post and place not in incident.announced:
            outbox.open_lane(connection, f"{incident.subject}/thread@{place}", post.channel, post.ts)
            where = {"lane": place, "channel": post.channel, "ts": post.ts}
            desk.changes.apply(connection, incident.number, rooms.announced, DELIVERY, **where)

    return Done(keep)


async def _announcement(desk: Desk, incident: Incident) -> Message:
    """The top message; where its thread is the room, with what a card tells."""
    now, is_card = desk.changes.clock.now(), incident.room == "thread" and incident.is_open and not incident.private
    if not is_card:
        return announcement(incident, desk.policy, now)
    return announcement(incident, desk.policy, now, await desk.ahead(incident), await desk.newest(incident))


async def set_topic(desk: Desk, row: Row) -> Done:
    """The channel's topic, as it should read now."""
    incident = await desk.incident(row)
    await desk.slack.call("conversations.setTopic", channel=await desk.channel(row), topic=topic(incident, desk.policy))
    return Done()


async def add_bookmark(desk: Desk, row: Row) -> Done:
    """A bookmark to the announcement."""
    incident = await desk.incident(row)
    if incident.announcement is None:
        return WITHDRAWN
    channel, link = await desk.channel(row), desk.workspace.permalink(incident.announcement)
    if row.doubtful and await doubles.find_bookmark(desk.slack, channel, link):
        return Done()
    await desk.slack.call("bookmarks.add", channel_id=channel, title="Announcement", type="link", link=link)
    return Done()
