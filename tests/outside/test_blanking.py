"""No secret in a line: the last line of defence, should one ever get that far."""

import logging

import pytest
from pydantic import SecretStr

from bot.cli.blanking import Secrets
from bot.cli.logs import Lines
from bot.settings.environment import Environment

SIGNING = "5166f6e6ee7a4ac9bdaf02ee5e2f6e0d"
BEAT = "https://beats.example/4f1d0a77"
ENVIRONMENT = Environment(
    slack_bot_token=SecretStr("xoxb-1-hushhush"),
    slack_app_token=SecretStr("xapp-1-A1-2-hushhush"),
    slack_signing_secret=SecretStr(SIGNING),
    alerts_token=SecretStr("alerts (are) for [friends]"),
    metrics_token=SecretStr("mtoken"),
    database_url="postgresql+asyncpg://ada:c0rrect%40horse@db.example/tocsin",
)
BLANKED = Secrets((*ENVIRONMENT.secrets, BEAT)).blanked


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("token xoxb-123456-abcdef, please", "token [hidden], please"),
        ("{'token': 'xoxp-98765-fedcba'}", "{'token': '[hidden]'}"),
        ("xapp-1-A02-33-deadbeef", "[hidden]"),
        ("a signature made with " + SIGNING, "a signature made with [hidden]"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer [hidden]"),
        ("'Authorization': 'bearer abc'", "'Authorization': 'bearer [hidden]'"),
        ("postgresql://me:hunt@er2@db.example/x", "postgresql://me:[hidden]@db.example/x"),
        ("password c0rrect@horse or c0rrect%40horse", "password [hidden] or [hidden]"),
        ("alerts (are) for [friends] only", "[hidden] only"),
        ("with mtoken in it", "with [hidden] in it"),
        (f"GET {BEAT} answered 500", "GET [hidden] answered 500"),
        ("https://hooks.slack.com/commands/T1/2/abc", "https://hooks.slack.com/[hidden]"),
        ("wss://wss-primary.slack.com/link/?ticket=abc&app_id=1", "wss://wss-primary.slack.com/link/?[hidden]"),
        (
            "Row 41 (card in incident:12/card) waits: ratelimited",
            "Row 41 (card in incident:12/card) waits: ratelimited",
        ),
        ("http://127.0.0.1:3000/slack/events", "http://127.0.0.1:3000/slack/events"),
        ("sqlite+aiosqlite:///tocsin.db", "sqlite+aiosqlite:///tocsin.db"),
    ],
)
def test_what_is_secret_is_blanked_and_nothing_else(said: str, shown: str) -> None:
    assert BLANKED(said) == shown


def test_what_is_too_short_to_be_one_is_left_alone() -> None:
    assert Secrets(["test", ""]).blanked("a test of the latest") == "a test of the latest"


def test_a_stack_trace_is_searched_too() -> None:
    record = logging.LogRecord("tocsin", logging.ERROR, "", 1, "It broke", (), None)
    record.exc_text = f"ValueError: {SIGNING}"
    assert Lines(Secrets([SIGNING])).format(record).endswith("It broke\nValueError: [hidden]")
