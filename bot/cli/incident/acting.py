"""What changes an incident: declare, ack, update, status, resolve, note; and breaking the glass for it."""

import re
from typing import Annotated, Any, TypeAlias

import typer

from bot.cli.incident.record import Record, Who, told
from bot.cli.incident.somebody import somebody
from bot.rules import lifecycle, notes, updates
from bot.rules.calendar import Duration
from bot.rules.paging import by_hand
from bot.rules.refused import Refused
from bot.views import terminal
from bot.views.terminal import Line
from bot.views.text import escape
from handlers.grammar import clean, declaration
from handlers.looking import is_severity

_NUMBER = re.compile(r"(?:inc-|#)?([0-9]{1,9})", re.IGNORECASE)


def number_of(reference: str) -> int:
    """The number in `INC-12`, `#12` or `12`. Raises Refused."""
    found = _NUMBER.fullmatch(reference.strip().rstrip(":,"))
    if found is None:
        raise Refused(f"“{clean(reference)}” names no incident. Write INC-12, or 12.")
    return int(found[1])


Reference: TypeAlias = Annotated[str, typer.Argument(metavar="INC-12", help="The incident; the number alone will do.")]
Text: TypeAlias = Annotated[list[str] | None, typer.Argument(metavar="TEXT", help="In quotes, or as it is.")]


def declare(
    words: Annotated[list[str], typer.Argument(metavar="SEV1 TITLE", help="Its severity, and what is wrong.")],
    private: Annotated[bool, typer.Option("--private", help="Only those in it know of it.")] = False,
    test: Annotated[bool, typer.Option("--test", help="Marked TEST everywhere, out of lists and figures.")] = False,
    service: Annotated[list[str] | None, typer.Option("--service", help="What is broken; may be given again.")] = None,
    who: Who = None,
) -> None:
    """Open an incident, as in: declare sev1 Checkout is down."""

    async def work(record: Record) -> list[Line]:
        said = declaration(escape(" ".join(words)), lambda word: is_severity(record.incidents, word))
        policy = record.paper.policy
        if said.severity is None:
            named = ", ".join(level.name for level in policy.severities)
            raise Refused(f"Say how severe it is ({named}): `{policy.command} declare sev1 Checkout is down`.")
        facts = {"title": said.title, "severity": policy.severity(said.severity).name, "services": tuple(service or ())}
        kind = "test" if test or said.test else "incident"
        private_ = private or said.private
        return await record.answered(
            await record.incidents.declare(record.origin, private=private_, kind=kind, **facts)
        )

    told(who, work)


def ack(
    reference: Reference,
    sure: Annotated[bool, typer.Option("--sure", help="Also where that stops the paging of others.")] = False,
    who: Who = None,
) -> None:
    """You have it."""
    told(who, lambda record: record.act(number_of(reference), lifecycle.acknowledge, sure=sure))


def update(
    reference: Reference,
    text: Text = None,
    next_: Annotated[
        str | None, typer.Option("--next", metavar="30m", help="When the one after it is promised, if not as usual.")
    ] = None,
    who: Who = None,
) -> None:
    """Say what is being done, and promise the next update."""

    async def work(record: Record) -> list[Line]:
        return await record.act(number_of(reference), updates.update, text=_said(text), next_in=_next_in(next_))

    told(who, work)


def status(
    reference: Reference,
    phase: Annotated[str, typer.Argument(metavar="PHASE", help="investigating, identified, mitigating, monitoring …")],
    text: Text = None,
    who: Who = None,
) -> None:
    """Move it on, or back; with a note it is an update too."""
    told(who, lambda record: record.act(number_of(reference), lifecycle.change_status, status=phase, note=_said(text)))


def resolve(reference: Reference, text: Text = None, who: Who = None) -> None:
    """The service is restored; say what fixed it."""
    told(who, lambda record: record.act(number_of(reference), lifecycle.resolve, fix=_said(text)))


def note(reference: Reference, text: Text = None, who: Who = None) -> None:
    """Write into its timeline."""
    told(who, lambda record: record.act(number_of(reference), notes.note, text=_said(text)))


def escalate(
    reference: Reference,
    whom: Annotated[str, typer.Argument(metavar="WHOM", help="A team, somebody's name, or: further (the next level).")],
    text: Text = None,
    who: Who = None,
) -> None:
    """Page a team, somebody, or the next level, now; say why."""

    async def work(record: Record) -> list[Line]:
        return await record.act(number_of(reference), by_hand.escalate, why=_said(text), **_called(record, whom))

    told(who, work)


def _called(record: Record, whom: str) -> dict[str, Any]:
    """Whom a word calls, as facts of the rule. Raises Refused, with the teams that there are."""
    teams = [team.name for team in record.paper.policy.teams]
    if whom.casefold() in {name.casefold() for name in teams}:
        return {"team": whom}
    if whom.casefold() == by_hand.FURTHER:
        return {}
    try:
        return {"people": (somebody(whom, record.people).id,)}
    except Refused as refusal:
        known = f" Teams: {', '.join(teams)}." if teams else ""
        raise Refused(f"{refusal.sentence}{known}") from None


def breakglass(text: Text = None, who: Who = None) -> None:
    """For ten minutes nothing is refused to you for who you are; say why, everybody is told."""

    async def work(record: Record) -> list[Line]:
        answer = await record.incidents.break_glass(record.origin, _said(text))
        if answer.refused is not None:
            raise Refused(answer.refused)
        return list(terminal.glass_broken(answer.entries[0], record.paper))

    told(who, work)


def _said(text: list[str] | None) -> str:
    return clean(" ".join(text or ())).strip()


def _next_in(text: str | None) -> Duration | None:
    try:
        return Duration.parse(text) if text else None
    except ValueError as error:
        raise Refused(f"Write --next as {str(error).removeprefix('expected ')}.") from None
