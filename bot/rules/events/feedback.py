"""What people say of the pages that they had."""

from dataclasses import dataclass

from bot.rules.events.event import Event


@dataclass(frozen=True, slots=True)
class PageJudged(Event):
    """Who was paged says whether it was worth it: `useless` counts as a false alarm of the incident's."""

    number: int
    useless: bool = True
