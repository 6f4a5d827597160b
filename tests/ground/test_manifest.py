"""manifest.yml asks Slack for what the bot's tables use, and for nothing else."""

from typing import Any

import yaml

from bot.settings.policy import load_policy
from bot.settings.scopes import BOT_SCOPES
from handlers.events import EVENTS
from handlers.offered import SHORTCUTS
from tests.ground.tree import ROOT

MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))


def test_the_scopes_are_those_in_use() -> None:
    assert sorted(MANIFEST["oauth_config"]["scopes"]["bot"]) == sorted(BOT_SCOPES)


def test_the_events_are_those_that_are_handled() -> None:
    assert sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == sorted(EVENTS)


def test_the_one_command_brings_people_and_channels_by_their_ids() -> None:
    (command,) = MANIFEST["features"]["slash_commands"]
    assert command["command"] == load_policy(None).command
    assert command["should_escape"] is True


def test_the_shortcuts_are_those_that_are_handled() -> None:
    offered = [
        {key: each[key] for key in ("callback_id", "name", "type")} for each in MANIFEST["features"]["shortcuts"]
    ]
    assert offered == [dict(shortcut) for shortcut in SHORTCUTS]


def test_it_is_ready_for_socket_mode() -> None:
    assert MANIFEST["settings"]["socket_mode_enabled"] is True
    assert MANIFEST["settings"]["interactivity"]["is_enabled"] is True
