"""The bot's own pages: what it is asked, what other programs send and what they are given."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.settings.environment import Environment
from handlers import calendars, changed, pagerduty, pressing
from handlers.alerts.door import Doors
from handlers.pages import Troubles, pages
from handlers.parts import Parts
from handlers.scraping import Scraping
from handlers.signed import Door


def site(environment: Environment, events: Door | None, scraping: Scraping, warnings: Troubles) -> web.Application:
    """The bot's own pages."""
    token = environment.metrics_token.get_secret_value() if environment.metrics_token else ""
    counted = scraping.parts.metrics.answered
    about = {"takes": _taken(environment, scraping.parts), "gives": _given(environment, scraping.parts)}
    return pages(events, scraping.troubles, scraping.page, token=token, counted=counted, warnings=warnings, **about)


def _given(environment: Environment, parts: Parts) -> Mapping[str, Door]:
    """What other programs are given."""
    token = environment.calendar_token.get_secret_value() if environment.calendar_token else ""
    return {calendars.PATH: calendars.door(parts, token), **pressing.shows(parts)}


def _taken(environment: Environment, parts: Parts) -> Mapping[str, Door]:
    """What other programs send."""
    held = (environment.alerts_token, environment.github_webhook_secret)
    token, secret = (each.get_secret_value() if each else "" for each in held)
    doors = Doors(parts.alerts, token, lambda: str(parts.identity().get("team_id", "")), metrics=parts.metrics)
    return {
        **doors.table(),
        "/changes": changed.door(parts, token, secret),
        **pressing.acts(parts),
        **_told_back(environment, parts),
    }


def _told_back(environment: Environment, parts: Parts) -> Mapping[str, Door]:
    """What PagerDuty tells back, where its signature can be checked."""
    secret = environment.pagerduty_webhook_secret
    return pagerduty.acts(parts, secret.get_secret_value() if secret else "")


def both(*warnings: Troubles) -> Troubles:
    """All that they say, one after the other."""

    async def said() -> Sequence[str]:
        return [sentence for each in warnings for sentence in await each()]

    return said
