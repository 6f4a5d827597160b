"""A slower disk, and a wall clock that is set: C preloaded into the bot, where there is a compiler."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

DELAY = 2000
"""Microseconds that a disk in a server takes for each fsync."""


def slow_disk(folder: Path, delay: int = DELAY) -> Mapping[str, str]:
    """The environment in which a program meets a slow disk; empty where it cannot be."""
    library = _compiled(folder, "slow_disk")
    return {"LD_PRELOAD": library, "SLOW_DISK_US": str(delay)} if library else {}


def wall_clock(folder: Path, jump: Path) -> Mapping[str, str]:
    """The environment in which a program's wall clock is as many seconds off as that file says; empty likewise."""
    library = _compiled(folder, "wall_clock")
    return {"LD_PRELOAD": library, "WALL_CLOCK": str(jump)} if library else {}


def full_disk(folder: Path, mark: Path) -> Mapping[str, str]:
    """The environment in which a program's disk is full while that file exists; empty likewise."""
    library = _compiled(folder, "full_disk")
    return {"LD_PRELOAD": library, "FULL_DISK": str(mark)} if library else {}


def together(*environments: Mapping[str, str]) -> dict[str, str]:
    """All of it for one program."""
    libraries = [each["LD_PRELOAD"] for each in environments if each]
    merged = {name: value for each in environments for name, value in each.items()}
    return merged | ({"LD_PRELOAD": ":".join(libraries)} if libraries else {})


def told(environment: Mapping[str, str]) -> str:
    """Which disk it is, in words."""
    if not environment:
        return "no compiler: the disk as it is"
    return f"each fsync takes {int(environment['SLOW_DISK_US']) / 1000:g} ms longer, as on a server's disk"


def _compiled(folder: Path, name: str) -> str:
    """The library's path; empty where there is no compiler, or where nothing can be preloaded."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return ""
    library, source = folder / f"{name}.so", Path(__file__).with_name(f"{name}.c")
    words = [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(source), "-ldl"]
    return str(library) if subprocess.run(words, capture_output=True, timeout=60).returncode == 0 else ""
