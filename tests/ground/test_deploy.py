"""What is in deploy/ agrees with the program: its variables, port, paths, commands; and with what the pages say."""

import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from bot.__main__ import app
from bot.settings.environment import Environment
from handlers.pages import pages
from store.database import ABANDONED, LOCKED_FOR, SLOWEST
from tests.ground.tree import ROOT

DEPLOY = ROOT / "deploy"
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
UNIT = (DEPLOY / "tocsin.service").read_text("utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))
ENV = (DEPLOY / "env.example").read_text("utf-8")
OPERATING = (ROOT / "docs/operating.md").read_text("utf-8")
VARIABLES = {name.upper() for name in Environment.model_fields}
OF_THE_PLACE = {"PATH", "PYTHONUNBUFFERED", "POSTGRES_PASSWORD"}
"""Variables that are not Tocsin's own."""

COMMANDS = set(get_command(app).commands)  # type: ignore[attr-defined]
CODE = [block or line for block, line in re.findall(r"```\n(.*?)```|`([^`\n]+)`", OPERATING, re.DOTALL)]
"""What the page tells to type."""


def image_variables() -> dict[str, str]:
    """What the image sets for the program."""
    [block] = re.findall(r"^ENV ((?:.*\\\n)*.*)", DOCKERFILE, re.MULTILINE)
    return dict(each.split("=", 1) for each in shlex.split(block.replace("\\\n", " ")))


def unit(key: str) -> str:
    [value] = re.findall(rf"^{key}=(.*)$", UNIT, re.MULTILINE)
    return str(value)


def test_every_variable_is_one_that_is_read() -> None:
    named = {
        *image_variables(),
        *re.findall(r"^#?([A-Z_]+)=", ENV, re.MULTILINE),
        *COMPOSE["services"]["bot"]["environment"],
    }
    assert named - OF_THE_PLACE <= VARIABLES


def test_the_image_serves_where_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in image_variables().items():
        monkeypatch.setenv(name, value)
    told = Environment()
    assert (told.host, re.findall(r"^EXPOSE (\d+)", DOCKERFILE, re.MULTILINE)) == ("0.0.0.0", [str(told.port)])
    [volume] = re.findall(r"^VOLUME (.+)", DOCKERFILE, re.MULTILINE)
    assert told.database_url == f"sqlite+aiosqlite:///{volume}/tocsin.db"
    assert f"WORKDIR {volume}\n" in DOCKERFILE  # so that tocsin.yaml is found there
    assert f"data:{volume}" in COMPOSE["services"]["bot"]["volumes"]


def test_the_image_is_built_from_what_is_pinned_and_runs_as_nobody_in_particular() -> None:
    assert "--require-hashes --requirement requirements.lock" in DOCKERFILE
    assert re.search(r"^USER (?!0|root)\d+:\d+$", DOCKERFILE, re.MULTILINE)
    assert "STOPSIGNAL SIGTERM" in DOCKERFILE
    bases = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(set(bases)) == 1
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["requires-python"]
    assert tuple(map(int, re.findall(r"\d+", bases[0])[:2])) >= tuple(map(int, re.findall(r"\d+", wanted)))


def test_all_that_the_image_needs_is_sent_to_be_built() -> None:
    sent = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {
        name.partition(".")[0].rstrip("*") for name in project["tool"]["setuptools"]["packages"]["find"]["include"]
    }
    assert packages <= set(sent)
    assert {"pyproject.toml", "requirements.lock", project["project"]["readme"]} <= set(sent)
    assert all((ROOT / each).exists() for each in sent)


def test_the_health_check_asks_for_a_page_that_there_is() -> None:
    [path] = re.findall(r"/healthz|/readyz", DOCKERFILE)

    async def no_troubles() -> list[str]:
        return []

    served = {resource.canonical for resource in pages(None, no_troubles).router.resources()}
    assert path in served
    assert set(re.findall(r"`GET (/\w+)`", OPERATING)) <= served | {"/metrics"}


def test_the_health_check_is_a_program_that_runs() -> None:
    [words] = re.findall(r'CMD (\["python", "-c", .*\])', DOCKERFILE)
    _, _, code = yaml.safe_load(words)
    ran = subprocess.run([sys.executable, "-c", code], env={"PORT": "9"}, capture_output=True, text=True, timeout=30)
    assert "URLError" in ran.stderr  # nobody answers there, which is what it has to find out


def test_commands_are_commands() -> None:
    assert unit("ExecStart").split()[1] in COMMANDS
    assert re.findall(r'^CMD \["(\w+)"\]', DOCKERFILE, re.MULTILINE) == ["run"]
    typed = re.findall(r"(?:^|[\s/`])tocsin (?!tocsin)(\w+)", "\n".join(CODE))
    assert {"backup", "copy", "migrate"} <= set(typed) <= COMMANDS


def test_the_unit_and_the_pages_name_the_same_places() -> None:
    for place in (unit("EnvironmentFile"), unit("WorkingDirectory"), unit("ExecStart").rpartition("/bin/")[0]):
        assert place in OPERATING
    assert unit("WorkingDirectory") == f"/var/lib/{unit('StateDirectory')}"
    assert f"useradd --system --home-dir {unit('WorkingDirectory')}" in OPERATING
    for file in re.findall(r"deploy/[\w.]+", OPERATING):
        assert (ROOT / file).exists() or file == "deploy/.env"


def test_stopping_is_given_longer_than_it_takes() -> None:
    assert int(unit("TimeoutStopSec")) > 5
    assert int(COMPOSE["services"]["bot"]["stop_grace_period"].removesuffix("s")) > 5


def test_it_is_started_again_however_often_it_could_not() -> None:
    assert (unit("Restart"), unit("StartLimitIntervalSec")) == ("always", "0")
    assert UNIT.index("StartLimitIntervalSec") < UNIT.index("[Service]"), "systemd passes it over in any other section"
    assert COMPOSE["services"]["bot"]["restart"] == "unless-stopped"


def test_two_bots_wait_for_the_database() -> None:
    bot, postgres = COMPOSE["services"]["bot"], COMPOSE["services"]["postgres"]
    assert bot["deploy"]["replicas"] == 2
    assert bot["depends_on"]["postgres"]["condition"] == "service_healthy"
    assert postgres["healthcheck"]["test"][1] == "pg_isready"
    assert bot["environment"]["DATABASE_URL"].startswith("postgresql://tocsin:")
    assert (ROOT / "deploy" / bot["build"]["context"] / bot["build"]["dockerfile"]).resolve() == DEPLOY / "Dockerfile"


def test_no_secret_is_in_it() -> None:
    for file in (path for path in DEPLOY.rglob("*") if path.is_file()):
        assert not re.search(r"xox[bap]-\w|xapp-\w|PASSWORD=\w", file.read_text("utf-8")), file


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    lines = [line for line in UNIT.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if line.startswith("[")] == ["[Unit]", "[Service]", "[Install]"]
    assert all(re.fullmatch(r"\[\w+\]|[A-Z]\w+=(\S.*)?", line) for line in lines)
    if analyze := shutil.which("systemd-analyze"):  # it knows each key besides
        _understood(analyze, tmp_path)


def _understood(analyze: str, tmp_path: Path) -> None:
    (tmp_path / "tocsin.service").write_text(UNIT.replace(unit("ExecStart").split()[0], sys.executable), "utf-8")
    ran = subprocess.run(
        [analyze, "verify", "--man=no", str(tmp_path / "tocsin.service")], capture_output=True, text=True, timeout=60
    )
    assert "tocsin.service:" not in ran.stderr, ran.stderr


def test_the_page_gives_a_role_what_a_connection_is_given() -> None:
    assert f"lock_timeout = '{int(LOCKED_FOR * 1000)}ms'" in OPERATING
    assert f"statement_timeout = '{SLOWEST}s'" in OPERATING
    assert f"idle_in_transaction_session_timeout = '{ABANDONED}s'" in OPERATING
