"""The links in pages outside Slack: to look at one changes nothing, to press its button answers the page, once."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from aiohttp import web

from bot.changes import Rule
from bot.outside.links import Pressed, Spent
from bot.rules import following, lifecycle
from bot.rules.change import Origin
from bot.rules.incident import Incident
from bot.rules.paging import asking, reaching
from bot.rules.paging.attendance import is_unheard
from bot.views import page, press
from bot.views.alerts import newest_said
from bot.views.labels import spoken
from bot.views.terminal.paper import Paper
from bot.views.text import ended
from handlers.parts import Parts
from handlers.signed import Door
from store.errors import Problem

PATH = "/page/{token}"
KEY = "1"
"""What is pressed on a phone to answer."""


@dataclass(frozen=True, slots=True)
class Act:
    """What the button of a link does: its label, the rule with its facts, and what is said once it is done."""

    label: str
    rule: Rule
    done: str
    facts: Mapping[str, bool] = field(default_factory=dict)


TAKEN = "You have {name}. Say in its channel in Slack what you see."
COMMANDS = "You command {name}. Say so in its channel in Slack, and who does what."
COMES = "It is known that you are coming to {name}. Go to its channel in Slack."
ACTS: Mapping[str, Act] = {
    "acknowledge": Act(page.LABELS["acknowledge"], lifecycle.acknowledge, TAKEN, {"sure": True}),
    "command": Act(page.LABELS["command"], asking.take, COMMANDS),
    "join": Act(page.LABELS["join"], following.join, COMES),
}
"""By what somebody is paged for (`Wanted.asks`)."""


USED = "Pressed before"
ONCE = "it works once."
INSTEAD = "Answer in Slack, or by the page that came last."
AWAY = "Tocsin cannot reach its database, so this did not count. Try again in a moment."

log = logging.getLogger("tocsin.http")


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a press, for one incident or a try: the sentence, and whether it was done."""

    sentence: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Pressing:
    """What both doors of a link know."""

    bot: Parts

    async def show(self, request: web.Request) -> web.StreamResponse:
        """GET: who, what, and the button."""
        try:
            pressed = await self._read(request)
        except Spent as spent:
            return _shown(press.says("Nothing to do here", [str(spent)]), status=400)
        paper = await self._paper()
        who = paper.name(pressed.person)
        if not pressed.asks:
            return _shown(press.asks("Your pager", who, ["It was sent to try it out."], "It works"))
        found = [await self.bot.incidents.find(pressed.person, number=number) for number in pressed.asks]
        known = [each for each in found if each]
        lines = [line for each in known for line in await self._lines(each, pressed, paper)]
        left = [pressed.asks[each.number] for each in known if _is_left(each, pressed)]
        if left and await self._is_used(pressed):
            return _shown(press.says(USED, [f"You pressed this before, and {ONCE}", *lines, INSTEAD]))
        if not left:
            has_it = any(each.is_open and each.acknowledged_by == pressed.person for each in known)
            title = "You have it" if has_it else "Nothing to do for you"
            return _shown(press.says(title, lines or ["It is no longer yours to see."]))
        label = ACTS[left[0]].label if len({*left}) == 1 else page.ANSWER
        lines += [f"The button answers for all {len(left)}."] if len(left) > 1 else []
        return _shown(press.asks("You are paged", who, lines, label))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """POST: does it as that person; a phone call that was answered by another key, or none, does nothing."""
        form = await _form(request)
        is_call = "CallSid" in form
        try:
            pressed = await self._read(request)
        except Spent as spent:
            return _said([str(spent)]) if is_call else _shown(press.says("Not done", [str(spent)]), status=400)
        if is_call and form.get("Digits") != KEY:
            return _said(["Not answered. Good bye."])
        is_used = await self._is_used(pressed)
        answers = await self._acted(pressed)
        lines = [each.sentence for each in answers]
        if is_call:
            return _said(lines)
        if any(each.done for each in answers):
            return _shown(press.says("Thank you", lines))
        return _shown(press.says(USED if is_used else "Not done", lines), status=400)

    async def _lines(self, incident: Incident, pressed: Pressed, paper: Paper) -> list[str]:
        """How it stands, and while it is open what its newest alert says."""
        newest = await self.bot.alerts.newest(incident) if incident.is_open else None
        return [_line(incident, pressed, paper), *([paper.plain(newest_said(newest))] if newest else [])]

    async def _read(self, request: web.Request) -> Pressed:
        """What the link is for. Raises Spent, also for who left since it was sent: it shows them nothing."""
        pressed = self.bot.outward.links.read(request.match_info["token"], self.bot.now)
        person = await self.bot.person(pressed.person)
        if person and not person.active:
            raise Spent("This link has ended: its account in Slack is deactivated.")
        return pressed

    async def _is_used(self, pressed: Pressed) -> bool:
        """Whether it was pressed before, for whatever it is for."""
        asked = [await self.bot.changes.was_asked(_origin(pressed, number)) for number in pressed.asks]
        return bool(asked) and all(asked)

    async def _acted(self, pressed: Pressed) -> list[Came]:
        paper = await self._paper()
        if not pressed.asks:
            origin = _origin(pressed, 0)
            subject = f"person:{pressed.person}"
            told = {"way": pressed.way, "sent": pressed.sent}
            answer = await self.bot.changes.turn(subject, reaching.answer_try, origin, **told)
            said = paper.spoken(answer.refused or "Good: your Home shows that it works.")
            return [Came(said, answer.refused is None)]
        return [await self._answered(pressed, number, paper) for number in pressed.asks]

    async def _answered(self, pressed: Pressed, number: int, paper: Paper) -> Came:
        """What came of it; of a link that was pressed before, how it stands now, since it works once."""
        origin, does = _origin(pressed, number), ACTS[pressed.asks[number]]
        found = await self.bot.incidents.find(pressed.person, number=number)
        if await self.bot.changes.was_asked(origin):
            stands = _line(found, pressed, paper) if found else f"INC-{number} is no longer yours to see."
            return Came(f"You pressed this before, and {ONCE} {stands}")
        if does is ACTS["join"] and found and not found.acknowledged_by:
            does = ACTS["acknowledge"]  # who had it gave it back
        answer = await self.bot.incidents.act(number, does.rule, origin, **does.facts)
        if answer.refused is not None:
            return Came(paper.spoken(answer.refused))
        return Came(does.done.format(name=f"INC-{number}"), done=True)

    async def _paper(self) -> Paper:
        return Paper(self.bot.policy, self.bot.now, await self.bot.incidents.names())


