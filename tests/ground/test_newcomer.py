"""What a newcomer copies first pages somebody: of docs/oncall.md, and of what `/incident oncall` shows."""

from typing import Any

import pytest
import yaml

from bot.rules.foreseen.simulation import simulate
from bot.rules.moment import Moment
from bot.rules.oncall.roster import Roster
from bot.rules.oncall.warnings import warned
from bot.settings.document import Document
from bot.settings.policy import read_policy
from bot.views.oncall import EXAMPLE
from tests.ground.test_night import IDS, block
from tests.rules.given import at

NOW = at("2026-03-08 02:30")


@pytest.mark.parametrize(
    ("copied", "weak"),
    [(block("From nothing to a page that rings"), set()), (yaml.safe_load(EXAMPLE), {"few"})],
    ids=["docs/oncall.md", "/incident oncall"],
)
def test_what_is_copied_first_pages_somebody_at_every_hour(copied: Any, weak: set[str]) -> None:
    policy = read_policy(Document("tocsin.yaml", copied, None))
    assert {each.kind for each in warned(policy, NOW)} <= weak
    found = simulate(Moment(NOW, policy, roster=Roster(IDS)), {}, severity="SEV2")
    assert [row.paged.level for row in found.rows if row.paged] == [1, 2, 2]
