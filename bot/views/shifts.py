"""What people are told of their shifts by direct message, and what the team reads: hand-offs, who needs cover."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.entries import Entry
from bot.rules.events import (
    CoverClosed,
    CoverFound,
    CoverWanted,
    NotesLeft,
    ShiftBegan,
    ShiftEnded,
    ShiftGivenBack,
    ShiftSoon,
    ShiftTaken,
)
from bot.rules.incident import Incident
from bot.rules.oncall.duty import Cover, Handover, Line
from bot.rules.oncall.turns import SHORT
from bot.rules.oncall.warnings import Warned
from bot.rules.policy import Policy
from bot.views.blocks import Block, actions, button, context, packed, section
from bot.views.labels import headline, room_link, spoken
from bot.views.message import Message, message
from bot.views.oncall import exchanged, never_mind, span, take_back, who
from bot.views.text import LINE, ended, listed, one_line, quote, unmarked, when, wrote

BEFORE = (
    "Read what happened lately, and what is still open.",
    "Try your pager out: *Test my pager* in your Home.",
    "Charge laptop and phone; know how you get online if you travel.",
    "Look whether you get into every system and find its runbooks.",
)
FIRST = (
    "Look who is paged after you, and whether that is right.",
    "Read the open incidents and the notes of who went.",
    "Ask what is planned: deployments, maintenance, launches.",
    "Try VPN and access to production now, not at night.",
    "Have dashboards and runbooks at hand, phone and laptop charged.",
)
AFTER = (
    "Hand over what is open.",
    "Write down what was new, and mend the runbooks that were wrong.",
    "Say which pages were of no use: below, one press each.",
    "Take time off if it was a heavy shift.",
)
QUIET = AFTER[:2]
"""The guides' lists: before a shift, at its beginning, after it, and after one without a page."""

