"""A whole incident against a Slack that is in another process, from /incident declare to reopened."""

import pytest

from tests.processes.conftest import MakePlace
from tests.processes.place import Place
from tests.processes.whole import SETTINGS, whole


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_from_declare_to_reopened(make_place: MakePlace, transport: str) -> None:
    place: Place = await make_place(transport, SETTINGS)
    await place.run()
    await whole(place)
