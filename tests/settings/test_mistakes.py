"""Every mistake in the configuration is told with file, line, what was found and what was expected."""

from pathlib import Path

import pytest

from bot.settings.errors import ConfigError
from bot.settings.policy import load_policy

WHO = (
    "anyone, responders, roles, commander, comms, lead, scribe, oncall, guests, bots, strangers, "
    "or a user group or person such as “@payments-oncall”"
)


def told(tmp_path: Path, text: str | bytes) -> list[str]:
    file = tmp_path / "tocsin.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as error:
        load_policy(file)
    return [line.replace(f"{tmp_path}/", "") for line in str(error.value).splitlines()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\nbussiness: {}", "tocsin.yaml:2: bussiness: found an unknown key, expected `business` perhaps"),
        ("channels:\n  prefx: inc", "tocsin.yaml:2: channels.prefx: found an unknown key, expected `prefix` perhaps"),
        (
            "business:\n  holidays: {land: ES, country: ES}",
            "tocsin.yaml:2: business.holidays.land: found an unknown key, expected one of country, subdivision",
        ),
        (
            "severities:\n- name: SEV1\n  update_every: soon",
            "tocsin.yaml:3: severities.update_every: found “soon”, "
            "expected a duration such as 20s, 5m, 4h, 1d or 1 business day",
        ),
        (
            "channels:\n  archive_after: 7",
            "tocsin.yaml:2: channels.archive_after: found “7”, "
            "expected a duration with its unit, such as 20s, 5m, 4h, 1d or 1 business day",
        ),
        (
            "severities:\n- name: SEV1\n  respond_within: 30",
            "tocsin.yaml:3: severities.respond_within: found “30”, "
            "expected a duration with its unit, such as 20s, 5m, 4h, 1d or 1 business day",
        ),
        (
            "severities:\n- name: SEV1\n- name: sev1",
            "tocsin.yaml:3: severities.name: found “sev1”, "
            "expected a name or alias that no other severity has (line 2 has it too)",
        ),
        (
            "severities:\n- name: SEV1\n- name: SEV2\n  aliases: [P2, SEV1]",
            "tocsin.yaml:4: severities.aliases: found “SEV1”, "
            "expected a name or alias that no other severity has (line 2 has it too)",
        ),
        (
            "teams:\n- name: payments\n- name: Payments",
            "tocsin.yaml:3: teams.name: found “Payments”, "
            "expected a name or alias that no other team has (line 2 has it too)",
        ),
        (
            "services:\n- {name: checkout, aliases: [cart]}\n- name: cart",
            "tocsin.yaml:3: services.name: found “cart”, "
            "expected a name or alias that no other service has (line 2 has it too)",
        ),
        (
            "teams: [{name: payments}, {name: web}]\nservices:\n- name: checkout\n  team: paymnts",
            "tocsin.yaml:4: services.team: found “paymnts”, "
            "expected one of payments, web (the nearest is payments) from `teams`",
        ),
        (
            "services: [{name: checkout, team: payments}]",
            "tocsin.yaml:1: services.team: found “payments”, expected none, as none is configured from `teams`",
        ),
        (
            "severities:\n- name: SEV1\n  room: thread\n  announce: none",
            "tocsin.yaml:3: severities.room: found `thread` with `announce: none`, "
            "expected `channel`, or an `announce` other than `none`: a thread hangs from the announcement",
        ),
        (
            "severities:\n- name: SEV1\n- name: SEV4\n  announce: none",
            "tocsin.yaml:3: severities.room: found `thread` with `announce: none`, "
            "expected `channel`, or an `announce` other than `none`: a thread hangs from the announcement",
        ),
        (
            "timezone: Europe/Madird",
            "tocsin.yaml:1: timezone: found “Europe/Madird”, "
            "expected an IANA time zone, such as Europe/Madrid (the nearest is Europe/Madrid)",
        ),
        (
            "\nseverities: []",
            "tocsin.yaml:2: severities: found none, "
            "expected at least one severity (leave the key out for SEV1 to SEV4)",
        ),
        (
            "severities:\n- aliases: [x]",
            "tocsin.yaml:2: severities.name: found nothing, expected this key, which has no default",
        ),
        (
            "channels:\n  announce: #incidents",
            "tocsin.yaml:2: channels.announce: found nothing (in YAML an unquoted # begins a comment), "
            "expected a channel's name in lower case or its id, such as “#incidents” or C024BE91L",
        ),
        (
            "severities:\n- name: SEV1\n  hours: off",
            "tocsin.yaml:3: severities.hours: found “off”, expected always or business",
        ),
        (
            "severities: [{name: SEV1, page: maybe}]",
            "tocsin.yaml:1: severities.page: found “maybe”, expected yes or no",
        ),
        (
            "severities: [SEV1]",
            "tocsin.yaml:1: severities: found “SEV1”, expected a mapping, that is `key: value` lines",
        ),
        ("slack: {burst: 0}", "tocsin.yaml:1: slack.burst: found “0”, expected a whole number from 1 to 100"),
        (
            "watches: [{name: shop, kind: http, url: https://shop.example, status: 700}]",
            "tocsin.yaml:1: watches.status: found “700”, expected a whole number from 100 to 599",
        ),
        (
            "policies: [{name: all, levels: [{page: '@sre'}], repeat: 50}]\ndefault_policy: all",
            "tocsin.yaml:1: policies.repeat: found “50”, expected a whole number from 0 to 10",
        ),
        (
            "slack: {channel_rate: fast}",
            "tocsin.yaml:1: slack.channel_rate: found “fast”, "
            "expected messages in a length of time, such as 1/s or 30/min",
        ),
        (
            "business:\n  holidays:\n  - 2026-12-25\n  - 2026-13-45",
            "tocsin.yaml:4: business.holidays: found “2026-13-45”, expected a date such as 2026-12-25",
        ),
        (
            "business: {holidays: {country: Spain}}",
            "tocsin.yaml:1: business.holidays: found a mapping, "
            "expected a country by its two letters in capitals, such as {country: ES, subdivision: MD}",
        ),
        (
            'business: {hours: "18:00-09:00"}',
            "tocsin.yaml:1: business.hours: found “18:00-09:00”, "
            "expected opening and closing hour of one day, such as “09:00-18:00”",
        ),
        (
            "timezone: UTC\n\ntimezone: UTC",
            "tocsin.yaml:3: timezone: found the key a second time, expected it once (it is also on line 1)",
        ),
        ("- a\n- b", "tocsin.yaml:1: found a list, expected keys such as `timezone:`, `channels:`, `severities:`"),
        (
            "permissions:\n  privat: anyone",
            "tocsin.yaml:2: permissions.privat: found an unknown key, expected `private` perhaps",
        ),
        (
            "permissions: {note: comander}",
            f"tocsin.yaml:1: permissions.note: found “comander”, expected `commander` perhaps: one of {WHO}",
        ),
        ("permissions: {note: []}", f"tocsin.yaml:1: permissions.note: found a list, expected at least one of {WHO}"),
        (
            "permissions: {declare: [lead]}",
            "tocsin.yaml:1: permissions.declare: found a list, expected one of anyone, oncall, guests, bots, "
            "strangers, or a user group or person such as “@payments-oncall”",
        ),
        (
            "1: x",
            "tocsin.yaml:1: 1: found an unknown key, expected one of timezone, business, channels, slack, teams, "
            "services, audiences, people, rotations, policies, default_policy, rules, severities, heartbeat, backup, "
            "retention, changes, prometheus, watches, alerts, maintenance, permissions",
        ),
    ],
)
def test_one_mistake(tmp_path: Path, text: str, expected: str) -> None:
    assert told(tmp_path, text) == [expected]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("teams: [\nservices: {", "tocsin.yaml:2: found "),
        ("a: b: c", "tocsin.yaml:1: found "),
        ("teams:\n\t- x", "tocsin.yaml:2: found "),
        ("timezone: *nowhere", "tocsin.yaml:1: found "),
        ("timezone: UTC\n---\ntimezone: UTC", "tocsin.yaml:2: found "),
        ("timezone: !!python/object:os.system x", "tocsin.yaml:1: found "),
        ("a: \x00", "tocsin.yaml: found "),
        (b"\xff\xfe\xfd", "tocsin.yaml: found bytes that are not UTF-8"),
        ("slack: {burst: !!int five}", "tocsin.yaml: found a value that cannot be read"),
        ("[" * 5000, "tocsin.yaml: found "),
    ],
)
def test_what_is_no_yaml(tmp_path: Path, text: str | bytes, place: str) -> None:
    (line,) = told(tmp_path, text)
    assert line.startswith(place)
    assert ", expected " in line


def test_a_list_that_contains_itself(tmp_path: Path) -> None:
    assert all(line.startswith("tocsin.yaml:") for line in told(tmp_path, "teams: &a [*a]"))


def test_every_mistake_is_told_at_once_in_order(tmp_path: Path) -> None:
    text = "timezone: Moon\nslak: {}\nseverities:\n- {name: SEV1, update_every: soon}\n- {name: SEV1}\n"
    assert [line.split(": found")[0] for line in told(tmp_path, text)] == [
        "tocsin.yaml:1: timezone",
        "tocsin.yaml:2: slak",
        "tocsin.yaml:4: severities.update_every",
        "tocsin.yaml:5: severities.name",
    ]


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    for path, found in ((tmp_path / "none.yaml", "no such file or directory"), (tmp_path, "is a directory")):
        with pytest.raises(ConfigError, match=f"{path}: found {found}, expected a readable file"):
            load_policy(path)
