"""A configuration file becomes a policy; what it leaves out has the defaults of the design."""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from bot.rules.calendar import Duration
from bot.rules.oncall.warnings import warned
from bot.rules.policy import Policy
from bot.settings.document import load
from bot.settings.policy import load_policy
from bot.settings.shapes import KEYS

EXAMPLE = Path(__file__).parents[2] / "docs" / "tocsin.example.yaml"


def policy_of(tmp_path: Path, text: str) -> Policy:
    file = tmp_path / "tocsin.yaml"
    file.write_text(text, encoding="utf-8")
    return load_policy(file)


def test_built_in_severities() -> None:
    policy = load_policy(None)
    promised = [
        (str(level.respond_within), str(level.update_every), str(level.escalate_after)) for level in policy.severities
    ]
    assert promised == [
        ("5 min", "30 min", "15 min"),
        ("15 min", "1 h", "2 h"),
        ("1 h", "4 h", "1 business day"),
        ("1 business day", "1 day", "7 days"),
    ]
    assert [(level.name, level.aliases, level.title) for level in policy.severities] == [
        ("SEV1", ("P1",), "Critical"),
        ("SEV2", ("P2",), "Major"),
        ("SEV3", ("P3",), "Minor"),
        ("SEV4", ("P4",), "Low"),
    ]
    assert [(level.hours, level.room, level.announce, level.page) for level in policy.severities] == [
        ("always", "channel", "announce", True),
        ("always", "channel", "announce", True),
        ("business", "channel", "team", False),
        ("business", "thread", "team", False),
    ]
    assert all(level.criteria for level in policy.severities)


def test_built_in_rest() -> None:
    policy = load_policy(None)
    assert policy.channels.announce == "#incidents"
    assert policy.command == "/incident"
    assert (policy.pace.rate, policy.pace.burst) == (1.0, 5)
    assert (policy.calendar.opens, policy.calendar.closes, policy.calendar.timezone.key) == (time(9), time(18), "UTC")


def test_the_example_is_whole(tmp_path: Path) -> None:
    policy = load_policy(EXAMPLE)
    assert [team.name for team in policy.teams] == ["payments", "platform"]
    assert policy.service("basket").team == "payments"
    assert date(2026, 12, 25) in policy.calendar.holidays
    assert policy.severities[1].update_every == Duration(45 * 60)
    assert policy.severities[1].respond_within == Duration(15 * 60)
    assert policy.permissions == {
        "resolve": ("commander", "@payments-oncall"),
        "severity": ("responders",),
        "acknowledge": ("anyone", "guests"),
    }
    country = (
        EXAMPLE.read_text(encoding="utf-8")
        .replace("  holidays: [", "  # [")
        .replace("  # holidays: {", "  holidays: {")
    )
    assert date(2026, 5, 2) in policy_of(tmp_path, country).calendar.holidays


def test_the_example_reaches_somebody_at_every_hour() -> None:
    found = warned(load_policy(EXAMPLE), datetime(2026, 3, 6, 17, 30, tzinfo=UTC))
    assert [each.what for each in found if each.refuses] == []


def keys_in(value: Any, path: tuple[str, ...] = ()) -> set[tuple[str, ...]]:
    """Every key of a document with those above it, lists passed over."""
    if isinstance(value, list):
        return {key for each in value for key in keys_in(each, path)}
    if not isinstance(value, dict):
        return set()
    here = {(*path, str(key)) for key in value}
    return here | {found for key, each in value.items() for found in keys_in(each, (*path, str(key)))}


def test_the_example_has_every_key() -> None:
    told = keys_in(load(EXAMPLE).data)
    elsewhere = {
        ("permissions",),
        ("business", "holidays"),
    }  # a table has those; a comment shows these
    lost = [
        ".".join((*path, key))
        for path, shape in KEYS.items()
        if path not in elsewhere
        for key in (field.alias or name for name, field in shape.model_fields.items())
        if told.isdisjoint({(*path, key), (path[0] if path else "", "layers", *path[1:], key)})
    ]
    assert lost == []


EMPTY = [
    "",
    "# nothing\n",
    "teams:\nservices:\nbusiness:\n",
    "rules:\nalerts:\nmaintenance:\naudiences:\n",
    "---\n{}\n",
]


@pytest.mark.parametrize("text", EMPTY)
def test_an_empty_file_says_nothing(tmp_path: Path, text: str) -> None:
    assert policy_of(tmp_path, text) == load_policy(None)


