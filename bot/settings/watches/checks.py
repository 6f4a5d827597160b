"""What no single key of a watch can say: whom it asks, and limits on the wrong side of each other."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.rules.watching.watch import MEASURES
from bot.settings.document import Document, Keys
from bot.settings.errors import Problem, one_of
from bot.settings.watches import texts

OF_HTTP = ("url", "status", "words", "slower")
OF_FIGURES = ("query", "expected", "fire", "recover")
LOW_IS_BAD = "traffic"


def compared(document: Document, data: Mapping[Any, Any]) -> Iterator[Problem]:
    """Every mistake of comparison in watches."""
    watches = data.get("watches")
    for place, watch in enumerate(watches if isinstance(watches, list) else ()):
        measure = MEASURES.get(str(watch.get("kind"))) if isinstance(watch, Mapping) else None
        if measure is None:
            continue
        keys: Keys = ("watches", place)
        yield from _names(document, data, keys, watch)
        if measure.asks == "http":
            yield from _asked(document, keys, watch, "url", OF_FIGURES, "the address that has to answer")
        else:
            yield from _asked(document, keys, watch, "query", OF_HTTP, "the expression of Prometheus that it asks")
            yield from _limits(document, keys, watch)
            if not data.get("prometheus"):
                expected = "`prometheus: http://prometheus:9090` beside `watches`: whom it asks"
                yield document.problem((*keys, "kind"), expected, found=f"`{watch['kind']}` and no `prometheus`")


def _asked(
    document: Document, keys: Keys, watch: Mapping[Any, Any], needed: str, others: tuple[str, ...], what: str
) -> Iterator[Problem]:
    if not watch.get(needed):
        yield document.problem((*keys, needed), f"`{needed}`, {what}", found="nothing")
    for each in others:
        if each in watch:
            expected = f"nothing: a watch of the kind `{watch['kind']}` has no `{each}`"
            yield document.problem((*keys, each), expected)


def _limits(document: Document, keys: Keys, watch: Mapping[Any, Any]) -> Iterator[Problem]:
    measure = MEASURES[str(watch["kind"])]
    try:
        fire, recover = (texts.limit(watch.get(each, getattr(measure, each))) for each in ("fire", "recover"))
    except ValueError:
        return  # the shapes say so
    if watch["kind"] == LOW_IS_BAD and fire > recover:
        yield document.problem((*keys, "fire"), "less than `recover`: it fires when traffic is low")
    elif watch["kind"] != LOW_IS_BAD and fire < recover:
        yield document.problem((*keys, "fire"), "more than `recover`: it fires when the figure is high")


def _names(document: Document, data: Mapping[Any, Any], keys: Keys, watch: Mapping[Any, Any]) -> Iterator[Problem]:
    for key, section in (("service", "services"), ("severity", "severities")):
        known = list(_spelt(data, section))
        said = watch.get(key)
        if isinstance(said, str) and said.strip().casefold() not in {each.casefold() for each in known}:
            yield document.problem((*keys, key), f"{one_of(known, near=said)} from `{section}`")


def _spelt(data: Mapping[Any, Any], section: str) -> Iterator[str]:
    entries = data.get(section)
    for each in entries if isinstance(entries, list) else ():
        if isinstance(each, Mapping):
            aliases = each.get("aliases")
            yield str(each.get("name", "")).strip()
            yield from map(str, aliases if isinstance(aliases, list) else ())