MOST = 8
PAGES = 20
"""Pages of a shift that are asked about; of one with more only how many there were."""
NOTES = 1_500
HOURS = {False: "", True: ", in its hours"}
NOTHING = "No incident of the team is open."


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody is told of, and what is known beside it.

    `led` are the open incidents that they still command, `successor` who is on call now, `pages` the incidents they
    were paged for in the shift that ended.
    """

    entries: Sequence[Entry]
    reader: str
    team: str
    now: datetime
    policy: Policy
    led: Sequence[Incident] = ()
    successor: str | None = None
    pages: Sequence[Incident] = ()


def told(scene: Told) -> Message | None:
    """All of a moment in one message; None where nothing is left to say."""
    texts, blocks, seen = list[str](), list[Block](), set[type]()
    for entry in scene.entries:
        if part := _part(entry, scene):
            text, found = part
            texts += [text] if text else []
            blocks += found[:1] if type(entry.event) in seen else found
            seen |= {type(entry.event)} & {ShiftSoon, ShiftBegan, ShiftEnded}  # one list is enough for all of a kind
    return message(unmarked(" ".join(texts)), *blocks) if texts else None


def _part(entry: Entry, scene: Told) -> tuple[str, Sequence[Block]] | None:
    text, more = "", list[Block]()
    match entry.event:
        case ShiftSoon(rotation=rotation, start=start, end=end, hours=hours):
            if start <= scene.now:
                return None
            text = f"You are on call for {one_line(rotation)} {span(start, end, scene.now)}{HOURS[hours]}."
            more = [section(_list("Before it begins", BEFORE))]
        case ShiftBegan(rotation=rotation, start=start, end=end, whole=whole, hours=hours):
            again = "" if whole else " again"
            text = f"You are on call{again} for {one_line(rotation)}, until {when(end, scene.now)}{HOURS[hours]}."
            more = [section(_list("To begin with", FIRST))] if whole and end - start > SHORT else []
            if _is_just_given(rotation, scene):
                return ("", more) if more else None
        case ShiftEnded():
            return _ended(entry.event, scene)
        case _:
            text, more = _agreed(entry, scene)
    return text, [section(text), *more]


def _is_just_given(rotation: str, scene: Told) -> bool:
    """Whether it is said beside it that somebody gave them that rotation, from now on."""
    given = (entry.event for entry in scene.entries if isinstance(entry.event, ShiftTaken))
    return any((each.rotation, each.person) == (rotation, scene.reader) and each.start <= scene.now for each in given)


def _list(title: str, lines: Iterable[str]) -> str:
    return "\n".join([f"*{title}*", *(f"☐ {line}" for line in lines)])


def _ended(event: ShiftEnded, scene: Told) -> tuple[str, Sequence[Block]] | None:
    if event.short and not scene.led:
        return None
    successor = scene.successor if scene.successor != scene.reader else None
    now = f"{who(successor)} is on call now." if successor else "Nobody else is on call now."
    text = f"Your shift for {one_line(event.rotation)} is over. {now}"
    blocks = [section(text), *(_led(each, successor, scene.policy) for each in scene.led[:MOST])]
    if event.short:
        return text, blocks
    blocks.append(section(_list("After a shift", AFTER if scene.pages else QUIET)))
    if scene.pages:
        blocks.append(section("*Which pages were useless?* What you press counts as a false alarm."))
        blocks += [section(headline(each, scene.policy), _useless(each)) for each in scene.pages[:PAGES]]
        blocks += [context(f"And {more} more.")] if (more := len(scene.pages) - PAGES) > 0 else []
    return text, [*blocks, actions(button("Leave notes…", f"incident:duty_notes/{scene.team}", 0))]


def _led(incident: Incident, successor: str | None, policy: Policy) -> Block:
    hand = button("Hand over command", f"incident:handoff/{successor}", incident.number, "primary")
    return section(f"You still command {headline(incident, policy)}", hand if successor else None)


def _useless(incident: Incident) -> Block:
    return button("It was useless", f"incident:page_useless/{incident.number}", incident.number)


def judged(number: int, *, useless: bool) -> Message:
    """What who judged a page is told, with the way back."""
    if not useless:
        text = f"Noted: the page for INC-{number} was of use, and counts as no false alarm."
        return message(text, section(text))
    text = f"Noted: the page for INC-{number} was useless. It counts as a false alarm."
    return message(text, section(text, button("It was of use", f"incident:page_useful/{number}", number)))


def _agreed(entry: Entry, scene: Told) -> tuple[str, list[Block]]:
    """Who takes whose shift, or has taken it."""
    now, team, reader = scene.now, scene.team, scene.reader
    match entry.event:
        case ShiftTaken(person=whose, by=by, rotation=rotation, start=start, end=end, number=number):
            taken = f"{one_line(rotation)} {span(start, end, now)}"
            if whose != reader:
                return f"{who(whose)} is on call for {taken}, in your place.", []
            since = "now" if start <= now else "then"
            return f"{who(by)} gave you {taken}: you are on call {since}.", [actions(take_back(team, number))]
        case ShiftGivenBack(person=whose, by=by, rotation=rotation, start=start, end=end):
            taken = f"{one_line(rotation)} {span(start, end, now)}"
            yours = "is not yours any more" if whose == reader else "is yours again"
            return f"{who(by)} took it back: {taken} {yours}.", []
    return _asked(entry, scene)


def _asked(entry: Entry, scene: Told) -> tuple[str, list[Block]]:
    """What was asked, and what came of it; notes."""
    now = scene.now
    match entry.event:
        case CoverWanted() as wanted:
            return _swap(wanted, scene)
        case CoverFound(person=whose, by=by, rotation=rotation, start=start, end=end) as found:
            whom, back = (
                ("you", "and you take theirs") if whose == scene.reader else (who(whose), "and they take theirs")
            )
            taken = f"{one_line(rotation)} {span(start, end, now)} for {whom}{exchanged(found, back, now)}"
            return f"{who(by)} takes {taken}.", []
        case CoverClosed(person=whose, rotation=rotation) if whose != scene.reader:
            return f"{who(whose)} takes it back: your shifts of {one_line(rotation)} stay as they are.", []
        case CoverClosed(by="", rotation=rotation, start=start, end=end):
            asked = f"{one_line(rotation)} {span(start, end, now)}"
            return f"Nobody has agreed to take {asked}: it stays yours. Ask somebody else, or give it away.", []
        case CoverClosed(by=by, rotation=rotation):
            return f"{who(by)} cannot take your shift of {one_line(rotation)}: it stays yours.", []
        case NotesLeft(notes=notes):
            text = f"Notes for your shift from {who(entry.person or '')}: {ended(one_line(notes))}"
            return text, [section(quote(wrote(notes, NOTES)))] if len(notes) > LINE else []
    return "", []


def _swap(wanted: CoverWanted, scene: Told) -> tuple[str, list[Block]]:
    own = span(wanted.start, wanted.end, scene.now)
    rotation, asker = one_line(wanted.rotation), who(wanted.person)
    back = exchanged(wanted, "and they take yours", scene.now)
    text = f"{asker} asks you to swap shifts of {rotation}: you take theirs {own}{back}."
    buttons = (
        button("Swap", f"incident:cover_take/{scene.team}", wanted.number, "primary"),
        button("Not possible", f"incident:cover_drop/{scene.team}", wanted.number),
    )
    return text, [actions(*buttons)]


def cover(wanted: Cover, team: str, now: datetime) -> Message:
    """The call for cover in the team's channel; edited once somebody takes it."""
    shift = f"{one_line(wanted.rotation)} {span(wanted.start, wanted.end, now)}"
    if wanted.by:
        text = f"{who(wanted.by)} takes {shift} for {who(wanted.person)}. Thank you."
        return message(unmarked(text), section(text))
    if wanted.closed:
        text = f"Nobody is asked any more to take {shift} for {who(wanted.person)}."
        return message(unmarked(text), section(text))
    text = f"{who(wanted.person)} needs cover for {shift}. The first who presses takes it."
    buttons = (
        button("I take it", f"incident:cover_take/{team}", wanted.number, "primary"),
        never_mind(team, wanted.number),
    )
    return message(unmarked(text), section(text), actions(*buttons))


