"""`tocsin simulate` as it is typed, on both databases."""

import json
from pathlib import Path

import pytest

from tests.cli.test_commands import Tocsin, refused, tocsin, url

__all__ = ["tocsin", "url"]

FILE = """
timezone: Europe/Madrid
people: [{name: ada, slack: U1ADA}, {name: bob, slack: U2BOB}]
teams: [{name: payments, policy: pay}]
services: [{name: checkout, team: payments}]
rotations: [{name: payments, people: [ada, bob]}]
policies: [{name: pay, levels: [{page: payments}, {page: bob}]}]
default_policy: pay
"""


@pytest.fixture(autouse=True)
def configured(tocsin: Tocsin, tmp_path: Path) -> None:
    (tmp_path / "tocsin.yaml").write_text(FILE, "utf-8")


def test_the_table(tocsin: Tocsin) -> None:
    done = tocsin("simulate", "sev1", "payments", "at", "2026-03-29 01:58", who=None)
    assert done.exit_code == 0, done.output
    assert "SEV1 for checkout, declared 2026-03-29 01:58 (Europe/Madrid), nobody answers" in done.stdout
    assert "\n03:03 CEST  Bob" in done.stdout
    assert "wakes nobody up" in done.stdout


def test_an_hour_that_comes_twice_says_which_it_is(tocsin: Tocsin) -> None:
    table = tocsin("simulate", "sev1", "payments", "at", "2028-10-29 02:58", who=None).stdout
    assert "\n02:58      Bob" in table or "\n02:58      Ada" in table
    assert "\n02:03 CET  Bob" in table
    assert "Not acknowledged by 02:03" in table


def test_for_programs(tocsin: Tocsin) -> None:
    data = json.loads(tocsin("simulate", "sev1", "--at", "2026-03-29 01:58", "--json", who=None).stdout)
    assert data["at"] == "2026-03-29T00:58:00+00:00"
    assert {row["who"] for row in data["rows"] if row["level"]} == {"U1ADA", "U2BOB"}


def test_what_cannot_be_meant(tocsin: Tocsin) -> None:
    assert "I know no severity “sev9”" in refused(tocsin("simulate", "sev9", who=None))
    assert "I know no service or team “shop”. Known: checkout, payments." in refused(
        tocsin("simulate", "sev1", "shop", who=None)
    )
    assert "Write the time as" in refused(tocsin("simulate", "sev1", "--at", "noon", who=None))
