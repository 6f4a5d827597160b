"""What README and CONTRIBUTING name can be typed: the make targets, and the scripts behind them."""

import importlib
import os
import re
import subprocess

import pytest

from tests.ground.tree import ROOT

SCRIPTS = sorted((ROOT / ".ci").iterdir())
TARGETS = {
    "setup",
    "demo",
    "test",
    "browser",
    "prometheus",
    "check",
    "audit",
    "bench",
    "faults",
    "lock",
    "screenshots",
    "clean",
    "help",
}


def test_make_offers_what_is_promised() -> None:
    assert set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)) == TARGETS


@pytest.mark.parametrize("page", ["README.md", ".github/CONTRIBUTING.md", "docs/architecture.md"])
def test_pages_name_only_targets_that_exist(page: str) -> None:
    named = re.findall(r"`(?:\.ci/run|make)((?: [a-z]+)*)[^`]*`", (ROOT / page).read_text("utf-8"))
    assert {target for words in named for target in words.split()} <= TARGETS


def test_the_ci_script_runs_check_and_test() -> None:
    assert "make --no-print-directory check test" in (ROOT / ".ci/run").read_text("utf-8")
    assert ".ci/run" in (ROOT / ".github/workflows/ci.yml").read_text("utf-8")


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_scripts_are_sound(script: object) -> None:
    assert os.access(str(script), os.X_OK)
    assert subprocess.run(["bash", "-n", str(script)], capture_output=True, timeout=10).returncode == 0


def test_an_old_python_is_named_with_its_cure(tmp_path: object) -> None:
    old = ROOT.__class__(str(tmp_path)) / "python3"
    old.write_text('#!/bin/sh\ncase "$2" in *print*) echo 3.9;; *) exit 1;; esac\n', "utf-8")
    old.chmod(0o755)
    ran = _find_python(str(old.parent))
    assert ran.returncode == 1
    assert "needs Python 3.11 or later; here is 3.9" in ran.stderr


def _find_python(path: str) -> "subprocess.CompletedProcess[str]":
    bash = ["/bin/bash", str(ROOT / ".ci/python")]
    return subprocess.run(bash, env={"PATH": path}, capture_output=True, text=True, timeout=10)


@pytest.mark.parametrize("program", ["tests.bench.__main__", "tests.bench.profile", "tests.faults.__main__"])
def test_what_no_test_runs_can_be_started(program: str) -> None:
    assert callable(importlib.import_module(program).main)
