"""The product runs on what requirements.lock brings: nothing in it leans on a tool for developers."""

import subprocess
import sys
from importlib.metadata import packages_distributions

from tests.ground.test_locks import entries
from tests.ground.tree import PACKAGES, ROOT

IMPORT_ALL = """
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {refused!r}:
            raise ModuleNotFoundError(f"{{name}} is not in requirements.lock", name=name)

sys.meta_path.insert(0, Refuse())
for package in {packages!r}:
    for module in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{{package}}."):
        if module.name.rpartition(".")[2] not in {{"__main__", "env"}}:
            importlib.import_module(module.name)
import bot.__main__
"""


def test_every_module_can_be_imported_without_the_tools() -> None:
    shipped, tools = (_names(lock) for lock in ("requirements.lock", "requirements-dev.lock"))
    only_tools = tools - shipped - {"setuptools"}
    refused = {
        module
        for module, distributions in packages_distributions().items()
        if {_plain(name) for name in distributions} <= only_tools
    }
    assert {"pytest", "playwright"} <= refused
    code = IMPORT_ALL.format(refused=refused, packages=PACKAGES)
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr


def _names(lock: str) -> set[str]:
    return {_plain(entry.split("==")[0]) for entry in entries(lock)}


def _plain(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
