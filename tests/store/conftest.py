"""Each test of the store runs on SQLite and on PostgreSQL, on a database of its own."""

from collections.abc import AsyncIterator

import pytest

from store.database import Store


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    """A migrated database of either kind."""
    return str(request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "migrated_postgres_url"))


@pytest.fixture
async def store(url: str) -> AsyncIterator[Store]:
    """An open store of either kind."""
    opened = await Store.open(url)
    yield opened
    await opened.close()
