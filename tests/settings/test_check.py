"""`tocsin check` says of each thing whether it is well, and if not what mends it."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from click.testing import Result
from pydantic import SecretStr
from typer.testing import CliRunner

from bot.cli.check import check, refused, scopes, workspace
from bot.cli.checks.line import Line
from bot.cli.checks.places import channel, group, wanted_channels
from bot.cli.hand import Hand
from bot.outside.clock import Clock
from bot.rules.policy import Policy
from bot.sandbox.dials import Fault
from bot.sandbox.sandbox import Sandbox
from bot.settings.environment import Environment
from bot.settings.policy import load_policy
from bot.settings.scopes import BOT_SCOPES

YAML = """
channels: {announce: "#incidents"}
teams:
- {name: payments, channel: "#payments", group: "@payments-oncall"}
- {name: web, channel: "#incidents"}
services: [{name: checkout, team: payments}]
"""


def still() -> Hand:
    """A clock that stands: nothing here depends on the moment."""
    return Hand(Clock(datetime(2026, 3, 6, 17, 30, tzinfo=UTC), runs=False))


@pytest.fixture
def policy(tmp_path: Path) -> Policy:
    (tmp_path / "tocsin.yaml").write_text(YAML)
    return load_policy(tmp_path / "tocsin.yaml")


@pytest.fixture
async def slack() -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(still(), scopes=sorted(BOT_SCOPES))
    await sandbox.start()
    yield sandbox
    await sandbox.stop()


def environment(slack: Sandbox, *, bot: str | None = None, app: str | None = None) -> Environment:
    return Environment(
        slack_api_url=slack.api_url,
        slack_bot_token=SecretStr(bot or slack.bot_token),
        slack_app_token=SecretStr(app or slack.app_token),
    )


async def told(slack: Sandbox, policy: Policy, **tokens: str) -> Sequence[str]:
    return [str(line) async for line in workspace(environment(slack, **tokens), policy)]


def furnish(slack: Sandbox) -> None:
    slack.add_channel("incidents")
    slack.add_channel("payments", private=True)
    slack.add_usergroup("payments-oncall", "Payments on call", [])


async def test_all_is_well(slack: Sandbox, policy: Policy) -> None:
    furnish(slack)
    assert await told(slack, policy) == [
        "✓ App-level token: Socket Mode can be opened",
        "✓ Bot token: tocsin in tocsin-demo",
        f"✓ Scopes: all {len(BOT_SCOPES)} granted",
        "✓ Channel #incidents (announcements)",
        "✓ Channel #payments (team payments)",
        "✓ User group @payments-oncall (team payments)",
    ]


async def test_places_that_are_not_ready(slack: Sandbox, policy: Policy) -> None:
    slack.add_channel("incidents", with_bot=False)
    slack.add_channel("payments", private=True, with_bot=False)
    assert (await told(slack, policy))[3:] == [
        "✗ Channel #incidents (announcements): tocsin is not in it — type `/invite @tocsin` in it",
        "✗ Channel #payments (team payments): not found — create it, or if it is private type `/invite @tocsin` in it",
        "✗ User group @payments-oncall (team payments): not found — "
        "create it in Slack under People → User groups, or name another one",
    ]


async def test_wrong_tokens(slack: Sandbox, policy: Policy) -> None:
    app, bot = await told(slack, policy, bot="xoxb-no", app="xapp-no")
    assert app.startswith("✗ App-level token: invalid_auth — this token is not known to Slack; copy it again: the app-")
    assert bot.startswith("✗ Bot token: invalid_auth — this token is not known to Slack; copy it again: the bot token")


async def test_missing_scopes(policy: Policy) -> None:
    sandbox = Sandbox(
        still(),
        scopes=sorted(BOT_SCOPES.keys() - {"channels:read", "commands"}),
    )
    await sandbox.start()
    try:
        lines = await told(sandbox, policy)
    finally:
        await sandbox.stop()
    assert lines[2].startswith("✗ Scopes: 2 missing: channels:read (finds")
    assert "commands (receives /incident and the shortcuts) — add them under OAuth & Permissions" in lines[2]
    assert lines[3].startswith("✗ Channels and groups: missing_scope — mend what stands above")


async def test_what_it_can_do_without_is_told_and_breaks_nothing(policy: Policy) -> None:
    sandbox = Sandbox(still(), scopes=sorted(BOT_SCOPES.keys() - {"usergroups:write"}))
    furnish(sandbox)
    await sandbox.start()
    try:
        lines = await told(sandbox, policy)
    finally:
        await sandbox.stop()
    assert lines[2] == (
        "✓ Scopes: all that are needed are granted; it does without "
        "usergroups:write (keeps the user group of a rotation to who is on call)"
    )
    assert all(line.startswith("✓") for line in lines)


async def test_slack_that_answers_nothing_usable(slack: Sandbox, policy: Policy) -> None:
    furnish(slack)
    slack.dials.faults.append(Fault("conversations.list", "500", None))
    assert (await told(slack, policy))[3].startswith("✗ Channels and groups: ")


async def test_slack_that_is_not_there(slack: Sandbox, policy: Policy) -> None:
    where = environment(slack)
    await slack.stop()
    lines = [str(line) async for line in workspace(where, policy)]
    await slack.start()
    assert len(lines) == 2
    assert all(line.startswith(f"✗ Slack: no answer from {where.slack_api_url} (") for line in lines)


async def checked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, **variables: str) -> Result:
    """The command itself, on a thread of its own as it runs a loop of its own."""
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    app = typer.Typer()
    app.command()(check)
    return await asyncio.to_thread(CliRunner().invoke, app)


async def test_the_exit_status_says_it(slack: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    furnish(slack)
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": slack.api_url}
    well = await checked(monkeypatch, tmp_path, **tokens)
    assert well.output.splitlines()[:3] == [
        "✓ Configuration: built-in defaults, no tocsin.yaml here (SEV1, SEV2, SEV3, SEV4)",
        "✓ Database: SQLite",
        "✓ Signing secret: set (Slack offers no way to try it)",
    ]
    assert well.exit_code == 0
    (tmp_path / "tocsin.yaml").write_text("timezone: Moon\nslak: {}\n")
    ill = await checked(monkeypatch, tmp_path, DATABASE_URL="sqlite:////nowhere/at/all.db", **tokens)
    assert ill.exit_code == 1
    lines = ill.output.splitlines()
    assert lines[0].startswith("✗ Configuration — tocsin.yaml:1: timezone: found “Moon”")
    assert lines[1].startswith("✗ Configuration — tocsin.yaml:2: slak: found an unknown key")
    assert lines[2].startswith("✗ Database — Cannot reach the database")
    assert lines[3:] == well.output.splitlines()[2:5]


async def test_an_environment_that_says_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    bare = await checked(monkeypatch, tmp_path)
    assert bare.exit_code == 1
    assert [line[:36] for line in bare.output.splitlines()[2:4]] == [
        "✗ Token — SLACK_BOT_TOKEN is not set",
        "✗ Token — SLACK_APP_TOKEN is not set",
    ]
    wrong = await checked(monkeypatch, tmp_path, PORT="http")
    assert wrong.output == "✗ Environment — PORT: found “http”, expected a port from 0 to 65535\n"
    assert wrong.exit_code == 1


def test_scopes_that_were_not_told() -> None:
    assert not scopes(None).well
    assert scopes(["extra:read", *BOT_SCOPES]).well


def test_channels_by_id_and_archived_ones(policy: Policy) -> None:
    known = [{"id": "C1", "name": "old", "is_archived": True}, {"id": "C2", "name": "new", "is_member": True}]
    assert "archived — unarchive it" in str(channel("#old", "triage", known, "tocsin"))
    assert channel("C2", "triage", known, "tocsin").well
    assert list(wanted_channels(policy)) == [("#incidents", "announcements"), ("#payments", "team payments")]


def test_groups_by_id_and_disabled_ones() -> None:
    known = [{"id": "S1", "handle": "ops", "date_delete": 0}, {"id": "S2", "handle": "gone", "date_delete": 5}]
    assert group("web", "S1", known).well
    assert not group("web", "@gone", known).well


def test_an_error_that_nobody_expected() -> None:
    assert str(refused("Bot token", "SLACK_BOT_TOKEN", "internal_error")) == (
        "✗ Bot token: internal_error — Slack did not answer as usual; see status.slack.com, and try again"
    )


def test_a_line_is_well_without_a_cure() -> None:
    assert Line("here").well
    assert str(Line("here")) == "✓ here"


async def test_who_is_invited_by_name(slack: Sandbox, policy: Policy) -> None:
    furnish(slack)
    slack.add_user("ada", "Ada")
    level = replace(policy.severities[0], invite=("@payments-oncall", "@Ada", "@nobody"))
    team = replace(policy.teams[0], invite=("U0NOBODY",))
    invites = replace(policy, severities=(level, *policy.severities[1:]), teams=(team,))
    assert (await told(slack, invites))[6:] == [
        f"✓ Invited @payments-oncall ({level.name})",
        f"✓ Invited @Ada ({level.name})",
        f"✗ Invited @nobody ({level.name}): not found — name a user group, or somebody as Slack shows them, or an id",
        "✗ Invited U0NOBODY (team payments): not found — name a user group, or somebody as Slack shows them, or an id",
    ]


async def test_who_is_permitted_by_name(slack: Sandbox, policy: Policy) -> None:
    furnish(slack)
    slack.add_user("ada", "Ada")
    permitted = {"note": ("anyone", "@payments-oncall"), "edit": ("@Ada", "@payments-oncall"), "role": ("S0NONE",)}
    assert (await told(slack, replace(policy, permissions=permitted)))[6:] == [
        "✓ Permitted @payments-oncall (note, edit)",
        "✓ Permitted @Ada (edit)",
        "✗ Permitted S0NONE (role): not found — name a user group, or somebody as Slack shows them, or an id",
    ]


ONCALL = """
teams: [{name: payments, policy: pay}]
people: [{name: ada, slack: "@ada"}, {name: bob, slack: bob@example.com}, {name: cleo, slack: U0NOBODY}]
rotations:
- {name: payments, people: [ada, bob], group: "@payments-oncall", hours: {days: mon-fri, hours: "09:00-18:00"}}
policies: [{name: pay, levels: [{page: payments}]}]
default_policy: pay
"""


async def test_who_is_on_call_is_looked_at(slack: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    furnish(slack)
    slack.add_user("ada", "Ada")
    (tmp_path / "tocsin.yaml").write_text(ONCALL)
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": slack.api_url}
    found = await checked(monkeypatch, tmp_path, **tokens)
    assert found.exit_code == 1
    for said in (
        "✓ User group @payments-oncall (rotation payments)",
        "✗ Person cleo (U0NOBODY): not found in Slack — write their member id",
        "✗ Escalation policy pay reaches nobody from ",
        "! Level 1 of pay has nobody from ",
        "! Rotation payments has 2 people — with fewer than 4",
        "! ALERTS_TOKEN is not set",
        "! CALENDAR_TOKEN is not set: whoever reaches this machine can read the names",
    ):
        assert said in found.output, found.output
    assert "Person ada" not in found.output
    kept = await checked(monkeypatch, tmp_path, CALENDAR_TOKEN="long", **tokens)
    assert "CALENDAR_TOKEN" not in kept.output


async def test_what_only_warns_leaves_the_status(
    slack: Sandbox, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    furnish(slack)
    slack.deactivate(slack.add_user("ada", "Ada"))
    slack.add_user("bob", "Bob")
    whole = ONCALL.partition("people:")[0] + 'people: [{name: bob, slack: "@bob"}]\n'
    whole += "policies: [{name: pay, levels: [{page: bob}]}]\ndefault_policy: pay\n"
    (tmp_path / "tocsin.yaml").write_text(whole)
    tokens = {"SLACK_BOT_TOKEN": slack.bot_token, "SLACK_SIGNING_SECRET": "s", "SLACK_API_URL": slack.api_url}
    found = await checked(monkeypatch, tmp_path, ALERTS_TOKEN="long", **tokens)
    assert (found.exit_code, found.output.splitlines()[-1]) == (
        0,
        "✓ On call: somebody is reached at every hour of the next 8 weeks",
    ), found.output
    assert "✓ People on call: all 1 are in Slack" in found.output
    (tmp_path / "tocsin.yaml").write_text(whole.replace("@bob", "@ada"))
    assert "✗ Person bob (@ada): deactivated in Slack" in (await checked(monkeypatch, tmp_path, **tokens)).output