def handover(
    handed: Handover,
    incidents: Sequence[Incident],
    warned: Sequence[Warned],
    policy: Policy,
    gone: Collection[str] = (),
) -> Message:
    """The hand-off in the team's channel: who goes, who comes, what is open, what to mend; `gone` are deactivated."""
    lines = [_changed(each, handed.at, gone) for each in handed.lines]
    blocks = [section("\n".join(["*On-call hand-off*", *lines]))]
    shown = [" · ".join(filter(None, (headline(each, policy), room_link(each)))) for each in incidents[:MOST]]
    shown += [f"And {len(incidents) - MOST} more."] if len(incidents) > MOST else []
    opened = "\n".join(["*Open incidents*", *shown]) if shown else NOTHING
    blocks.append(section(opened))
    for person, notes in handed.notes.items():
        blocks.append(section(f"*Notes from {who(person)}*\n{quote(wrote(notes, NOTES))}"))
    if warned:
        mend = [f"• {ended(f'{one_line(each.what, 300)}: {one_line(each.cure, 300)}')}" for each in warned[:MOST]]
        blocks += map(section, packed(["*To be mended in the configuration*", *mend]))
    names = "; ".join(spoken(each) for each in incidents[:MOST])
    text = f"On-call hand-off: {' '.join(lines)} {f'Open: {names}.' if names else NOTHING}"
    return message(unmarked(text), *blocks)


def _changed(line: Line, now: datetime, gone: Collection[str]) -> str:
    goes = f", after {who(line.goes)}" if line.goes else ""
    until = f" until {when(line.until, now)}" if line.until else ""
    comes = f"{who(line.comes, gone=line.comes in gone)} is on call{until}" if line.comes else "nobody is on call"
    return f"*{one_line(line.rotation)}*: {comes}{goes}."


def group_refused(group: str, code: str, rotations: Iterable[str]) -> Message:
    """To the team: a user group cannot be kept to who is on call in these rotations."""
    cure = {
        "missing_scope": "Give the app the scope `usergroups:write` and install it again.",
        "permission_denied": "Let apps change user groups in the workspace's settings.",
    }.get(code, "Look at the group in Slack, and at its name in the configuration.")
    whose = listed(map(one_line, rotations))
    text = f"I cannot keep {one_line(group)} to who is on call for {whose}: Slack says {code}."
    return message(
        unmarked(f"{text} {cure}"), section(f"{text} {cure}"), context("I try again each hour. This is said once.")
    )
