"""What the environment says: tokens, addresses, ports. Every variable is read here and nowhere else."""

import re
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.settings.database_url import for_sqlalchemy, passwords
from bot.settings.errors import ConfigError, Problem
from bot.settings.tokens import WHERE, token

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

DEFAULT_FILE = Path("tocsin.yaml")
_SHOWN = {"SLACK_API_URL", "TOCSIN_CONFIG", "PUBLIC_URL", "HOST", "PORT", "LOG_LEVEL", "LOG_FORMAT"}
_SHOWN |= {"MAIL_FROM", "NTFY_URL", "TWILIO_URL", "PAGERDUTY_URL"}
"""The variables whose value an error message may repeat; any other may hold a secret."""


def _address(value: object) -> str:
    text = str(value).strip()
    if not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", text):
        raise ValueError("an address such as https://tocsin.example.com")
    return text.rstrip("/")


def _folder(value: object) -> str:
    return f"{_address(value)}/"


def _server(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not re.fullmatch(r"smtps?://([^\s/@]*@)?[^\s/@:]+(:\d+)?/?", text):
        raise ValueError("smtp://user:password@mail.example.com:587 or smtps://…, with %40 for an @ in the user's name")
    return text.rstrip("/")


def _mailbox(value: object) -> str:
    text = str(value).strip()
    if not re.fullmatch(r"[^\s@<>,]+@[^\s@<>,]+", text):
        raise ValueError("a mail address such as tocsin@example.com")
    return text


def _keys(value: object) -> object:
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not all(re.fullmatch(r"\s*[^\s=,]+\s*=\s*[^\s=,]+\s*", each) for each in text.split(",")):
        raise ValueError("service=key, several separated by commas")
    return text


def _level(value: object) -> str:
    return str(value).strip().upper()


def _format(value: object) -> str:
    text = str(value).strip().lower()
    return "text" if text == "console" else text


Secret = Annotated[SecretStr | None, BeforeValidator(lambda value: value.strip() if isinstance(value, str) else value)]
Address = Annotated[str | None, BeforeValidator(_address)]


def plain(secret: SecretStr | None) -> str:
    """A secret as it is used; empty where there is none."""
    return secret.get_secret_value() if secret else ""


class Environment(BaseSettings):
    """The variables of DESIGN's names; an empty one counts as not set."""

    model_config = SettingsConfigDict(env_ignore_empty=True, extra="ignore", frozen=True, validate_default=False)

    slack_bot_token: Annotated[SecretStr | None, BeforeValidator(partial(token, "SLACK_BOT_TOKEN"))] = None
    slack_signing_secret: Secret = None
    slack_app_token: Annotated[SecretStr | None, BeforeValidator(partial(token, "SLACK_APP_TOKEN"))] = None
    slack_api_url: Annotated[str, BeforeValidator(_folder)] = "https://slack.com/api/"
    database_url: Annotated[str, BeforeValidator(for_sqlalchemy), Field(repr=False)] = "sqlite+aiosqlite:///tocsin.db"
    tocsin_config: Path | None = None
    public_url: Address = None
    alerts_token: Secret = None
    github_webhook_secret: Secret = None
    metrics_token: Secret = None
    smtp_url: Annotated[SecretStr | None, BeforeValidator(_server)] = None
    mail_from: Annotated[str | None, BeforeValidator(_mailbox)] = None
    ntfy_url: Address = None
    ntfy_token: Secret = None
    twilio_account_sid: str | None = None
    twilio_auth_token: Secret = None
    twilio_from: str | None = None
    twilio_url: Annotated[str, BeforeValidator(_address)] = "https://api.twilio.com"
    pagerduty_routing_keys: Annotated[SecretStr | None, BeforeValidator(_keys)] = None
    pagerduty_webhook_secret: Secret = None
    pagerduty_url: Annotated[str, BeforeValidator(_address)] = "https://events.pagerduty.com"
    webhook_secret: Secret = None
    calendar_token: Secret = None
    prometheus_token: Secret = None
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    log_level: Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_level)] = "INFO"
    log_format: Annotated[Literal["text", "json"], BeforeValidator(_format)] = "text"

    @property
    def config_file(self) -> Path | None:
        """The configuration file: the one that is named, else `tocsin.yaml` where there is one."""
        return self.tocsin_config or (DEFAULT_FILE if DEFAULT_FILE.is_file() else None)

    @property
    def socket_mode(self) -> bool:
        """Whether Slack is listened to through a socket that we open, and not over HTTP."""
        return self.slack_app_token is not None

    @property
    def secrets(self) -> tuple[str, ...]:
        """Every value in it that must never be shown."""
        held = (
            self.slack_bot_token,
            self.slack_signing_secret,
            self.slack_app_token,
            self.alerts_token,
            self.metrics_token,
            self.smtp_url,
            self.ntfy_token,
            self.twilio_auth_token,
            self.pagerduty_routing_keys,
            self.pagerduty_webhook_secret,
            self.webhook_secret,
            self.calendar_token,
            self.prometheus_token,
            self.github_webhook_secret,
        )
        told = [plain(each) for each in held if each]
        keys = [pair.partition("=")[2].strip() for each in told for pair in each.split(",") if "=" in pair]
        mail = passwords(plain(self.smtp_url)) if self.smtp_url else ()
        return (*told, *keys, *mail, *passwords(self.database_url))

    def missing_tokens(self) -> list[str]:
        """What is wanting before Slack can be spoken with: a sentence each, with the page where it is found."""
        missing = []
        if self.slack_bot_token is None:
            missing.append(f"SLACK_BOT_TOKEN is not set. It is {WHERE['SLACK_BOT_TOKEN']}.")
        if self.slack_app_token is None and self.slack_signing_secret is None:
            missing.append(
                f"SLACK_APP_TOKEN is not set. It is {WHERE['SLACK_APP_TOKEN']}. To be called over HTTP instead, "
                f"set SLACK_SIGNING_SECRET. It is {WHERE['SLACK_SIGNING_SECRET']}."
            )
        return missing

    def require_tokens(self) -> None:
        """Raise ConfigError where a token is missing."""
        if missing := self.missing_tokens():
            raise ConfigError(missing)


def load_environment() -> Environment:
    """The environment, checked. Raises ConfigError naming each variable that cannot be used, never a secret's value."""
    try:
        return Environment()
    except ValidationError as error:
        raise ConfigError([_problem(finding) for finding in error.errors(include_url=False)]) from None


def _problem(finding: "ErrorDetails") -> Problem:
    variable = str(finding["loc"][0]).upper()
    kind, context = finding["type"], finding.get("ctx", {})
    if kind == "value_error":
        expected = str(context["error"])
    elif kind == "literal_error":
        expected = str(context["expected"]).replace("'", "")
    else:
        expected = "a port from 0 to 65535" if variable == "PORT" else finding["msg"]
    found = f"“{finding['input']}”" if variable in _SHOWN else "something else (not shown, it may be secret)"
    return Problem(variable, found, expected)
