"""`rules` in the configuration: what each becomes, and what is wrong with one."""

from pathlib import Path
from typing import Any

import pytest

from bot.rules.automation.rule import Automation
from bot.rules.oncall.rotation import Target
from bot.rules.policy import Policy
from bot.settings.document import Document
from bot.settings.errors import ConfigError
from bot.settings.policy import load_policy, read_policy

BASE: dict[str, Any] = {
    "teams": [{"name": "Payments"}],
    "services": [{"name": "checkout", "aliases": ["cart"], "team": "Payments"}],
    "people": [{"name": "bob", "slack": "@bob"}],
}


def read(*rules: Any) -> Policy:
    return read_policy(Document("tocsin.yaml", {**BASE, "rules": list(rules)}, None))


def wrong(*rules: Any) -> str:
    with pytest.raises(ConfigError) as error:
        read(*rules)
    return str(error.value)


def test_each_deed() -> None:
    found = read(
        {"on": "declared", "do": "invite", "invite": ["@security"], "when": {"severity": "p1", "team": "payments"}},
        {"on": "status", "do": "post", "channel": "#status", "when": {"status": ["monitoring"], "service": "cart"}},
        {"on": "severity", "do": "page", "page": ["Bob", "@managers"]},
        {"on": "resolved", "do": "webhook", "url": "https://hooks.example/a"},
    )
    assert found.rules == (
        Automation("declared", "invite", severities=("SEV1",), teams=("Payments",), who=("@security",)),
        Automation("status", "post", services=("checkout",), statuses=("monitoring",), channel="#status"),
        Automation("severity", "page", page=(Target("person", "bob"), Target("group", "@managers"))),
        Automation("resolved", "webhook", url="https://hooks.example/a"),
    )
    assert found.fingerprint != read().fingerprint


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"on": "declared", "do": "post"}, "the channel to post in"),
        ({"on": "declared", "do": "page"}, "whom to page"),
        ({"on": "declared", "do": "webhook"}, "the address that is told"),
        ({"on": "declared", "do": "page", "page": "bobby"}, "bob"),
        ({"on": "opened", "do": "post", "channel": "#a"}, "declared"),
        ({"on": "declared", "do": "post", "channel": "#a", "when": {"severity": "sev9"}}, "SEV1"),
        ({"on": "declared", "do": "post", "channel": "#a", "when": {"team": "payment"}}, "Payments"),
        ({"on": "declared", "do": "post", "channel": "#a", "when": {"colour": "red"}}, "colour"),
        ({"on": "declared", "do": "post", "chanel": "#a"}, "channel"),
        (
            {"on": "declared", "do": "post", "channel": "#a", "when": {"status": "monitoring"}},
            "expected `on: status`, or no status: what is declared is detected",
        ),
        ({"on": "resolved", "do": "post", "channel": "#a", "when": {"status": ["monitoring"]}}, "is resolved"),
    ],
)
def test_what_is_wrong(rule: dict[str, Any], said: str) -> None:
    assert said in wrong(rule)


def test_in_a_file_on_is_a_key_like_any_other(tmp_path: Path) -> None:
    (tmp_path / "tocsin.yaml").write_text('rules: [{on: resolved, do: post, channel: "#status"}]\n', "utf-8")
    assert load_policy(tmp_path / "tocsin.yaml").rules == (Automation("resolved", "post", channel="#status"),)
