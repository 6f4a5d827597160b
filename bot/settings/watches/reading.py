"""From the shapes of watches to the records that the rules are given."""

from collections.abc import Sequence

from bot.rules.watching.watch import FOR, MEASURES, Watch
from bot.settings.spelling import Spellings, one
from bot.settings.watches.shapes import WatchShape


def watches(said: Sequence[WatchShape], known: Spellings) -> tuple[Watch, ...]:
    """Watches with the limits of their kinds; severities and services as the configuration spells them."""
    return tuple(_watch(each, known) for each in said)


def _watch(said: WatchShape, known: Spellings) -> Watch:
    measure = MEASURES[said.kind]
    return Watch(
        name=said.name,
        kind=said.kind,
        fire=measure.fire if said.fire is None else said.fire,
        recover=measure.recover if said.recover is None else said.recover,
        lasting=FOR[measure.asks] if said.lasting is None else said.lasting,
        every=said.every,
        service=one(known.services, said.service) or "",
        severity=one(known.severities, said.severity),
        query=said.query,
        expected=said.expected,
        url=said.url or "",
        status=said.status,
        words=said.words,
        slower=said.slower,
        runbook=said.runbook or "",
        dashboard=said.dashboard or "",
    )
