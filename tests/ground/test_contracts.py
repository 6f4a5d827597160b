"""The import contracts of pyproject.toml hold: the floors of the house, and who may know what."""

import subprocess
import sys
from pathlib import Path

from tests.ground.tree import ROOT


def test_import_contracts_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    ran = subprocess.run([lint, "--no-cache", "--no-logo"], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stdout + ran.stderr