def test_permissions_are_words_groups_and_people(tmp_path: Path) -> None:
    text = 'permissions: {note: anyone, role: ["@ops", S1, "@ops", U1, lead]}'
    assert policy_of(tmp_path, text).permissions == {"note": ("anyone",), "role": ("@ops", "S1", "U1", "lead")}
    assert policy_of(tmp_path, text).fingerprint != load_policy(None).fingerprint
    assert policy_of(tmp_path, "permissions:").permissions == {}


def test_names_are_put_into_one_form(tmp_path: Path) -> None:
    policy = policy_of(
        tmp_path,
        """
channels: {announce: ops, triage: "#triage", digest: C024BE91L}
slack: {channel_rate: 30/min, burst: 2, command: /oops}
teams: [{name: Payments, channel: payments, group: payments-oncall, invite: ["@ada", U024BE7LH]}]
services: [{name: checkout, team: payments}]
""",
    )
    assert (policy.channels.announce, policy.channels.triage, policy.channels.digest) == (
        "#ops",
        "#triage",
        "C024BE91L",
    )
    assert (policy.teams[0].channel, policy.teams[0].group) == ("#payments", "@payments-oncall")
    assert policy.teams[0].invite == ("@ada", "U024BE7LH")
    assert policy.services[0].team == "Payments"
    assert (policy.pace.rate, policy.pace.burst, policy.command) == (0.5, 2, "/oops")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("channels: {prefix: inc}", Duration(days=7)),
        ("channels: {archive_after: 2 business days}", Duration(business_days=2)),
        ("channels: {archive_after: null}", None),
    ],
)
def test_when_archiving_a_channel_is_offered(tmp_path: Path, text: str, after: Duration | None) -> None:
    policy = policy_of(tmp_path, text)
    assert policy.channels.archive_after == after
    assert (policy.fingerprint == load_policy(None).fingerprint) == (after == Duration(days=7))


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("mon-fri", {0, 1, 2, 3, 4}),
        ("[mon, wed-fri]", {0, 2, 3, 4}),
        ('"mon-thu, sat"', {0, 1, 2, 3, 5}),
        ("sun-thu", {6, 0, 1, 2, 3}),
        ("Monday", {0}),
    ],
)
def test_business_days(tmp_path: Path, said: str, days: set[int]) -> None:
    assert policy_of(tmp_path, f"business: {{days: {said}}}").calendar.days == days


def test_business_hours_to_the_end_of_the_day(tmp_path: Path) -> None:
    calendar = policy_of(tmp_path, 'timezone: Europe/Madrid\nbusiness: {days: mon-sun, hours: "00:00-24:00"}').calendar
    assert calendar.is_open(datetime(2026, 3, 7, 23, 59, tzinfo=calendar.timezone))


def test_holidays_of_a_country(tmp_path: Path) -> None:
    calendar = policy_of(tmp_path, "business: {holidays: {country: ES, subdivision: MD}}").calendar
    assert date(2026, 5, 2) in calendar.holidays
    assert date(2026, 1, 6) in calendar.holidays
    assert date(2026, 1, 7) not in calendar.holidays
    epiphany = datetime(2026, 1, 6, 12, tzinfo=UTC)
    assert not calendar.is_open(epiphany)


def test_a_level_of_ones_own_takes_the_promises_of_its_place(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "severities: [{name: Major}, {name: SEV4, page: yes}, {name: P1}]")
    major, low, third = policy.severities
    assert (major.title, major.criteria, major.aliases, major.page) == ("Major", (), (), True)
    assert major.respond_within == Duration(300)
    assert (low.page, low.room) == (True, "thread")
    assert (third.name, third.page, third.update_every) == ("P1", False, Duration(4 * 3600))


def test_a_built_in_alias_gives_way_to_a_word_of_the_file(tmp_path: Path) -> None:
    policy = policy_of(tmp_path, "severities: [{name: SEV1}, {name: SEV2, aliases: [P1]}]")
    assert policy.severity("p1").name == "SEV2"


def test_the_fingerprint_follows_what_is_in_effect(tmp_path: Path) -> None:
    built_in = load_policy(None).fingerprint
    assert built_in
    assert policy_of(tmp_path, "# a comment\nslack: {burst: 5}").fingerprint == built_in
    texts = [
        "slack: {burst: 6}",
        "timezone: Europe/Madrid",
        "business: {holidays: [2026-12-25]}",
        "business: {holidays: {country: ES}}",
        "business: {holidays: {country: ES, subdivision: MD}}",
        "business: {hours: '09:00-17:00'}",
        "severities: [{name: SEV1}]",
    ]
    assert len({built_in, *(policy_of(tmp_path, text).fingerprint for text in texts)}) == len(texts) + 1
    assert policy_of(tmp_path, texts[4]).fingerprint == policy_of(tmp_path, texts[4]).fingerprint
