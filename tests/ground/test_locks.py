"""Lock files pin everything by hash, for every platform, and name no index host."""

import re
import tomllib

import pytest

from tests.ground.tree import ROOT

LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"([a-z0-9-]+)==[^ ]+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", re.ASCII)


def entries(lock: str) -> list[str]:
    text = (ROOT / lock).read_text("utf-8").strip()
    return re.split(r"\n(?=[^ \n])", text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_is_pinned_with_hashes_and_nothing_else(lock: str) -> None:
    assert [entry.splitlines()[0] for entry in entries(lock) if not PINNED.fullmatch(entry)] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_host_is_named(lock: str) -> None:
    assert not re.search(r"://|--(extra-)?index|--find-links|@ ", (ROOT / lock).read_text("utf-8"))


def test_what_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    dev = [each for each in groups["dev"] if isinstance(each, str)]
    wanted = {
        "requirements.lock": project["project"]["dependencies"] + groups["build"],
        "requirements-dev.lock": project["project"]["dependencies"] + groups["build"] + dev,
    }
    for lock, requirements in wanted.items():
        locked = {entry.split("==")[0] for entry in entries(lock)}
        assert {_name(each) for each in requirements} <= locked, lock


def test_what_builds_the_project_is_locked_too() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["build-system"]["requires"] == project["dependency-groups"]["build"]


def test_both_lock_files_agree() -> None:
    assert set(entries("requirements.lock")) <= set(entries("requirements-dev.lock"))


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return found[0].lower().replace("_", "-")