def shows(bot: Parts) -> Mapping[str, Door]:
    """What is looked at (GET), by path; nothing where there are no links."""
    return {PATH: _stood_by(Pressing(bot).show)} if bot.outward.links.public else {}


def acts(bot: Parts) -> Mapping[str, Door]:
    """What is done (POST), by path."""
    return {PATH: _stood_by(Pressing(bot).act)} if bot.outward.links.public else {}


def _stood_by(door: Door) -> Door:
    """What is read, or heard, where the database cannot do its work: whoever is paged acts on it, no program does."""

    async def stood_by(request: web.Request) -> web.StreamResponse:
        try:
            return await door(request)
        except Problem as problem:
            log.warning("The link of a page could not be answered: %s", problem)
            if "CallSid" in await _form(request):
                return _said([AWAY])
            return _shown(press.says("Not now", [AWAY]), status=503)

    return stood_by


async def _form(request: web.Request) -> Mapping[str, object]:
    """What came with it: of a phone call what was pressed. Nothing where it is no form; the link alone says enough."""
    try:
        return dict(await request.post())
    except (ValueError, LookupError, RuntimeError, web.HTTPException):
        return {}


def _origin(pressed: Pressed, number: int) -> Origin:
    return Origin(f"slack:{pressed.person}", "link", key=f"link:{pressed.mark}:{number}")


def _is_left(incident: Incident, pressed: Pressed) -> bool:
    """Whether what the link does is still wanted."""
    match pressed.asks[incident.number]:
        case "acknowledge":
            return incident.is_open and incident.acknowledged_by is None
        case "command":
            return incident.is_open and (incident.commander is None or is_unheard(incident))
    return incident.is_open


def _line(incident: Incident, pressed: Pressed, paper: Paper) -> str:
    stands = "Nobody has it yet."
    if not incident.is_open:
        stands = f"It is {incident.status.value}."
    elif incident.acknowledged_by:
        is_own = incident.acknowledged_by == pressed.person
        stands = "You have it." if is_own else f"{paper.name(incident.acknowledged_by)} has it."
    if incident.is_open and pressed.asks[incident.number] == "command":
        lead = paper.name(incident.commander) if incident.commander else "Nobody"
        stands = f"{stands} {lead} commands it."
    return f"{ended(paper.plain(spoken(incident)))} {stands}"


def _shown(page: str, status: int = 200) -> web.Response:
    headers = {"Content-Security-Policy": press.POLICY}
    return web.Response(text=page, status=status, content_type="text/html", headers=headers)


def _said(lines: list[str]) -> web.Response:
    """The answer to a phone call, as Twilio reads it."""
    said = "".join(f"<Say>{escape(line)}</Say>" for line in lines)
    return web.Response(text=f"<Response>{said}</Response>", content_type="text/xml")
