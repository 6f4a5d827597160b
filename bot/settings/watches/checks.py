"""What no single key of a watch can say: whom it asks, and limits on the wrong side of each other."""

from collections.abc import Iterator

from bot.rules.watching.watch import MEASURES
from bot.settings.document import Document, Keys
from bot.settings.entries import Data, entries, unknown
from bot.settings.errors import Problem
from bot.settings.watches import texts

OF_HTTP = ("url", "status", "words", "slower")
OF_FIGURES = ("query", "expected", "fire", "recover")
LOW_IS_BAD = "traffic"


def compared(document: Document, data: Data) -> Iterator[Problem]:
    """Every mistake of comparison in watches."""
    for place, watch in entries(data, "watches"):
        measure = MEASURES.get(str(watch.get("kind")))
        if measure is None:
            continue
        keys: Keys = ("watches", place)
        for key, section in (("service", "services"), ("severity", "severities")):
            yield from unknown(document, data, (*keys, key), watch.get(key), section)
        if measure.asks == "http":
            yield from _asked(document, keys, watch, "url", OF_FIGURES, "the address that has to answer")
        else:
            yield from _asked(document, keys, watch, "query", OF_HTTP, "the expression of Prometheus that it asks")
            yield from _limits(document, keys, watch)
            if not data.get("prometheus"):
                expected = "`prometheus: http://prometheus:9090` beside `watches`: whom it asks"
                yield document.problem((*keys, "kind"), expected, found=f"`{watch['kind']}` and no `prometheus`")


def _asked(
    document: Document, keys: Keys, watch: Data, needed: str, others: tuple[str, ...], what: str
) -> Iterator[Problem]:
    if not watch.get(needed):
        yield document.problem((*keys, needed), f"`{needed}`, {what}", found="nothing")
    for each in others:
        if each in watch:
            expected = f"nothing: a watch of the kind `{watch['kind']}` has no `{each}`"
            yield document.problem((*keys, each), expected)


def _limits(document: Document, keys: Keys, watch: Data) -> Iterator[Problem]:
    measure = MEASURES[str(watch["kind"])]
    try:
        fire, recover = (texts.limit(watch.get(each, getattr(measure, each))) for each in ("fire", "recover"))
    except ValueError:
        return  # the shapes say so
    if watch["kind"] == LOW_IS_BAD and fire > recover:
        yield document.problem((*keys, "fire"), "less than `recover`: it fires when traffic is low")
    elif watch["kind"] != LOW_IS_BAD and fire < recover:
        yield document.problem((*keys, "fire"), "more than `recover`: it fires when the figure is high")
