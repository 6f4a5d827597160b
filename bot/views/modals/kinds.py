"""The kinds of declaring: what each asks for, beside title and severity."""

from dataclasses import dataclass

from bot.views.blocks import Block, context, option
from bot.views.fields import field, moment, radios, telling, typed

CHOSEN = "incident:declare_kind"
ZONE = "In your own time zone."


@dataclass(frozen=True, slots=True)
class Kind:
    """One choice: its label, what it means, and how the modal asks."""

    label: str
    means: str
    title: str
    severity: str


KINDS: dict[str, Kind] = {
    "now": Kind("Happening now", "People are told, and reminded until it is over", "What is wrong?", "How bad is it?"),
    "over": Kind(
        "It is over already", "Written down with its times; nobody is called", "What was wrong?", "How bad was it?"
    ),
    "near miss": Kind(
        "Near miss",
        "It nearly happened, and is worth learning from",
        "What nearly happened?",
        "How bad could it have been?",
    ),
    "test": Kind(
        "Test", "Marked TEST everywhere, out of lists and figures", "What do you want to try?", "How bad shall it be?"
    ),
}
"""By the value of the radio buttons."""

FURTHER = "Declared at once and resolved at once: no reminders, one line of announcement."
TRIED = "Everything works as it would, with TEST before the title. *Cancel* or *Resolve* ends it."


def choice(kind: str) -> Block:
    """The radio buttons; choosing shows the inputs that fit."""
    options = [option(each.label, name, each.means) for name, each in KINDS.items()]
    return telling(field("kind", "What is it?", radios(options, kind)), CHOSEN)


def inputs(kind: str) -> list[Block]:
    """What a kind asks for right below the choice."""
    match kind:
        case "over":
            return [
                context(FURTHER),
                *_times(),
                field("fix", "What fixed it?", typed("", "Rolled back", lines=True), optional=True),
            ]
        case "near miss":
            kept = field(
                "fix",
                "What kept it from happening?",
                typed("", "The canary stopped the deploy", lines=True),
                optional=True,
            )
            return [context(FURTHER), field("detected", "When was it noticed?", moment(), hint=ZONE), kept]
        case "test":
            return [context(TRIED)]
    return []


def _times() -> list[Block]:
    return [
        field("began", "When did it begin?", moment(), optional=True, hint=ZONE),
        field("detected", "When was it noticed?", moment(), optional=True),
        field("mitigated", "When was service restored?", moment(), optional=True, hint="Empty: when it was over."),
        field("resolved", "When was it over?", moment()),
    ]
