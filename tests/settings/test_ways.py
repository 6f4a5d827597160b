"""What the environment sets up to reach people, and what it refuses without repeating a secret."""

from pathlib import Path

import pytest

from bot.outside.mail import Mail
from bot.outside.ways import outward
from bot.settings.environment import Environment, load_environment
from bot.settings.errors import ConfigError

ALL = {
    "SMTP_URL": "smtps://bo%40example.com:pa%40ss@mail.example.com",
    "NTFY_URL": "https://ntfy.example.com/",
    "TWILIO_ACCOUNT_SID": "AC1",
    "TWILIO_AUTH_TOKEN": "twilio-secret",
    "TWILIO_FROM": "+34911222333",
    "WEBHOOK_SECRET": "hook-secret",
    "PAGERDUTY_ROUTING_KEYS": "payments=R0first, search = R0second",
}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_nothing_set_is_slack_alone() -> None:
    assert outward(load_environment(), "s").ways.offered == ("slack",)


def test_all_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in ALL.items():
        monkeypatch.setenv(name, value)
    environment = load_environment()
    ways = outward(environment, "s").ways
    assert ways.offered == ("slack", "mail", "ntfy", "sms", "voice", "webhook")
    assert ways.pagerduty.keys == {"payments": "R0first", "search": "R0second"}
    own = ways.pagerduty.mark.removeprefix("tocsin-")
    assert ways.mail == Mail(ALL["SMTP_URL"], "bo@example.com", own=own)
    assert ways.pagerduty.number(ways.pagerduty.dedup(12)) == 12
    assert outward(environment, "another").ways.pagerduty.number(ways.pagerduty.dedup(12)) is None
    for secret in ("twilio-secret", "hook-secret", "R0first", "R0second", "pa%40ss"):
        assert any(secret in each for each in environment.secrets)
        assert secret not in repr(environment) + repr(ways)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SMTP_URL", "http://mail.example.com"),
        ("SMTP_URL", "smtp://us@er:very-secret@mail.example.com"),
        ("MAIL_FROM", "tocsin"),
        ("NTFY_URL", "ntfy.example.com"),
        ("PAGERDUTY_ROUTING_KEYS", "very-secret"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as refused:
        load_environment()
    assert name in str(refused.value)
    assert "very-secret" not in str(refused.value)
