"""Killed between two reminders: whoever runs next goes on where it was."""

from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration


async def test_killed_between_it_goes_on_where_it_was(make_place: MakePlace) -> None:
    place: Place = await make_place("socket", configuration(update="6s"))
    slack = place.slack
    first = await place.run()
    await slack.types("ada", "/incident declare sev1 Checkout is down")
    room = (await slack.room(1))["id"]
    card = await slack.sees(room, "Checkout is down")
    await slack.presses("bob", card, "Acknowledge")
    await slack.sees(room, "has it")
    await first.kill()
    assert await place.status("/healthz") == 0

    await place.run()
    reminded = await slack.sees(room, "Update due", "Snooze 15 min")
    await slack.presses("bob", reminded, "Snooze 15 min")
    await slack.sees(room, "moved the next update")
    await slack.types("ada", "/incident update Still looking", room)
    await slack.sees(room, "Update #1", "Still looking")
    await slack.says_nothing_twice()
    assert len(await slack.rooms()) == 1
