"""Resident memory of the bot's process."""

from pathlib import Path

from tests.processes.running import Program


def resident(program: Program) -> float:
    """Megabytes, as the kernel counts them."""
    status = Path(f"/proc/{program.process.pid}/status").read_text(encoding="ascii")
    line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def processor(program: Program) -> float:
    """Seconds of processor time used so far."""
    fields = Path(f"/proc/{program.process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100
