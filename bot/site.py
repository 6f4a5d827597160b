"""The bot's own pages: what it is asked, what other programs send and what they are given."""

from collections.abc import Mapping, Sequence
from functools import partial

from aiohttp import web

from bot.settings.environment import Environment, plain
from handlers.alerts.door import Doors
from handlers.doors import calendars, changed, pagerduty, pressing
from handlers.pages import Troubles, pages
from handlers.parts import Parts
from handlers.scraping import Scraping
from handlers.signed import Door


def site(environment: Environment, events: Door | None, scraping: Scraping, warnings: Troubles) -> web.Application:
    """The bot's own pages."""
    token = plain(environment.metrics_token)
    counted = scraping.parts.metrics.answered
    about = {"takes": _taken(environment, scraping.parts), "gives": _given(environment, scraping.parts)}
    return pages(events, scraping.troubles, scraping.page, token=token, counted=counted, warnings=warnings, **about)


def _given(environment: Environment, parts: Parts) -> Mapping[str, Door]:
    """What other programs are given."""
    return {calendars.PATH: calendars.door(parts, plain(environment.calendar_token)), **pressing.shows(parts)}


def _taken(environment: Environment, parts: Parts) -> Mapping[str, Door]:
    """What other programs send."""
    token = plain(environment.alerts_token)
    doors = Doors(
        parts.alerts,
        token,
        team=lambda: str(parts.identity().get("team_id", "")),
        metrics=parts.metrics,
        is_echo=partial(pagerduty.is_echo, parts),
    )
    return {
        **doors.table(),
        "/changes": changed.door(parts, token, plain(environment.github_webhook_secret)),
        **pressing.acts(parts),
        **pagerduty.acts(parts, plain(environment.pagerduty_webhook_secret)),
    }


def both(*warnings: Troubles) -> Troubles:
    """All that they say, one after the other."""

    async def said() -> Sequence[str]:
        return [sentence for each in warnings for sentence in await each()]

    return said
