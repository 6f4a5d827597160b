"""How an incident begins."""

from datetime import datetime

from bot.rules import announcing, clocks
from bot.rules.change import Change
from bot.rules.events import Declared, Words
from bot.rules.guards import require_text
from bot.rules.incident import Incident, Milestone, PersonId, Status
from bot.rules.moment import Moment
from bot.rules.refused import Refused, known

TITLE_LENGTH = 140
"""Longer titles are cut for channel names and phones; the whole text stays in the timeline."""

NOTICED_BY: tuple[str, ...] = ("alert", "customer", "colleague")


def declare(
    moment: Moment,
    *,
    number: int,
    by: PersonId,
    title: str,
    severity: str,
    team: str = "",
    services: tuple[str, ...] = (),
    affected: str = "",
    private: bool = False,
    noticed_by: str = "colleague",
    began: datetime | None = None,
    quote: str = "",
    link: str | None = None,
) -> Change:
    """Opens incident `number`. Raises Refused for an empty title, an unknown severity or service, a future start."""
    whole = _whole_title(moment, title)
    incident = Incident(
        number=number,
        title=_short(whole),
        severity=moment.policy.severity(severity).name,
        status=Status.DETECTED,
        declared_by=by,
        anchor=moment.now,
        respond_from=moment.now,
        promise=moment.now,
        promised_at=moment.now,
        team=team,
        private=private,
        services=tuple(dict.fromkeys(moment.policy.service(word).name for word in services)),
        affected=affected.strip(),
        noticed_by=noticed_by,
        milestones=_milestones(moment, by, noticed_by, began),
        members=(by,),
    )
    housed = announcing.housed(clocks.promised(incident, moment), moment.policy)
    return Change(housed, (_declared(housed, began, _kept(whole, housed.title, quote), link),))


def _whole_title(moment: Moment, title: str) -> str:
    example = f"{moment.policy.command} declare sev1 Checkout is down"
    return require_text(" ".join(title.split()), f"Say in a few words what is wrong: `{example}`.", "title")


def _short(title: str) -> str:
    return title if len(title) <= TITLE_LENGTH else title[: TITLE_LENGTH - 1].rstrip() + "…"


def _kept(whole: str, short: str, quote: str) -> str:
    """What the timeline keeps beside the title: the message it was declared from, and a title that was cut."""
    return quote if short == whole or whole in quote else "\n\n".join(part for part in (whole, quote) if part)


def _milestones(moment: Moment, by: PersonId, noticed_by: str, began: datetime | None) -> dict[str, Milestone]:
    if noticed_by not in NOTICED_BY:
        raise Refused(known("way to notice", noticed_by, NOTICED_BY), field="noticed_by")
    if began and began > moment.now:
        raise Refused("It cannot have begun in the future. Leave it empty if it began just now.", field="began")
    milestones = {"detected": Milestone(moment.now, noticed_by), "declared": Milestone(moment.now, by)}
    return {"began": Milestone(began, by), **milestones} if began else milestones


def _declared(incident: Incident, began: datetime | None, quote: str, link: str | None) -> Declared:
    return Declared(
        title=Words(incident.title),
        severity=incident.severity,
        services=incident.services,
        affected=Words(incident.affected),
        private=incident.private,
        noticed_by=incident.noticed_by,
        began=began,
        quote=Words(quote),
        link=link,
    )
