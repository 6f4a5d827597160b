"""Who does not belong here: people of another workspace and bots are refused; a guest may do what is permitted."""

from dataclasses import dataclass, replace
from typing import Any

import pytest

from bot.sandbox.delivery import Answer, Carrier, Parcel
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.opening import opened

ELSEWHERE = "T0999"


@dataclass
class Abroad:
    """Carries what people do as though they did it from another workspace, over a shared channel."""

    carrier: Carrier
    known: bool = True

    async def carry(self, parcel: Parcel, limit: float) -> Answer:
        payload: dict[str, Any] = dict(parcel.payload)
        if parcel.kind == "slash_commands":
            payload["team_id"] = ELSEWHERE
        elif parcel.kind == "interactive":
            payload["user"] = {**payload["user"], "team_id": ELSEWHERE}
        else:
            payload["event"] = {**payload["event"], "team": ELSEWHERE, "user_team": ELSEWHERE}
        return await self.carrier.carry(replace(parcel, payload=payload), limit)


@dataclass
class ByBots:
    """Carries what is said as though a bot had said it."""

    carrier: Carrier
    known: bool = True

    async def carry(self, parcel: Parcel, limit: float) -> Answer:
        event = {**parcel.payload["event"], "bot_id": "B0777"}
        return await self.carrier.carry(replace(parcel, payload={**parcel.payload, "event": event}), limit)


@dataclass
class WithShared:
    """Carries events as those of a channel that is shared with another workspace, where new people come from there."""

    carrier: Carrier
    tells_of_people: bool
    known: bool = True

    async def carry(self, parcel: Parcel, limit: float) -> Answer:
        payload: dict[str, Any] = {**parcel.payload, "is_ext_shared_channel": True}
        if payload["event"]["type"] == "team_join":
            if not self.tells_of_people:
                return Answer("ok")
            payload["event"] = {**payload["event"], "user": {**payload["event"]["user"], "team_id": ELSEWHERE}}
        return await self.carrier.carry(replace(parcel, payload=payload), limit)


async def test_people_of_another_workspace_are_refused_at_every_door(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await cleo.joins(it.room)
    delivery = story.sandbox.delivery
    ours, delivery.carrier = delivery.carrier, Abroad(delivery.carrier)
    only = "Only people of the workspace that I belong to"
    await cleo.types("/incident ack", it.room)
    cleo.is_told(only, where=it.room)
    await cleo.types("/incident update", it.room)
    cleo.is_told(only, where=it.room)
    for label in ("Acknowledge", "Post update"):
        await it.card.click(label, by=cleo)
        cleo.is_told(only, where=it.room)
    await cleo.types("@tocsin ack", it.room)
    cleo.is_told(only, where=it.room)
    said = await cleo.says("I see it too", it.room)
    await cleo.uses("Add to incident timeline", on=said)
    cleo.is_told(only, where=it.room)
    await cleo.uses("Declare incident")
    assert not cleo.has_modal
    cleo.dm.expects(only)
    delivery.carrier = ours
    assert not [each for each in await story.bot.incidents.timeline(1, 100) if each.person == cleo.id]


@pytest.mark.parametrize("tells_of_people", [True, False])
async def test_an_emoji_of_theirs_which_does_not_say_whose_it_is(
    story: Story, ada: Person, *, tells_of_people: bool
) -> None:
    it = await opened(story, ada)
    said = await ada.says("It is the cache", it.room)
    delivery = story.sandbox.delivery
    ours, delivery.carrier = delivery.carrier, WithShared(delivery.carrier, tells_of_people)
    story.sandbox.add_user("xen", "Xen")
    xen = story.person("xen")
    await xen.joins(it.room)
    await story.sandbox.react(xen.id, said.channel, said.ts, "pushpin")
    await story.settled()
    xen.is_told("Only people of the workspace that I belong to", where=it.room)
    await story.sandbox.react(ada.id, said.channel, said.ts, "pushpin")
    await story.settled()
    ada.is_told("Written into the timeline of INC-1", where=it.room)
    delivery.carrier = ours
    written = [each for each in await story.bot.incidents.timeline(1, 100) if each.source == "emoji"]
    assert [each.person for each in written] == [ada.id]


async def test_a_modal_that_was_handed_to_them_is_refused_too(story: Story, ada: Person, cleo: Person) -> None:
    it = await opened(story, ada)
    await cleo.types("/incident resolve", it.room)
    story.sandbox.delivery.carrier = Abroad(story.sandbox.delivery.carrier)
    await cleo.submits(fix="Bribed somebody")
    cleo.sees_modal("Tocsin", "Only people of the workspace")


async def test_bots_give_no_orders_and_are_not_answered(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    story.sandbox.delivery.carrier = ByBots(story.sandbox.delivery.carrier)
    await bob.types("@tocsin resolve it went away", it.room)
    it.card.says("not acknowledged yet")
    await story.settled()


async def test_a_bot_gets_no_role(story: Story, ada: Person) -> None:
    it = await opened(story, ada)
    await ada.types(f"/incident lead <@{story.sandbox.bot_user}>", it.room)
    ada.is_told("is a bot. Name a person.", where=it.room)


async def test_a_guest_may_act_where_that_is_permitted_and_who_cannot_be_invited_is_named(stage: Stage) -> None:
    async with told(stage, configuration={"permissions": {"acknowledge": ["anyone", "guests"]}}) as story:
        ada = story.person("ada")
        await told_of_guest(story)
        it = await opened(story, ada)
        gus = story.person("gus")
        story.allow("conversations.invite", "user_is_restricted")
        await it.announcement.click("Acknowledge", by=gus)
        gus.is_told("You have INC-1", where="#incidents")
        it.room.expects(f"<@{gus.id}> has it")
        it.room.expects(f"I could not invite <@{gus.id}>", "add them by hand")
        it.announcement.says(f"<@{gus.id}> has it")
        await ada.types("/incident show", it.room)
        ada.is_told(f"Tocsin could not invite <@{gus.id}>", where=it.room)


async def told_of_guest(story: Story) -> None:
    """Gus, a guest who is in #incidents alone."""
    gus = story.sandbox.add_user("gus", "Gus", guest=True)
    story.sandbox.channel("incidents").members.append(gus)
    await story.settled()
