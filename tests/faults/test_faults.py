"""Every fault in its short form: nothing lost, nothing doubled. `make faults` tries them in full."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.every import FAULTS
from tests.faults.fault import Fault
from tests.faults.trying import Bench


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.number)
async def test_survives(fault: Fault, tmp_path: Path, new_database: Callable[..., str]) -> None:
    """On each database; they are tried side by side, since they mostly wait."""
    bench = Bench(tmp_path, new_database, is_full=False)
    for tried in await asyncio.gather(*(bench.tries(fault, database) for database in fault.databases)):
        assert tried.outcome, f"{tried.database}: {tried.broke}"
        assert tried.holds, (tried.database, tried.outcome.wrong)
