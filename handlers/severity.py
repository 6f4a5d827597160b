"""Raising and lowering."""

from bot.rules import severity as rule
from handlers import grammar
from handlers.acting import act
from handlers.grammar import Spoken
from handlers.parts import Parts
from handlers.reply import Reply
from handlers.request import Request
from handlers.values import Values


async def severity(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """`severity sev1 all of Europe is affected`."""
    level, why = grammar.first(spoken.rest)
    return await act(bot, request, number, rule.change_severity, severity=level, why=why)


async def submit(bot: Parts, request: Request, number: int, values: Values) -> Reply:
    """The modal *Change severity*."""
    facts = {"severity": values.text("severity"), "why": values.text("why")}
    return await act(bot, request, number, rule.change_severity, **facts)


async def raised(bot: Parts, request: Request, number: int, spoken: Spoken) -> Reply:
    """The button *Raise*, to the level that it names."""
    return await act(bot, request, number, rule.raise_severity, severity=spoken.rest)
