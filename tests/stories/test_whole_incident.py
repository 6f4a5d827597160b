"""A whole incident, from declared to reopened and resolved again, over each door to Slack and on each database."""

from typing import Literal

import pytest

from tests.stories.kit import Stage, Story, told
from tests.stories.opening import busy


@pytest.mark.parametrize("transport", ["http", "socket"])
async def test_from_declared_to_resolved_again(stage: Stage, transport: Literal["http", "socket"]) -> None:
    async with told(stage, transport=transport) as story:
        await whole(story)


async def whole(story: Story) -> None:
    ada, bob, cleo = story.person("ada"), story.person("bob"), story.person("cleo")
    await ada.types("/incident declare sev2 Checkout is slow")
    ada.is_told("*INC-1* is declared")
    announcement = story.place("#incidents").expects("SEV2", "Checkout is slow")
    room = story.room(1)
    card = room.expects("Checkout is slow")

    await announcement.click("Acknowledge", by=bob)
    bob.is_told("INC-1", where="#incidents")
    room.expects(f"<@{bob.id}> has it")
    await card.click("Take command", by=cleo)
    cleo.is_told("INC-1", where=room)
    people = room.expects(f"<@{cleo.id}> took command")
    await cleo.types(f"/incident role comms <@{ada.id}>", room)
    cleo.is_told("INC-1", where=room)
    people.says(f"<@{cleo.id}> commands", f"<@{ada.id}> is communications lead")
    ada.dm.expects("communications lead")

    await bob.types("/incident status identified the last deploy is slow", room)
    bob.is_told("Update #1", where=room)
    room.expects("Update #1", "the last deploy is slow")
    story.place("#incidents").expects("Update #1")
    card.says("Identified")

    await busy(story, cleo, room, 60)
    ada.dm.expects("INC-1")
    due = room.expects("pdate due")
    card.says("due")
    await due.click("Snooze 15 min", by=ada)
    ada.is_told("INC-1", where=room)
    room.expects("moved the next update")
    card.says_not("overdue")

    await cleo.types("/incident severity sev1 nobody can pay", room)
    cleo.is_told("SEV1", where=room)
    room.expects("SEV1", "nobody can pay")
    story.place("#incidents").expects("SEV1", "nobody can pay")
    assert "SEV1" in room.topic

    await cleo.types("/incident resolve rolled the deploy back", room)
    cleo.is_told("INC-1", where=room)
    room.expects("Resolved", "rolled the deploy back")
    story.place("#incidents").expects("Resolved")
    card.says("Resolved")
    announcement.says("esolved")

    await bob.types("/incident reopen it is slow again", room)
    bob.is_told("INC-1", where=room)
    room.expects("eopened", "it is slow again")
    story.place("#incidents").expects("eopened")
    await bob.types("/incident resolve really rolled back", room)
    bob.is_told("INC-1", where=room)
    room.expects("Resolved", "really rolled back")
    story.place("#incidents").expects("Resolved")
