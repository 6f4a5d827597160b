"""The report on on-call's health, with its plot: to who asked, or to a channel where they share it."""

import logging
from datetime import datetime

from bot.outside.slack import Problem
from bot.views import health as wording
from bot.weighing import Weighing
from scheduler import doubles
from scheduler.calls.done import Done
from scheduler.calls.posting import post
from scheduler.desk import Desk
from scheduler.drawing import NotDrawn
from store.outbox import Row

log = logging.getLogger(__name__)


async def show_health(desk: Desk, row: Row) -> Done:
    """The plot, and beside it the figures; where it cannot be drawn or shown, the figures alone."""
    until, weeks = datetime.fromisoformat(row.facts["until"]), int(row.facts["weeks"])
    found, people = await Weighing(desk.changes).of(until, weeks, row.facts["team"])
    if not found.people:
        await post(desk, row, wording.report(found, desk.policy.command, shares=False))
        return Done()
    name, channel = f"pages-{row.id}.png", await desk.readable(await desk.channel(row))
    if row.doubtful and await doubles.find_file(desk.slack, channel, name, row.created_at):
        return Done()
    try:
        picture = await desk.drawing.picture(wording.plot(found, people))
        told = wording.comment(found, desk.policy.command, people)
        alt = wording.alternative(found, people)
        await desk.slack.upload(channel, name, picture, title="Pages a week", alt=alt, comment=told)
    except Problem as problem:
        if not problem.permanent:
            raise
        await post(desk, row, wording.without_plot(found, desk.policy.command, people, problem.code))
    except NotDrawn as why:
        log.warning("A plot could not be drawn: %s", why)
        await post(desk, row, wording.without_plot(found, desk.policy.command, people, str(why)))
    return Done()
