"""A real bot's /metrics, and what is built upon it: promtool and a real Prometheus have the last word."""

import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.ground.tree import ROOT
from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration
from tests.processes.running import free_port, until

RULES = ROOT / "deploy/prometheus/tocsin.rules.yml"
DASHBOARD = ROOT / "deploy/grafana/tocsin.json"
PAGE = ROOT / "docs/metrics.md"
TOKEN = "figures-are-for-friends"
BACKUP = "\nbackup: {to: kept, every: 1d, keep: 30d}\n"
FIGURE = re.compile(r"\b(?:tocsin|process)_[a-z_]+\b")
JOB = """
global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
rule_files: ["%(rules)s"]
scrape_configs:
  - job_name: tocsin
    authorization: {credentials: %(token)s}
    static_configs: [{targets: ["127.0.0.1:%(port)d"]}]
  - job_name: stranger
    static_configs: [{targets: ["127.0.0.1:%(port)d"]}]
"""


def promtool(*words: str | Path, given: str = "") -> str:
    """What promtool says; it has to be content."""
    ran = subprocess.run(["promtool", *map(str, words)], input=given, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout + ran.stderr


async def figures(place: Place, accept: str = "") -> str:
    headers = {"Authorization": f"Bearer {TOKEN}", "Accept": accept}
    async with place.slack.session.get(f"{place.url}/metrics", headers=headers) as answer:
        assert answer.status == 200
        return await answer.text()


@pytest.fixture
async def place(make_place: MakePlace) -> Place:
    """A bot at work over Socket Mode, with backups, in which something has happened."""
    made: Place = await make_place("socket", configuration() + BACKUP)
    made.more["METRICS_TOKEN"] = TOKEN
    await made.run()
    await made.slack.types("ada", "/incident declare sev1 Checkout is down")
    room = await made.slack.room(1)
    await made.slack.sees(room["id"], "Checkout is down")
    return made


def names_in(text: str) -> set[str]:
    """The figures that are named there."""
    return set(FIGURE.findall(text))


def expressions(panel: Any) -> list[str]:
    """Every query of a dashboard."""
    if isinstance(panel, list):
        return [found for each in panel for found in expressions(each)]
    if not isinstance(panel, dict):
        return []
    own = [str(panel[key]) for key in ("expr", "definition") if key in panel]
    return own + [found for value in panel.values() for found in expressions(value)]


async def test_figures_are_as_prometheus_likes_them(place: Place) -> None:
    page = await figures(place)
    assert promtool("check", "metrics", given=page) == ""
    series = [line for line in page.splitlines() if not line.startswith("#")]
    assert len(series) < 1_000, "few enough to be kept by anybody"
    for told in (
        "tocsin_ready 1.0",
        'tocsin_open_incidents{severity="SEV1"} 1.0',
        'tocsin_open_incidents{severity="SEV2"} 0.0',
        'tocsin_acknowledgements_total{kind="slash",outcome="answered"} 1.0',
        'tocsin_acknowledgement_seconds_count{kind="slash"} 1.0',
        'tocsin_slack_calls_total{method="auth.test",outcome="ok"} 1.0',
        'tocsin_slack_calls_total{method="conversations.create",outcome="ok"} 1.0',
        'tocsin_deliveries_total{kind="room",outcome="sent"} 1.0',
        'tocsin_deliveries_total{kind="room",outcome="given_up"} 0.0',
        'tocsin_deliveries_total{kind="page_sms",outcome="given_up"} 0.0',
        'tocsin_alerts_total{outcome="taken",source="alertmanager"} 0.0',
        "tocsin_processes 1.0",
    ):
        assert told in series
    assert "Checkout" not in page
    open_metrics = await figures(place, "application/openmetrics-text")
    assert open_metrics.endswith("# EOF\n")


async def test_every_figure_that_is_named_is_there(place: Place) -> None:
    there = set(re.findall(r"^([a-z_]+)", await figures(place), re.MULTILINE))
    dashboard = json.loads(DASHBOARD.read_text("utf-8"))
    assert len(expressions(dashboard)) > 20
    for text in (RULES.read_text("utf-8"), "\n".join(expressions(dashboard))):
        named = names_in(text)
        assert len(named) > 10
        assert named <= there, named - there
    told = {name for name in names_in(PAGE.read_text("utf-8")) if name.startswith("tocsin_")}
    families = {re.sub("_(bucket|count|sum)$", "", name) for name in there if name.startswith("tocsin_")}
    assert told == families, told ^ families


def test_alerts_are_sound_and_fire_when_they_should() -> None:
    assert "SUCCESS" in promtool("check", "rules", RULES)
    assert "SUCCESS" in promtool("test", "rules", RULES.with_name("tocsin.rules.test.yml"))


def test_every_query_of_the_dashboard_is_one(tmp_path: Path) -> None:
    queries = [each for each in expressions(json.loads(DASHBOARD.read_text("utf-8"))) if "label_values" not in each]
    rules = [
        {"record": f"panel_{number}", "expr": each.replace("$instance", ".*").replace("$__rate_interval", "5m")}
        for number, each in enumerate(queries)
    ]
    file = tmp_path / "dashboard.yml"
    file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": rules}]}), "utf-8")
    assert f"{len(queries)} rules found" in promtool("check", "rules", file)


def test_the_panels_lie_side_by_side() -> None:
    panels = json.loads(DASHBOARD.read_text("utf-8"))["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells))
    assert {x for x, _ in cells} == set(range(24))


def test_each_alert_says_what_to_do() -> None:
    text = RULES.read_text("utf-8")
    alerts = re.findall(r"- alert: (\w+)", text)
    tried = RULES.with_name("tocsin.rules.test.yml").read_text("utf-8")
    assert len(alerts) == text.count("summary:") == text.count("description:") == text.count("severity:")
    assert [name for name in alerts if f'alertname="{name}"' not in tried] == []


@contextmanager
def prometheus(folder: Path, **about: Any) -> Iterator[str]:
    """A real Prometheus on a port of this machine, and its address."""
    port = free_port()
    job = folder / "prometheus.yml"
    job.write_text(JOB % about, "utf-8")
    words = [f"--config.file={job}", f"--storage.tsdb.path={folder}/tsdb", f"--web.listen-address=127.0.0.1:{port}"]
    with (folder / "prometheus.txt").open("wb") as said:
        running = subprocess.Popen(["prometheus", *words], stdout=said, stderr=said)
    try:
        yield f"http://127.0.0.1:{port}/api/v1"
    finally:
        running.terminate()
        running.wait(30)


async def test_prometheus_reads_them_and_a_stranger_does_not(place: Place, tmp_path: Path) -> None:
    port = int(place.url.rpartition(":")[2])
    with prometheus(tmp_path, rules=RULES, token=TOKEN, port=port) as address:

        async def asked(query: str) -> list[tuple[dict[str, str], str]]:
            try:
                async with place.slack.session.get(f"{address}/query", params={"query": query}) as answer:
                    found = (await answer.json())["data"]["result"] if answer.status == 200 else []
            except aiohttp.ClientConnectionError:
                return []
            return [(each["metric"], each["value"][1]) for each in found]

        async def is_shut() -> bool:
            return await asked('up{job="stranger"} == 0') != []

        async def is_read() -> bool:
            return await asked('tocsin_open_incidents{severity="SEV1"} == 1') != []

        await until(is_read, "Prometheus knows of the incident")
        await until(is_shut, "who shows no token reads nothing")
        assert {metric["way"] for metric, _ in await asked("tocsin_build_info")} == {"socket"}
        assert await asked('ALERTS{alertstate="firing"}') == []
