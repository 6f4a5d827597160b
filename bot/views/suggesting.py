"""Who might command: how it is said, by name and not by mention, so that nobody is called by being on a list."""

from collections.abc import Sequence

from bot.rules.paging.suggesting import Suggestion
from bot.views.blocks import Block, button
from bot.views.text import escape, listed, person, plain_line

NAME, TEAMS = 40, 80
OR_ASK = "*Or ask somebody.* They are paged, and command it once they take it:"


def suggested(found: Sequence[Suggestion]) -> tuple[str, ...]:
    """As a paragraph under what is wanted; nothing where nobody is there to suggest."""
    lines = (f"• {_named(each)}: {escape(reason(each))}" for each in found)
    return ("\n".join((OR_ASK, *lines)),) if found else ()


def _named(each: Suggestion) -> str:
    name = plain_line(each.name, NAME)
    return f"*@{escape(name)}*" if name else person(each.person)


def asking(found: Sequence[Suggestion], number: int) -> tuple[Block, ...]:
    """A button for each."""
    return tuple(button(_label(each), f"incident:ask/{each.person}", number) for each in found)


def _label(each: Suggestion) -> str:
    name = plain_line(each.name, NAME)
    return f"Ask @{name}" if name else "Ask them"


def hint(found: Sequence[Suggestion]) -> str:
    """The same without markup, for under an input; empty where nobody has a name."""
    named = [f"@{plain_line(each.name, NAME)} ({reason(each)})" for each in found if each.name]
    return f"To command: {'; '.join(named)}." if named else ""


def reason(each: Suggestion) -> str:
    """`on call for payments, 14:05 for them, leads nothing else, paged on 2 nights`, as plain text."""
    if each.on_call:
        part = f"on call for {_teams(each.on_call)}"
    else:
        part = f"takes turns for {_teams(each.turns)}" if each.turns else "works on it"
    led = listed(f"INC-{number}" for number in each.leads)
    leads = f"leads {led}" if led else "leads nothing else" if each.is_free else ""
    nights = f"paged on {each.nights} {'night' if each.nights == 1 else 'nights'} this week" if each.nights else ""
    return ", ".join(filter(None, (part, f"{each.local:%H:%M} for them", leads, nights)))


def _teams(names: Sequence[str]) -> str:
    return plain_line(listed(names), TEAMS)
