"""Watches in the configuration file, and what is told of mistakes in them."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.rules.policy import Policy
from bot.settings.errors import ConfigError
from bot.settings.policy import load_policy

BEGIN = "prometheus: http://prometheus:9090\nservices: [{name: checkout, aliases: [cart]}]\nwatches:\n"


def read(folder: Path, text: str) -> Policy:
    file = folder / "tocsin.yaml"
    file.write_text(text, "utf-8")
    return load_policy(file)


def told(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as caught:
        read(folder, text)
    return str(caught.value)


def test_what_is_left_out_comes_from_its_kind(tmp_path: Path) -> None:
    policy = read(tmp_path, BEGIN + "  - {name: errors, kind: error_rate, query: errors / all, service: CART}\n")
    one = policy.watches[0]
    assert (one.fire, one.recover, one.lasting, one.every) == (0.05, 0.01, timedelta(minutes=5), timedelta(seconds=30))
    assert (one.service, one.severity, policy.prometheus) == ("checkout", None, "http://prometheus:9090")


def test_limits_and_times_are_read_with_their_units(tmp_path: Path) -> None:
    line = "  - {name: slow, kind: latency, query: p99, fire: 800ms, recover: 0.2, for: 90s, every: 1m, severity: P1}\n"
    one = read(tmp_path, BEGIN + line).watches[0]
    assert (one.fire, one.recover, one.severity) == (0.8, 0.2, "SEV1")
    assert (one.lasting, one.every) == (timedelta(seconds=90), timedelta(minutes=1))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  - {name: a, kind: http}", "`url`, the address that has to answer"),
        ("  - {name: a, kind: latency}", "`query`, the expression of Prometheus"),
        (
            "  - {name: a, kind: latency, query: x, url: https://x.example}",
            "a watch of the kind `latency` has no `url`",
        ),
        ("  - {name: a, kind: latency, query: x, fire: 1s, recover: 5s}", "more than `recover`"),
        ("  - {name: a, kind: traffic, query: x, fire: 95%}", "less than `recover`: it fires when traffic is low"),
        ("  - {name: a, kind: latency, query: x, for: soon}", "with its unit, such as 90s, 5m or 1h"),
        ("  - {name: a, kind: latency, query: x, every: 0s}", "a length of 1s to 1h"),
        ("  - {name: a, kind: latency, query: x, fire: fast}", "a share such as “5%”"),
        ("  - {name: a, kind: latency, query: x, service: chekout}", "from `services`"),
        ("  - {name: a, kind: latency, query: x, severity: SEV9}", "from `severities`"),
        ("  - {name: a, kind: noise, query: x}", "error_rate"),
        ("  - {name: a, kind: latency, query: x}\n  - {name: A, kind: latency, query: y}", "no other watch has"),
        ("  - {name: a, kind: latency, query: x, trheshold: 1}", "an unknown key"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, expected: str) -> None:
    assert expected in told(tmp_path, BEGIN + text)


def test_figures_need_somebody_to_ask(tmp_path: Path) -> None:
    assert "`prometheus: http://prometheus:9090`" in told(tmp_path, "watches: [{name: a, kind: latency, query: x}]")
