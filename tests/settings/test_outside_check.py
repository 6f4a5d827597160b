"""`tocsin check` says what could never go out here, and what is not known yet of who would be woken up."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import Connection

from bot.cli.checks.oncall import OPEN_DOOR, oncall
from bot.cli.checks.outside import outside
from bot.rules.paging.reaching import Reach, Way
from bot.rules.policy import Policy
from bot.settings.document import Document
from bot.settings.environment import Environment
from bot.settings.policy import read_policy
from store import subjects
from store.database import Store

SLACK_ALONE = "Ways to page people: Slack; nothing here wakes anybody up"
HALF = "Text messages and phone calls: TWILIO_AUTH_TOKEN and TWILIO_FROM are not set"
MAIL = "Audience executives is told by mail, and SMTP_URL is not set"
SERVICE = "PagerDuty service payments (level 2 of pay) has no key in PAGERDUTY_ROUTING_KEYS"
BY_RULE = "PagerDuty service search (rule 2) has no key in PAGERDUTY_ROUTING_KEYS"
WEBHOOK = "Rule 1 tells a webhook, and WEBHOOK_SECRET is not set"
FILE: dict[str, Any] = {
    "people": [{"name": "ada", "slack": "U1ADA"}, {"name": "bob", "slack": "@bob"}],
    "policies": [{"name": "pay", "levels": [{"page": "ada"}, {"page": ["pagerduty:payments", "bob"]}]}],
    "default_policy": "pay",
    "audiences": [{"name": "executives", "severities": ["SEV1"], "mail": ["ceo@example.com"]}],
    "rules": [
        {"on": "declared", "do": "webhook", "url": "https://hooks.example.com"},
        {"on": "declared", "do": "page", "page": ["pagerduty:payments", "pagerduty:search"]},
    ],
}
ALL = {
    "smtp_url": SecretStr("smtp://mail.example.com"),
    "webhook_secret": SecretStr("secret"),
    "pagerduty_routing_keys": SecretStr("payments=R1, search=R2"),
    "public_url": "https://tocsin.example.com",
}


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Environment.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def policy(**more: Any) -> Policy:
    return read_policy(Document("test", FILE | more, None))


def told(**variables: Any) -> list[str]:
    return [line.what for line in outside(policy(), Environment(**variables)) if line.cure]


def test_nothing_set_up_is_nothing_sent() -> None:
    assert told() == [SLACK_ALONE, MAIL, SERVICE, BY_RULE, WEBHOOK]
    assert [line.well for line in outside(policy(), Environment())] == [True, *[False] * 4]


def test_all_set_up_is_well() -> None:
    assert told(**ALL) == []
    (line,) = outside(policy(), Environment(**ALL))
    assert str(line) == "✓ Ways to page people: Slack, mail and webhook"


def test_where_nobody_is_paged_no_way_is_needed() -> None:
    assert [line.what for line in outside(read_policy(Document("test", {}, None)), Environment())] == []


def test_links_that_others_could_read() -> None:
    (what,) = told(**ALL | {"public_url": "http://tocsin.example.com"})
    assert what.startswith("PUBLIC_URL begins with http://")
    assert told(**ALL | {"public_url": "http://localhost:3000"}) == []


@pytest.mark.parametrize(
    ("without", "what"),
    [
        ("smtp_url", MAIL),
        ("webhook_secret", WEBHOOK),
        ("public_url", "PUBLIC_URL is not set: pages by mail and webhook can be answered in Slack alone"),
    ],
)
def test_each_is_missed_by_itself(without: str, what: str) -> None:
    assert told(**{name: value for name, value in ALL.items() if name != without}) == [what]


def test_a_key_of_another_service_does_not_help() -> None:
    assert told(**ALL | {"pagerduty_routing_keys": SecretStr("Payments=R1, search=R2")}) == [SERVICE]


def test_half_of_twilio_is_none_of_it() -> None:
    assert told(**ALL, twilio_account_sid="AC1") == [HALF]
    whole = {"twilio_account_sid": "AC1", "twilio_auth_token": SecretStr("x"), "twilio_from": "+34911222333"}
    assert told(**ALL, **whole) == []


async def reached(url: str, *ways: Way) -> None:
    """Ada has chosen her ways."""

    def work(connection: Connection) -> None:
        subjects.lock(connection, "person:U1ADA", Reach("U1ADA"))
        subjects.save(connection, "person:U1ADA", Reach("U1ADA", ways, chosen=True), None, "", 0, "", is_open=False)

    store = await Store.open(url)
    await store.write(work)
    await store.close()


async def of_levels(url: str, *levels: str, **variables: Any) -> list[str]:
    found = policy(policies=[{"name": "pay", "levels": [{"page": name} for name in levels]}])
    lines = await oncall(found, Environment(database_url=url, alerts_token=SecretStr("long"), **variables))
    return [str(line) for line in lines]


NTFY = {"ntfy_url": "https://ntfy.example.com"}
WELL = "✓ On call: somebody is reached at every hour of the next 8 weeks"


async def test_who_is_woken_up_is_known_from_the_database(sqlite_url: str) -> None:
    (quiet,) = await of_levels(sqlite_url, "ada")
    assert quiet.startswith("! Level 1 of pay wakes nobody up: ada can be reached by Slack or mail alone — ")
    await reached(sqlite_url, Way("slack"), Way("ntfy", "topic-of-ada"))
    assert await of_levels(sqlite_url, "ada", **NTFY) == [WELL]


async def test_a_way_that_is_not_set_up_here_wakes_nobody(sqlite_url: str) -> None:
    await reached(sqlite_url, Way("slack"), Way("ntfy", "topic-of-ada"))
    unsent, quiet = await of_levels(sqlite_url, "ada")
    assert unsent.startswith("! ada chose ntfy, which is not set up here — set that way up (docs/reaching.md)")
    assert quiet.startswith("! Level 1 of pay wakes nobody up: ada ")


async def test_of_whom_slack_has_told_nothing_it_says_so(sqlite_url: str, tmp_path: Path) -> None:
    await reached(sqlite_url, Way("ntfy", "topic-of-ada"))
    unknown, well = await of_levels(sqlite_url, "ada", "bob", **NTFY)
    assert unknown.startswith("! Not known yet: whether a page of SEV1 or SEV2 would wake bob up — the database tells")
    assert well == WELL
    unknown, well = await of_levels(f"sqlite+aiosqlite:///{tmp_path}/none.db", "ada", "bob")
    assert unknown.startswith("! Not known yet: whether a page of SEV1 or SEV2 would wake ada or bob up — ")
    assert well == WELL


async def test_without_a_token_alerts_come_from_anybody(sqlite_url: str) -> None:
    assert (await oncall(policy(), Environment(database_url=sqlite_url)))[-1] == OPEN_DOOR
