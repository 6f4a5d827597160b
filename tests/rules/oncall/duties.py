"""A team's duty in tests: rotations of three people, and time that goes by from look to look."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.rules.events import Event
from bot.rules.moment import Moment, Person
from bot.rules.oncall.duty import Duty
from bot.rules.oncall.keeping import next_look, remind
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.rotation import Layer, Rotation
from bot.rules.policy import Policy
from tests.rules.given import ADA, BOB, CLEO, MADRID, POLICY, at

WEEK, DAY = timedelta(days=7), timedelta(days=1)
IDS = {"ada": ADA, "bob": BOB, "cleo": CLEO}
NAMES = {identity: name for name, identity in IDS.items()}
PEOPLE = {each: Person(each, timezone="Europe/Madrid") for each in IDS.values()}


def rotation(*people: str, shift: timedelta = WEEK, name: str = "primary", **more: object) -> Rotation:
    """Changes hands on Mondays at 09:00 in Madrid; Bob has the week of 2 March where he is the first."""
    layer = Layer(people, shift, datetime.fromisoformat("2026-01-05 09:00"), **more)  # type: ignore[arg-type]
    return Rotation(name, MADRID, "payments", (layer,))


WEEKLY = rotation("bob", "cleo", "ada", "ada")


def policy_of(*rotations: Rotation) -> Policy:
    return replace(POLICY, rotations=rotations or (WEEKLY,))


def moment(text: str | datetime, policy: Policy) -> Moment:
    now = at(text) if isinstance(text, str) else text
    return Moment(now, policy, PEOPLE, roster=Roster(IDS), subject="team:payments")


def begun(text: str, policy: Policy) -> Duty:
    """The duty after the first look at it."""
    found = remind(Duty("payments"), moment(text, policy))
    assert not found.events
    return found.state


def passes(duty: Duty, since: str, until: str, policy: Policy) -> tuple[Duty, list[tuple[str, Event]]]:
    """Time goes by from look to look; what was said, each with Madrid's clock."""
    said: list[tuple[str, Event]] = []
    now, end = at(since), at(until)
    while (due := next_look(duty, moment(now, policy))) and due <= end:
        assert due > now, "it would look without end"
        now = due
        found = remind(duty, moment(now, policy))
        duty = found.state
        said += [(f"{now.astimezone(MADRID):%a %d %H:%M}", event) for event in found.events]
    return duty, said


def told(said: list[tuple[str, Event]]) -> list[str]:
    """`Mon 09 09:00 ShiftBegan cleo`."""
    lines = []
    for at_, event in said:
        person = getattr(event, "person", "")
        lines.append(f"{at_} {type(event).__name__} {NAMES.get(person, person)}".strip())
    return lines
