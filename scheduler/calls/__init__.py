"""Every kind of row in the outbox, and the call it becomes: one function a kind, one table.

Each makes its calls and answers with what is to be kept beside the settling of its row. A row that may have been sent
before (`row.doubtful`) is looked up first.
"""

from collections.abc import Awaitable, Callable, Mapping

from sqlalchemy import Connection

from bot.rules.bursts import BURSTS
from bot.rules.paging.reaching import PAGE
from scheduler.calls import (
    alerts,
    audiences,
    automatic,
    concealing,
    duty,
    faces,
    giving_up,
    health,
    home,
    late,
    pagerduty,
    paging,
    people,
    rooms,
    words,
)
from scheduler.calls.done import WITHDRAWN, Done
from scheduler.desk import Desk, Left
from store.outbox import Row

__all__ = ["BLIND", "CALLS", "DELIVERY", "PACED", "PAGES", "Done", "carry_out", "given_up"]

LINES = tuple(burst.kind for burst in BURSTS)
"""Lines that tell of several entries at once."""

CALLS: Mapping[str, Callable[[Desk, Row], Awaitable[Done]]] = {
    "alert": alerts.show_alert,
    "audience_mail": audiences.mail,
    "audience_post": audiences.in_channel,
    "audience_would": audiences.would,
    "rules_would": automatic.would,
    "room": rooms.make_room,
    "farewell": rooms.bid_farewell,
    "conceal": concealing.conceal,
    "archive": rooms.archive,
    "webhook": automatic.tell_webhook,
    "card": faces.show_card,
    "links": faces.show_links,
    "announcement": faces.show_announcement,
    "topic": faces.set_topic,
    "bookmark": faces.add_bookmark,
    "catchup": late.catch_up,
    "health": health.show_health,
    "cover": duty.say_cover,
    "duty": duty.say_duty,
    "handover": duty.say_handover,
    "home": home.show_home,
    "invite": people.invite,
    "message": words.say,
    "page_slack": paging.page_slack,
    "pagerduty": pagerduty.tell_pagerduty,
    **{f"{PAGE}{way}": paging.page_outside for way in paging.SENDERS},
    **dict.fromkeys(LINES, words.say_line),
    "standing_page": paging.show_page,
    "usergroup": duty.keep_usergroup,
}
"""The row's kind → the call. What is paced: PACED below."""

PACED = frozenset(
    {
        "alert",
        "announcement",
        "card",
        "cover",
        "duty",
        "farewell",
        "handover",
        "health",
        "links",
        "message",
        "standing_page",
        *LINES,
    }
)
"""Which kinds count against a channel's pace: a post, or an edit once they stand."""

PAGES = frozenset(kind for kind in CALLS if kind.startswith(PAGE))
"""Which kinds page somebody, or try their pager out."""

BLIND = frozenset({"webhook", *(f"{PAGE}{way}" for way in paging.SENDERS)})
"""Of which kinds nobody can tell afterwards whether they arrived."""


async def carry_out(desk: Desk, row: Row) -> Done:
    """Makes the row's call; what was meant for a place that its incident has left is withdrawn. Raises Problem."""
    try:
        return await CALLS[row.kind](desk, row)
    except Left:
        return WITHDRAWN


def given_up(desk: Desk, connection: Connection, row: Row, reason: str) -> bool:
    """Gives the row up in the open; whether somebody ought to know, and nobody was left to be told."""
    give_up = paging.give_up if row.kind in PAGES else giving_up.give_up
    return give_up(desk, connection, row, reason)
