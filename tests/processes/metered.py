"""A real Prometheus, a real Alertmanager, and a program whose figure can be set."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web

from tests.processes.running import free_port

PROMETHEUS = """
global: {{scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}}
rule_files: ["{folder}/rules.yml"]
alerting: {{alertmanagers: [{{static_configs: [{{targets: ["127.0.0.1:{alertmanager}"]}}]}}]}}
scrape_configs: [{{job_name: checkout, static_configs: [{{targets: ["127.0.0.1:{exporter}"]}}]}}]
"""
RULES = """
groups:
  - name: checkout
    rules:
      - alert: CheckoutErrors
        expr: demo_error_ratio > 0.05
        labels: {severity: critical, service: checkout}
        annotations:
          summary: "One request in {{ $value | humanizePercentage }} fails"
          runbook_url: https://runbooks.example/checkout
"""
ALERTMANAGER = """
route: {{receiver: tocsin, group_wait: 1s, group_interval: 1s, repeat_interval: 1h}}
receivers:
  - name: tocsin
    webhook_configs:
      - url: {url}/alerts/alertmanager
        send_resolved: true
        http_config: {{authorization: {{credentials: {token}}}}}
"""


@dataclass
class Exporter:
    """A program that shows one figure."""

    port: int
    ratio: float = 0.0

    async def page(self, _request: web.Request) -> web.Response:
        """What Prometheus reads."""
        return web.Response(text=f"# TYPE demo_error_ratio gauge\ndemo_error_ratio {self.ratio}\n")


@asynccontextmanager
async def exporter() -> AsyncIterator[Exporter]:
    """One at work."""
    made = Exporter(free_port())
    app = web.Application()
    app.router.add_get("/metrics", made.page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", made.port).start()
    try:
        yield made
    finally:
        await runner.cleanup()


@asynccontextmanager
async def running(folder: Path, program: str, *words: str) -> AsyncIterator[None]:
    """A program, until this ends."""
    with (folder / f"{program}.txt").open("wb") as said:
        process = await asyncio.create_subprocess_exec(program, *words, stdout=said, stderr=said)
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


@asynccontextmanager
async def prometheus(folder: Path, shown: Exporter, alertmanager: int = 1, rules: str = "") -> AsyncIterator[str]:
    """A Prometheus that reads the figure each second, and its address."""
    port = free_port()
    (folder / "rules.yml").write_text(rules, "utf-8")
    about = PROMETHEUS.format(folder=folder, alertmanager=alertmanager, exporter=shown.port)
    (folder / "prometheus.yml").write_text(about, "utf-8")
    words = (f"--config.file={folder}/prometheus.yml", f"--storage.tsdb.path={folder}/tsdb")
    async with running(folder, "prometheus", *words, f"--web.listen-address=127.0.0.1:{port}"):
        yield f"http://127.0.0.1:{port}"


@asynccontextmanager
async def alertmanager(folder: Path, url: str, token: str) -> AsyncIterator[int]:
    """An Alertmanager that tells a Tocsin at this address, and its port."""
    port = free_port()
    (folder / "alertmanager.yml").write_text(ALERTMANAGER.format(url=url, token=token), "utf-8")
    words = (f"--config.file={folder}/alertmanager.yml", f"--storage.path={folder}/alertmanager")
    more = (f"--web.listen-address=127.0.0.1:{port}", "--cluster.listen-address=")
    program = "alertmanager" if shutil.which("prometheus-alertmanager") is None else "prometheus-alertmanager"
    async with running(folder, program, *words, *more):
        yield port
