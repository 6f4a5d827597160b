"""`tocsin incident`, `tocsin status` and `tocsin verify` as they are typed, on both databases."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from sqlalchemy import update
from typer.testing import CliRunner

from bot.__main__ import app
from bot.alerts import Alerts
from bot.changes import Changes
from bot.outside.clock import Clock
from bot.rules.alerts.alert import Alert
from bot.rules.moment import Person
from bot.settings.policy import load_policy
from store.database import Store
from store.directory import POLICY, keep_workspace, save_people
from store.schema import timeline

Tocsin = Callable[..., Result]
PEOPLE = (Person("U1ADA", "Ada"), Person("U2BOB", "Bob"), Person("U3GUEST", "Gus", guest=True))


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A database of either kind in which Slack has told who is there."""
    made = str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"))

    async def fill() -> None:
        store = await Store.open(made)
        await store.write(lambda connection: save_people(connection, "T1", PEOPLE))
        await store.close()

    asyncio.run(fill())
    return made


@pytest.fixture
def tocsin(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tocsin:
    """Types a command."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tocsin.yaml").write_text("services: [{name: checkout}]\n", "utf-8")
    runner = CliRunner()

    def typed(*words: str, who: str | None = "ada") -> Result:
        return runner.invoke(app, list(words), env={"DATABASE_URL": url, "TOCSIN_AS": who})

    return typed


def refused(result: Result) -> str:
    assert (result.exit_code, result.stdout) == (1, ""), result.output
    return result.stderr.strip()


def test_without_a_name_it_is_said_how(tocsin: Tocsin) -> None:
    assert refused(tocsin("incident", "ack", "1", who=None)).startswith("Say who you are: --as")
    assert tocsin("incident", "list", "--as", "bob", who=None).exit_code == 0


def test_shown_with_the_alerts_it_is_about(tocsin: Tocsin, url: str) -> None:
    async def fire() -> None:
        store = await Store.open(url)
        alerts = Alerts(Changes(store, load_policy(None), Clock()))
        link = "https://runbooks.example/checkout"
        await alerts.take([Alert("grafana", "f1", "CheckoutErrors", severity="critical", value="12 %", runbook=link)])
        await store.close()

    asyncio.run(fire())
    said = tocsin("incident", "show", "1").stdout
    assert "\nAlerts\n  🔔 CheckoutErrors (grafana): fires\n  Value 12 %\n  runbook (https://runbooks.example/" in said
    assert "\n  This alert comes without a summary, its value against the threshold or a dashboard.\n" in said
    (alert,) = json.loads(tocsin("incident", "show", "1", "--json").stdout)["alerts"]
    assert (alert["title"], alert["firing"], alert["lacks"]) == ("CheckoutErrors", 1, ["summary", "value", "dashboard"])
    tocsin("incident", "declare", "sev3", "Another")
    assert "Alerts" not in tocsin("incident", "show", "2").stdout


def test_declared_and_listed(tocsin: Tocsin) -> None:
    for words in (
        ("SEV1", "Checkout is down", "--service", "checkout"),
        ("private", "sev2", "Only", "we", "know", "&lt;b&gt;"),
        ("sev3", "trying", "--test"),
    ):
        done = tocsin("incident", "declare", *words)
        assert done.exit_code == 0, done.output
    listed = json.loads(tocsin("incident", "list", "--json").stdout)
    assert [(each["name"], each["title"], each["private"]) for each in listed["incidents"]] == [
        ("INC-1", "Checkout is down", False),
        ("INC-2", "Only we know &lt;b&gt;", True),
    ]
    assert listed["incidents"][0]["services"] == ["checkout"]
    assert "INC-2" not in tocsin("incident", "list", who="bob").stdout
    assert "INC-3" in tocsin("incident", "list", "tests", who="bob").stdout
    assert "INC-1" in tocsin("incident", "list", "service:checkout", who="bob").stdout
    shown = json.loads(tocsin("incident", "show", "1", "--json").stdout)
    assert (shown["timeline"][0]["actor"], shown["timeline"][0]["source"]) == ("cli:U1ADA", "cli")


def test_what_is_refused_is_said_plainly(tocsin: Tocsin) -> None:
    assert refused(tocsin("incident", "declare", "Checkout is down")).startswith("Say how severe it is (SEV1, SEV2")
    assert "I know no severity “sev9”" in refused(tocsin("incident", "declare", "sev9", "x"))
    assert "I know no service “shop”" in refused(tocsin("incident", "declare", "sev1", "x", "--service", "shop"))
    assert refused(tocsin("incident", "ack", "7")) == "There is no INC-7. “tocsin incident list” shows what is open."
    assert refused(tocsin("incident", "ack", "seven")).startswith("“seven” names no incident. Write INC-12, or 12.")
    assert tocsin("incident", "declare", "sev1", "x").exit_code == 0
    assert tocsin("incident", "ack", "#1").exit_code == 0
    assert refused(tocsin("incident", "ack", "inc-1", who="bob")).startswith("Ada already has INC-1.")
    assert "Write --next as a duration" in refused(tocsin("incident", "update", "1", "x", "--next", "soon"))
    assert refused(tocsin("incident", "note", "1", "x", who="Gus")).startswith("You are a guest in this workspace")
    assert "guests cannot look at incidents" in refused(tocsin("incident", "list", who="Gus"))


def test_the_way_to_resolved(tocsin: Tocsin) -> None:
    for words in (
        ("declare", "sev1", "Checkout is down"),
        ("ack", "1"),
        ("update", "1", "Rolling", "back", "--next", "45m"),
        ("status", "1", "monitoring", "Errors are falling"),
        ("note", "1", "It was the deploy of 13:40"),
        ("resolve", "INC-1", "Rolled back"),
    ):
        done = tocsin("incident", *words)
        assert done.exit_code == 0, done.output
    shown = tocsin("incident", "show", "1").stdout
    assert "Status  resolved after less than a minute" in shown
    for told in (
        "update #1: Rolling back",
        "update #2: Errors are falling",
        "noted: It was the deploy",
        "Fix     Rolled",
    ):
        assert told in shown


def test_status_in_words_and_for_programs(tocsin: Tocsin) -> None:
    tocsin("incident", "declare", "sev1", "Checkout is down")
    told = tocsin("status", who=None)
    assert told.exit_code == 1
    assert "Open      1 SEV1\n" in told.stdout
    assert "✗ No Tocsin runs" in told.stdout
    assert len(told.stdout.splitlines()) <= 25
    data = json.loads(tocsin("status", "--json").stdout)
    assert data["due"][0]["what"] == "not acknowledged"
    assert {each["lane"] for each in data["outbox"]} >= {"announce", "incident:1/setup"}
    assert "geheim" not in told.stdout


def test_verify_ends_with_what_it_found(tocsin: Tocsin, url: str) -> None:
    assert "There is no timeline yet" in tocsin("verify").stdout
    tocsin("incident", "declare", "sev1", "Checkout is down")
    tocsin("incident", "ack", "1")
    well = tocsin("verify")
    assert (well.exit_code, well.stdout) == (0, "✓ 1 timeline with 2 entries: each is as it was written.\n")

    async def tamper() -> None:
        store = await Store.open(url)
        await store.write(lambda c: c.execute(update(timeline).where(timeline.c.seq == 2).values(actor="cli:U2BOB")))
        await store.close()

    asyncio.run(tamper())
    found = tocsin("verify")
    assert found.exit_code == 1
    assert "✗ INC-1: entry 2 is not as it was written: its facts were changed" in found.stdout


def test_where_there_is_no_database_none_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (["incident", "declare", "sev1", "x", "--as", "U1ADA"], ["status"], ["verify"]):
        result = CliRunner().invoke(app, words, env={"DATABASE_URL": "sqlite:///tocsin.db"})
        assert result.exit_code == 2
        assert "There is no Tocsin database at sqlite+aiosqlite:///tocsin.db." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_help_names_all_of_it(tocsin: Tocsin) -> None:
    told = tocsin("--help").stdout
    for name in ("run", "demo", "check", "migrate", "status", "verify", "incident"):
        assert f" {name} " in told


def test_who_may_not_breaks_the_glass(tocsin: Tocsin, tmp_path: Path) -> None:
    (tmp_path / "tocsin.yaml").write_text("permissions: {resolve: commander}", "utf-8")
    tocsin("incident", "declare", "SEV1", "Checkout is down")
    told = refused(tocsin("incident", "resolve", "1", "Rolled back", who="bob"))
    assert "Only the commander of INC-1 can resolve it. Nobody commands it, so now that is Ada." in told
    assert "tocsin incident breakglass" in told
    assert "Say why" in refused(tocsin("incident", "breakglass", who="bob"))
    assert "You broke the glass: until" in tocsin("incident", "breakglass", "Ada sleeps", who="bob").stdout
    passed = tocsin("incident", "resolve", "1", "Rolled back", who="bob").stdout
    assert "It passed because you broke the glass" in passed
    assert "INC-1 is resolved" in passed
    assert "Bob broke the glass to resolve it: Ada sleeps" in tocsin("incident", "show", "1").stdout


def test_another_configuration_than_the_bots_is_said_and_in_nobodys_way(
    tocsin: Tocsin, url: str, tmp_path: Path
) -> None:
    async def started() -> None:
        store, policy = await Store.open(url), load_policy(tmp_path / "tocsin.yaml")
        await store.write(lambda connection: keep_workspace(connection, POLICY, policy.fingerprint))
        await store.close()

    asyncio.run(started())
    assert tocsin("incident", "list").stderr == ""
    (tmp_path / "tocsin.yaml").unlink()
    declared = tocsin("incident", "declare", "sev1", "Checkout is down")
    assert declared.exit_code == 0
    assert declared.stderr.startswith("Tocsin runs with another configuration than this command has")


def test_a_guest_may_nothing(tocsin: Tocsin) -> None:
    tocsin("incident", "declare", "SEV1", "Checkout is down")
    assert "guests cannot acknowledge INC-1. Ask Ada or another member" in refused(
        tocsin("incident", "ack", "1", who="gus")
    )


def test_paged_by_hand(tocsin: Tocsin) -> None:
    assert tocsin("incident", "declare", "sev1", "Checkout is down").exit_code == 0
    paged = tocsin("incident", "escalate", "1", "bob", "the", "database")
    assert paged.exit_code == 0, paged.output
    assert "Bob is paged for INC-1." in paged.stdout
    assert "No escalation policy is configured" in refused(tocsin("incident", "escalate", "1", "further"))
    assert "I know nobody called “nobody” here." in refused(tocsin("incident", "escalate", "1", "nobody"))
    assert "Bob has INC-1 now" in tocsin("incident", "ack", "1", "--sure", who="bob").stdout


def test_a_team_that_there_is_not_is_told_which_there_are(tocsin: Tocsin, tmp_path: Path) -> None:
    (tmp_path / "tocsin.yaml").write_text("teams: [{name: payments}, {name: search}]\n", "utf-8")
    assert tocsin("incident", "declare", "sev1", "Checkout is down").exit_code == 0
    assert "Teams: payments, search." in refused(tocsin("incident", "escalate", "1", "paymnts"))
    assert "payments has no escalation policy" in refused(tocsin("incident", "escalate", "1", "Payments"))
