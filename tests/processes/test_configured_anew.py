"""A changed configuration holds for what is open already: after the restart every open incident is looked at again."""

from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration


async def test_a_shorter_promise_is_kept_after_the_restart(make_place: MakePlace) -> None:
    place: Place = await make_place()
    first = await place.run()
    await place.slack.types("ada", "/incident declare sev1 Checkout is down")
    room = await place.slack.room(1)
    await place.slack.sees(room["id"], "Checkout is down")
    assert await first.stop() == 0

    place.configure(configuration(respond="2s"))
    await place.run()
    await place.slack.sees(room["id"], "Nobody has acknowledged it within 2 s")
    await place.slack.says_nothing_twice()
