"""The card's ⋯ menu: all that fits the state is in it or behind *More…*, and each option does what it says."""

import pytest

from tests.stories.kit import Person, Story
from tests.stories.opening import Opened, opened, resolved

ASKING = {
    "Change severity": "Change severity",
    "Assign role": "Assign a role",
    "Resolve": "Resolve",
    "Change status": "Change status",
    "Snooze the update": "Snooze the update",
    "Add note": "Add a note",
    "Cancel: no incident": "Cancel the incident",
    "Record an event": "Record an event",
    "Change services": "Change services",
    "Post update": "Post an update",
    "Edit": "Edit",
    "Make private": "Make INC-1 private",
    "Page somebody": "Page somebody",
}
"""Labels that open a modal, and its title."""


async def offered(story: Story, it: Opened, by: Person) -> list[str]:
    """All that the card offers: buttons, menu, and what is behind *More…*."""
    found = [*it.card.buttons, *it.card.menu]
    if "More…" in found:
        await it.card.click("More…", by=by)
        rows = [block for block in by.view.blocks if block["type"] == "actions"]
        found += [element["text"]["text"] for row in rows for element in row["elements"]]
        await story.sandbox.close_view(by.id)
    return found


async def test_every_act_is_offered_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    shown = await offered(story, it, bob)
    others = ("Acknowledge", "Take command", "Merge into another", "Catch up", "Show all", "More…")
    assert sorted(shown) == sorted([*ASKING, *others])
    assert len(it.card.buttons) <= 3


@pytest.mark.parametrize(("label", "title"), ASKING.items())
async def test_each_that_asks_opens_its_modal(story: Story, ada: Person, label: str, title: str) -> None:
    it = await opened(story, ada)
    if label in [*it.card.buttons, *it.card.menu]:
        await it.card.click(label, by=ada)
    else:
        await it.card.click("More…", by=ada)
        await ada.presses(label)
    ada.sees_modal(title, "Checkout is down")


async def test_behind_more_an_act_is_carried_out_in_its_modal(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await bob.types("/incident ack", it.room)
    bob.is_told("You have INC-1", where=it.room)
    it.room.expects("has it")
    await it.card.click("More…", by=bob)
    bob.sees_modal("More", "Checkout is down")
    await bob.presses("Show all")
    bob.sees_modal("Tocsin", "Timeline", "Checkout is down")


async def test_what_is_over_offers_the_way_back(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    assert await offered(story, it, bob) == ["Reopen", "Add note", "Record an event", "Edit", "Show all"]


async def test_behind_a_more_that_has_grown_old_the_act_says_so(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await it.card.click("More…", by=bob)
    await resolved(story, ada, it.room)
    await bob.presses("Change services")
    bob.sees_modal("Change services", "already resolved")
