"""A whole incident, as people live it, from declared to reopened."""

from tests.processes.place import Place, configuration

SETTINGS = configuration(respond="20s", update="3s", escalate="1h")
"""In which an update falls due soon."""


async def whole(place: Place) -> None:
    """Plays it, and looks that nothing was said twice and nothing went wrong."""
    slack = place.slack
    await slack.types("ada", "/incident declare sev1 Checkout is down")
    room = (await slack.room(1))["id"]
    card = await slack.sees(room, "Checkout is down")
    announced = await slack.sees("incidents", "Checkout is down", f"<#{room}>")
    await slack.presses("bob", card, "Acknowledge")
    await slack.sees(room, "has it")
    await slack.types("bob", "/incident command", room)
    await slack.types("bob", f"/incident lead <@{await slack.person('cleo')}>", room)
    await slack.sees(room, "lead")
    await slack.types("bob", "/incident status identified A bad deploy", room)
    await slack.sees(room, "A bad deploy")
    await slack.types("bob", "/incident update Rolling back now", room)
    await slack.sees(room, "Update #2", "Rolling back now")
    reminded = await slack.sees(room, "Update due", "Snooze 15 min")
    await slack.presses("bob", reminded, "Snooze 15 min")
    await slack.types("bob", "/incident severity sev2 Only a third is affected", room)
    await slack.sees(room, "Only a third is affected")
    await slack.types("bob", "/incident resolve Rolled back", room)
    await slack.sees(room, "Rolled back")
    await slack.sees("incidents", "Resolved")
    await slack.types("ada", "/incident reopen It is back", room)
    await slack.sees(room, "It is back")
    await slack.sees("incidents", "reopened it")

    assert announced.ts == (await slack.read("incidents"))[0].ts
    assert len(await slack.rooms()) == 1
    await slack.says_nothing_twice()
    assert await slack.refused() == []
    for bot in place.bots:
        assert "ERROR" not in bot.said, bot.said
