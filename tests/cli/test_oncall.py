"""`tocsin oncall` as it is typed, on both databases."""

import asyncio
import csv
import io
import json
from pathlib import Path

import pytest

from bot.rules.moment import Person
from bot.rules.oncall.hours import Hours
from bot.views.terminal.oncall import hours_csv
from store.database import Store
from store.directory import save_people
from tests.cli.test_commands import Tocsin, refused, tocsin, url

__all__ = ["tocsin", "url"]

FILE = """
timezone: Europe/Madrid
people: [{name: ada, slack: U1ADA}, {name: bob, slack: U2BOB}]
teams: [{name: payments}, {name: web}]
rotations:
- {name: payments, people: [ada, bob]}
- {name: web, people: [bob]}
"""


@pytest.fixture(autouse=True)
def configured(tocsin: Tocsin, tmp_path: Path) -> None:
    (tmp_path / "tocsin.yaml").write_text(FILE, "utf-8")


def test_now_and_next(tocsin: Tocsin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_URL", "https://tocsin.example")
    monkeypatch.setenv("CALENDAR_TOKEN", "secret")
    done = tocsin("oncall", who=None)
    assert done.exit_code == 0, done.output
    head, first, second, zone, address, _ = done.stdout.splitlines()
    assert head.split() == ["ROTATION", "TEAM", "NOW", "UNTIL", "NEXT", "FROM"]
    assert first.startswith("payments  payments  ")
    assert {"Ada", "Bob"} <= set(first.split())
    assert second.split()[:3] == ["web", "web", "Bob"]
    assert second.split()[-3] == "Bob"  # who goes on is next as well
    assert zone == "Times are those of Europe/Madrid."
    assert address.startswith("Calendar: https://tocsin.example/oncall/payments.ics?key=")
    assert "secret" not in done.stdout


def test_who_shadows_stands_below_and_widens_no_column(tocsin: Tocsin, tmp_path: Path) -> None:
    shadowed = FILE.replace("[bob]}", "[bob], layers: [{people: [ada], shadow: true}]}")
    (tmp_path / "tocsin.yaml").write_text(shadowed, "utf-8")
    _, web, shadow, _ = tocsin("oncall", "web", who=None).stdout.splitlines()
    assert web.split()[:3] == ["web", "web", "Bob"]
    assert shadow == "  shadow: Ada"


def test_who_has_left_is_marked(tocsin: Tocsin, url: str) -> None:
    async def leaves() -> None:
        store = await Store.open(url)
        await store.write(lambda connection: save_people(connection, "T1", [Person("U2BOB", "Bob", active=False)]))
        await store.close()

    asyncio.run(leaves())
    assert "web       web   Bob (deactivated)  2" in tocsin("oncall", "web", who=None).stdout
    (found,) = json.loads(tocsin("oncall", "web", "--json", who=None).stdout)
    assert found["now"]["name"] == "Bob"


def test_of_one_team_for_programs(tocsin: Tocsin) -> None:
    (found,) = json.loads(tocsin("oncall", "web", "--json", who=None).stdout)
    assert (found["rotation"], found["now"]["person"], found["now"]["name"]) == ("web", "U2BOB", "Bob")
    assert (
        refused(tocsin("oncall", "billing", who=None))
        == "I know no team with a rotation “billing”. Known: payments, web."
    )


def test_hours_for_pay(tocsin: Tocsin) -> None:
    asked = ("oncall", "hours", "web", "--from", "2026-03-01", "--to", "2026-03-31")
    rows = list(csv.DictReader(io.StringIO(tocsin(*asked, "--csv", who=None).stdout)))
    assert [(row["rotation"], row["person"], row["total"], row["shifts"]) for row in rows] == [
        ("web", "Bob", "743.00", "6")
    ]
    (data,) = json.loads(tocsin(*asked, "--json", who=None).stdout)
    assert sum(data[kind] for kind in ("weekday", "night", "weekend", "holiday")) == data["total"] == 743
    title, _, row = tocsin(*asked, who=None).stdout.splitlines()
    assert title.startswith("Hours on call, 2026-03-01 to 2026-03-31 (")
    assert "743.00" in row


def test_the_last_month_where_none_is_named(tocsin: Tocsin) -> None:
    rows = list(csv.DictReader(io.StringIO(tocsin("oncall", "hours", "--csv", who=None).stdout)))
    assert {row["rotation"] for row in rows} == {"payments", "web"}
    assert 27 * 24 <= sum(float(row["total"]) for row in rows if row["rotation"] == "payments") <= 31 * 24 + 1


def test_what_is_no_day(tocsin: Tocsin) -> None:
    for word in ("march", "9999-12-31", "0001-01-01"):
        assert refused(tocsin("oncall", "hours", "--from", word, who=None)).startswith(f"“{word}” is no day.")
    wrong = tocsin("oncall", "hours", "--from", "2026-03-02", "--to", "2026-03-01", who=None)
    assert refused(wrong) == "--to is before --from."


def test_no_cell_is_a_formula() -> None:
    found = [Hours(person, "=rotation") for person in ("=1+1", "+1", "-1", "@SUM(A1)", 'a"b')]
    rows = list(csv.reader(io.StringIO(hours_csv(found, lambda person: person))))
    assert [row[1] for row in rows[1:]] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)", 'a"b']
    assert rows[1][0] == "'=rotation"
