"""*How to reach me*: in the Home, and the modal that sets it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from bot.rules.paging.addresses import FORMS
from bot.rules.paging.reaching import Reach, Way
from bot.views import ways
from bot.views.blocks import Block, actions, button, context, divider, header, option, section
from bot.views.fields import field, select, typed
from bot.views.modals.frame import View, modal
from bot.views.text import one_line, sentence, when

WAYS, TRY = "person:ways", "person:try_out"
INPUTS = {
    "mail": ("Mail address", "bo@example.com"),
    "ntfy": ("ntfy topic", "a name that nobody guesses"),
    "number": ("Phone number", "+44 7700 900123"),
    "webhook": ("Webhook", "https://…"),
}
"""The inputs of addresses, each with its label and an example."""

NONE = option("Nothing more", "none")
"""What takes a way back: in Slack what was once chosen in a menu can only be replaced."""

QUIET = "Slack and mail wake nobody."


def reach(shown: Reach, offered: Sequence[str], now: datetime) -> Iterator[Block]:
    """What the Home says of how somebody is reached."""
    yield divider()
    yield header("How to reach me")
    lines = [f"{place}. {_way(way, shown, now)}" for place, way in enumerate(shown.ways, start=1)]
    yield section("\n".join(lines))
    if not shown.loud:
        yield section(f"⚠️ {QUIET} {_louder(offered)}")
    yield actions(button("How to reach me", WAYS, 0), button("Test my pager", TRY, 0))
    yield context("A page goes by the first way, and each minute by the next one, until you answer.")


def _label(kind: str) -> str:
    """A way by itself: `Phone call`; ntfy writes its own name small."""
    name = ways.NAMES[kind]
    return name if kind == "ntfy" else sentence(name)


def _way(way: Way, shown: Reach, now: datetime) -> str:
    name = _label(way.kind)
    address = f" ({one_line(way.address)})" if way.address else ""
    return f"{name}{address}{_tried(way, shown, now)}"


def _tried(way: Way, shown: Reach, now: datetime) -> str:
    last = shown.tried.get(way.kind)
    if last is None:
        return ""
    if last.answered:
        return f" · ✅ tried, and answered {when(last.answered, now)}"
    if last.failed:
        return f" · ❌ tried {when(last.at, now)}: {ways.why(f'page_{way.kind}', last.failed) or one_line(last.failed)}"
    return f" · tried {when(last.at, now)}, not answered yet"


def _louder(offered: Iterable[str]) -> str:
    loud = [ways.NAMES[each] for each in offered if each not in {"slack", "mail"}]
    if not loud:
        return "Nothing louder is set up in this Tocsin: ask whoever runs it."
    return f"Add something louder: {', '.join(loud)}."


def choose(shown: Reach, offered: Sequence[str]) -> View:
    """The modal: the ways in their order, and where each leads to."""
    options = [option(_label(each), each) for each in offered]
    chosen = [way.kind for way in shown.ways if way.kind in offered]
    blocks = [
        field(
            f"way{place}",
            "First" if place == 1 else "Then",
            select(options if place == 1 else [*options, NONE], dict(enumerate(chosen, 1)).get(place)),
            optional=place > 1,
        )
        for place in range(1, len(offered) + 1)
    ]
    blocks += [field(name, *_input(name, shown), optional=True) for name in _inputs(offered)]
    loud = f"{QUIET} A page goes by the first way, and each minute by the next one. Only Tocsin reads what you write."
    return modal(WAYS, "How to reach me", "Save", [context(loud), *blocks])


def _inputs(offered: Iterable[str]) -> list[str]:
    """The addresses that are asked for."""
    return list(dict.fromkeys(FORMS[each].field for each in offered if each in FORMS))


def _input(name: str, shown: Reach) -> tuple[str, Block]:
    label, example = INPUTS[name]
    known = next((way.address for way in shown.ways if way.kind in FORMS and FORMS[way.kind].field == name), "")
    return label, typed(known, example)
