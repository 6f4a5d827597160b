"""The links in pages outside Slack: to look at one changes nothing, to press its button acknowledges, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from aiohttp import web

from bot.outside.links import Pressed, Spent
from bot.rules import lifecycle
from bot.rules.change import Answer, Origin
from bot.rules.incident import Incident
from bot.rules.paging import reaching
from bot.views import press
from bot.views.labels import spoken
from bot.views.terminal.paper import Paper
from handlers.parts import Parts
from handlers.signed import Door

PATH = "/page/{token}"
KEY = "1"
"""What is pressed on a phone to acknowledge."""


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
        if not pressed.numbers:
            return _shown(press.asks(paper.name(pressed.person), ["This is the try of your pager."], "It works"))
        found = [await self.bot.incidents.find(pressed.person, number=number) for number in pressed.numbers]
        lines = [_line(each, paper) for each in found if each]
        if not any(each and each.is_open for each in found):
            return _shown(press.says("It is over", lines or ["There is nothing to acknowledge any more."]))
        return _shown(press.asks(paper.name(pressed.person), lines, "Acknowledge"))

    async def act(self, request: web.Request) -> web.StreamResponse:
        """POST: acknowledges as that person; a phone call that was answered by another key, or none, does nothing."""
        form = await _form(request)
        is_call = "CallSid" in form
        try:
            pressed = await self._read(request)
        except Spent as spent:
            return _said([str(spent)]) if is_call else _shown(press.says("Not done", [str(spent)]), status=400)
        if is_call and form.get("Digits") != KEY:
            return _said(["Not acknowledged. Good bye."])
        lines = await self._acted(pressed)
        return _said(lines) if is_call else _shown(press.says("Thank you", lines))

    async def _read(self, request: web.Request) -> Pressed:
        """What the link is for. Raises Spent, also for who left since it was sent: it shows them nothing."""
        pressed = self.bot.outward.links.read(request.match_info["token"], self.bot.now)
        person = await self.bot.person(pressed.person)
        if person and not person.active:
            raise Spent("This link has ended: its account in Slack is deactivated.")
        return pressed

    async def _acted(self, pressed: Pressed) -> list[str]:
        paper = await self._paper()
        if not pressed.numbers:
            origin = _origin(pressed, 0)
            subject = f"person:{pressed.person}"
            answer = await self.bot.changes.turn(subject, reaching.answer_try, origin, way=pressed.way)
            return [paper.sentence(answer.refused or "Good: your Home says that it works.")]
        return [await self._acknowledged(pressed, number, paper) for number in pressed.numbers]

    async def _acknowledged(self, pressed: Pressed, number: int, paper: Paper) -> str:
        """What came of it; of a link that was pressed before, how it stands now, since it works once."""
        origin = _origin(pressed, number)
        if await self.bot.changes.was_asked(origin):
            found = await self.bot.incidents.find(pressed.person, number=number)
            stands = _line(found, paper) if found else f"INC-{number} is no longer yours to see."
            return f"You pressed this before, and it works once. {stands}"
        answer = await self.bot.incidents.act(number, lifecycle.acknowledge, origin, sure=True)
        return _told(answer, number, paper)

    async def _paper(self) -> Paper:
        return Paper(self.bot.policy, self.bot.now, await self.bot.incidents.names())


def shows(bot: Parts) -> Mapping[str, Door]:
    """What is looked at (GET), by path; nothing where there are no links."""
    return {PATH: Pressing(bot).show} if bot.outward.links.public else {}


def acts(bot: Parts) -> Mapping[str, Door]:
    """What is done (POST), by path."""
    return {PATH: Pressing(bot).act} if bot.outward.links.public else {}


async def _form(request: web.Request) -> Mapping[str, object]:
    """What came with it: of a phone call what was pressed. Nothing where it is no form; the link alone says enough."""
    try:
        return dict(await request.post())
    except (ValueError, LookupError, RuntimeError, web.HTTPException):
        return {}


def _origin(pressed: Pressed, number: int) -> Origin:
    return Origin(f"slack:{pressed.person}", "link", key=f"link:{pressed.mark}:{number}")


def _told(answer: Answer, number: int, paper: Paper) -> str:
    if answer.refused is not None:
        return paper.sentence(answer.refused)
    return f"You have INC-{number}. Say in its channel in Slack what you see."


def _line(incident: Incident, paper: Paper) -> str:
    if not incident.is_open:
        stands = f"It is {incident.status.value}."
    elif incident.acknowledged_by:
        stands = f"{paper.name(incident.acknowledged_by)} has it."
    else:
        stands = "Nobody has it yet."
    return f"{paper.plain(spoken(incident))}. {stands}"


def _shown(page: str, status: int = 200) -> web.Response:
    headers = {"Content-Security-Policy": press.POLICY}
    return web.Response(text=page, status=status, content_type="text/html", headers=headers)


def _said(lines: list[str]) -> web.Response:
    """The answer to a phone call, as Twilio reads it."""
    said = "".join(f"<Say>{escape(line)}</Say>" for line in lines)
    return web.Response(text=f"<Response>{said}</Response>", content_type="text/xml")
