"""The night that docs/oncall.md tells is the one that its own configuration comes to."""

import re
import textwrap
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from bot.rules.foreseen.simulated import Simulation
from bot.rules.foreseen.simulation import simulate
from bot.rules.moment import Moment
from bot.rules.oncall.roster import Roster
from bot.rules.paging.reaching import Reach, Way
from bot.settings.document import Document
from bot.settings.policy import read_policy
from tests.ground.tree import ROOT

PAGE = (ROOT / "docs/oncall.md").read_text("utf-8")
MADRID = ZoneInfo("Europe/Madrid")
IDS = {name: f"U0{name.upper()}" for name in ("ada", "bob", "cleo", "dan")}
LEADS = ("U0LEAD",)


def block(heading: str) -> Any:
    """The configuration that stands under a heading."""
    section = PAGE.split(f"\n## {heading}\n")[1]
    [first, *_] = re.findall(
        r"(?:^    .*\n|^\n)+", section.partition("\n    ")[1] + section.partition("\n    ")[2], re.M
    )
    return yaml.safe_load(textwrap.dedent(first))


def night() -> Simulation:
    told = block("Rotations") | block("Policies")
    teams = {"teams": [{"name": "payments", "policy": "payments"}], "timezone": "Europe/Madrid"}
    services = {"services": [{"name": "checkout", "team": "payments"}]}
    policy = read_policy(Document("docs/oncall.md", told | teams | services, None))
    roster = Roster(IDS, groups={"@payments-leads": LEADS})
    first = datetime(2026, 3, 1, 2, 31, tzinfo=MADRID)
    weeks = (first.replace(day=day) for day in (1, 8, 15, 22))
    [at] = [at for at in weeks if (shift := roster.on_call(policy.rotations[0], at)) and shift.person == "ada"]
    ways = {"ada": (Way("slack"), Way("voice", "+1")), "bob": (Way("slack"), Way("ntfy", "topic"))}
    reaches = {IDS[name]: Reach(IDS[name], each) for name, each in ways.items()}
    return simulate(Moment(at, policy, roster=roster), reaches, severity="SEV1", services=("checkout",))


def test_the_night_is_as_the_page_tells_it() -> None:
    found = night()
    paged = [
        f"{row.at.astimezone(MADRID):%H:%M} {row.who} {row.way}"
        for row in found.rows
        if row.paged and row.way != "invite"
    ]
    ada, bob = IDS["ada"], IDS["bob"]
    assert paged[:6] == [
        f"02:31 {ada} slack",
        f"02:32 {ada} voice",
        f"02:36 {bob} slack",
        f"02:36 {LEADS[0]} slack",
        f"02:37 {bob} ntfy",
        "02:46 #payments page",
    ]
    assert paged[6] == f"03:01 {ada} slack"
    [(over, _)] = found.nobody
    told = re.findall(r"\b\d\d:\d\d\b", PAGE.split("\nA night, ")[1].split("\n`tocsin simulate")[0])
    assert told == ["02:31", "02:32", "02:36", "02:37", "02:46", "03:01", f"{over.astimezone(MADRID):%H:%M}"]
