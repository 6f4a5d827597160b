"""A figure goes wrong and right again: by a watch of ours, and by a real Prometheus and Alertmanager."""

from pathlib import Path

from tests.processes.conftest import MakePlace
from tests.processes.metered import RULES, alertmanager, exporter, prometheus
from tests.processes.place import Place, configuration

WATCHED = """
prometheus: {prometheus}
watches:
  - name: checkout errors
    kind: error_rate
    service: checkout
    severity: SEV1
    query: demo_error_ratio
    for: 1s
    every: 1s
"""
TOKEN = "alerts-are-for-friends"


async def sees(place: Place, text: str) -> None:
    """It is said in the incident's channel."""
    room = await place.slack.room(1)
    await place.slack.sees(room["id"], text)


async def test_a_watch_opens_an_incident_and_says_that_the_figure_is_back(
    make_place: MakePlace, tmp_path: Path
) -> None:
    async with exporter() as shown, prometheus(tmp_path, shown) as address:
        shown.ratio = 0.2
        place = await make_place("http", configuration() + WATCHED.format(prometheus=address))
        await place.run()
        await sees(place, "checkout errors")
        shown.ratio = 0.004
        await sees(place, "back at 0.4 %, 1 % wanted")


async def test_alertmanager_opens_an_incident_and_says_that_it_is_over(make_place: MakePlace, tmp_path: Path) -> None:
    place = await make_place("http", configuration())
    place.more["ALERTS_TOKEN"] = TOKEN
    await place.run()
    async with (
        exporter() as shown,
        alertmanager(tmp_path, place.url, TOKEN) as port,
        prometheus(tmp_path, shown, port, RULES),
    ):
        shown.ratio = 0.2
        await sees(place, "CheckoutErrors")
        shown.ratio = 0.004
        await sees(place, "CheckoutErrors* fires no longer")
