"""Taking a shift or giving one away, asking for cover, leaving notes."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.rules.oncall.feedback import LONGEST_NOTES
from bot.rules.oncall.rotation import Rotation
from bot.views.blocks import Block, option, section
from bot.views.fields import field, moment, select, somebody, typed
from bot.views.modals.frame import View, modal
from bot.views.text import plain_line

SHIFT = timedelta(hours=8)
"""How long it is where nothing is said."""


def override(
    rotations: Sequence[Rotation],
    now: datetime,
    *,
    chosen: str | None = None,
    person: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> View:
    """Who takes which rotation, from when until when."""
    since = start or now
    blocks = [
        _rotation(rotations, chosen),
        field("person", "Who takes it", somebody(initial=person), hint="You, or somebody to whom you give it."),
        field("from", "From", moment(since)),
        field("until", "Until", moment(end or since + SHIFT)),
    ]
    return modal("incident:override", "Take a shift", "Take it", blocks)


def cover(
    rotations: Sequence[Rotation],
    *,
    chosen: str | None = None,
    start: datetime | None = None,
    end: datetime | None = None,
) -> View:
    """Which part of one's own shift somebody else is to take; or with whom it is swapped."""
    told = "The team's channel is asked, and the first who presses takes it. Until then the shift is yours."
    blocks = [
        section(told),
        _rotation(rotations, chosen),
        field("from", "From", moment(start), optional=True, hint="Empty: your shift now, or your next one."),
        field("until", "Until", moment(end), optional=True, hint="Empty: until it ends."),
        field(
            "person",
            "Or swap with one person",
            somebody(),
            optional=True,
            hint="They are asked to take all of your next shift, and you theirs: leave the times empty.",
        ),
    ]
    return modal("incident:cover", "Ask for cover", "Ask", blocks)


def notes(team: str, written: str = "") -> View:
    """What who comes should know."""
    words = typed(written, "The disk of db-2 is nearly full; ticket 4711", lines=True, focus=True)
    about = "They stand in the hand-off, and who comes is told."
    blocks = [field("notes", "Notes", {**words, "max_length": LONGEST_NOTES}, hint=about)]
    return modal("incident:duty_notes", "Notes for who comes", "Leave them", blocks, carried={"team": team})


def _rotation(rotations: Sequence[Rotation], chosen: str | None) -> Block:
    """By name: the configuration may have put another one in its place until this is handed in."""
    options = [option(plain_line(each.name), each.name) for each in rotations]
    return field("rotation", "Rotation", select(options, rotations[0].name if len(rotations) == 1 else chosen))
