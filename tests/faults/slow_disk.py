"""A delayed fsync stands in for a real disk, where there is a C compiler; the tests need neither."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SOURCE = Path(__file__).with_name("slow_disk.c")
DELAY = 2000
"""Microseconds that a disk in a server takes for each fsync."""


def slow_disk(folder: Path, delay: int = DELAY) -> Mapping[str, str]:
    """The environment in which a program meets a slow disk; empty where there is no compiler, or no such preloading."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        return {}
    library = folder / "slow_disk.so"
    made = subprocess.run(
        [compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], capture_output=True, timeout=60
    )
    return {"LD_PRELOAD": str(library), "SLOW_DISK_US": str(delay)} if made.returncode == 0 else {}


def told(environment: Mapping[str, str]) -> str:
    """Which disk it is, in words."""
    if not environment:
        return "no compiler: the disk as it is"
    return f"each fsync takes {int(environment['SLOW_DISK_US']) / 1000:g} ms longer, as on a server's disk"
