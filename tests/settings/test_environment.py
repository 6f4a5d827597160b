"""The environment is read once, in the fixed names; what is missing is named with the page where it is found."""

from pathlib import Path

import pytest

from bot.settings.environment import Environment, load_environment
from bot.settings.errors import ConfigError


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def test_defaults(tmp_path: Path) -> None:
    environment = load_environment()
    assert environment.database_url == "sqlite+aiosqlite:///tocsin.db"
    assert environment.slack_api_url == "https://slack.com/api/"
    assert (environment.host, environment.port) == ("127.0.0.1", 3000)
    assert environment.config_file is None
    (tmp_path / "tocsin.yaml").touch()
    assert environment.config_file == Path("tocsin.yaml")


def test_a_named_file_is_taken_even_where_it_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_CONFIG", "elsewhere.yaml")
    assert load_environment().config_file == Path("elsewhere.yaml")


@pytest.mark.parametrize(
    ("given", "opened"),
    [
        ("postgresql://ada:p%40ss@db:5432/tocsin", "postgresql+asyncpg://ada:p%40ss@db:5432/tocsin"),
        ("postgres://db/tocsin?sslmode=require", "postgresql+asyncpg://db/tocsin?ssl=require"),
        ("postgresql:///tocsin?host=/run/pg", "postgresql+asyncpg:///tocsin?host=%2Frun%2Fpg"),
        ("postgresql+asyncpg://db/tocsin", "postgresql+asyncpg://db/tocsin"),
        ("sqlite:////var/lib/tocsin.db", "sqlite+aiosqlite:////var/lib/tocsin.db"),
        ("sqlite+aiosqlite:///tocsin.db", "sqlite+aiosqlite:///tocsin.db"),
    ],
)
def test_database_addresses(monkeypatch: pytest.MonkeyPatch, given: str, opened: str) -> None:
    monkeypatch.setenv("DATABASE_URL", given)
    assert load_environment().database_url == opened


def test_values_are_put_into_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:4000/api")
    monkeypatch.setenv("PUBLIC_URL", "https://tocsin.example.com/")
    monkeypatch.setenv("LOG_LEVEL", "debug")
    monkeypatch.setenv("LOG_FORMAT", "Console")
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-1 ")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "")
    environment = load_environment()
    assert environment.slack_api_url == "http://127.0.0.1:4000/api/"
    assert environment.public_url == "https://tocsin.example.com"
    assert environment.log_level == "DEBUG"
    assert environment.log_format == "text"
    assert environment.slack_bot_token is not None
    assert environment.slack_bot_token.get_secret_value() == "xoxb-1"
    assert environment.slack_signing_secret is None


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("PORT", "http", "PORT: found “http”, expected a port from 0 to 65535"),
        ("PORT", "70000", "PORT: found “70000”, expected a port from 0 to 65535"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT: found “xml”, expected text or json"),
        ("PUBLIC_URL", "tocsin", "PUBLIC_URL: found “tocsin”, expected an address such as https://tocsin.example.com"),
        ("DATABASE_URL", "mysql://ada:hidden@db/x", "DATABASE_URL: found something else"),
        ("DATABASE_URL", "sqlite+aiosqlite://tocsin.db", "expected three slashes before a file's path"),
        ("SLACK_BOT_TOKEN", "xapp-hidden", "expected the bot token, xoxb-…: api.slack.com/apps"),
        ("SLACK_APP_TOKEN", "xoxb-hidden", "expected the app-level token for Socket Mode, xapp-…"),
    ],
)
def test_what_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError) as error:
        load_environment()
    assert told in str(error.value)
    assert str(error.value).startswith(f"{name}: ")
    assert "hidden" not in str(error.value)


def test_missing_tokens_are_named_with_their_page(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ConfigError) as error:
        load_environment().require_tokens()
    bot, app = str(error.value).splitlines()
    assert bot.startswith("SLACK_BOT_TOKEN is not set. It is the bot token, xoxb-…: api.slack.com/apps")
    assert "Bot User OAuth Token" in bot
    assert app.startswith("SLACK_APP_TOKEN is not set.")
    assert "SLACK_SIGNING_SECRET" in app
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    environment = load_environment()
    environment.require_tokens()
    assert not environment.socket_mode


def test_secrets_are_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hidden")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-hidden")
    monkeypatch.setenv("ALERTS_TOKEN", "hidden")
    monkeypatch.setenv("PROMETHEUS_TOKEN", "hidden too")
    monkeypatch.setenv("DATABASE_URL", "postgresql://ada:hidden@db/x")
    environment = load_environment()
    assert "hidden" not in repr(environment)
    assert {"hidden", "hidden too"} <= set(environment.secrets)
    assert environment.socket_mode
