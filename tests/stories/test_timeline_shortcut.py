"""The message shortcut *Add to incident timeline*: at once in the incident's places, with a picker elsewhere."""

from tests.stories.kit import Person, Shown, Story
from tests.stories.opening import opened, resolved

ADD = "Add to incident timeline"


def address(message: Shown) -> str:
    return f"/archives/{message.channel}/p{message.ts.replace('.', '')}"


async def test_in_the_incidents_channel_at_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    said = await bob.says("Deploy 4711 went out", it.room)
    await ada.uses(ADD, on=said)
    ada.is_told("Written into the timeline of INC-1", "Deploy 4711 went out", where=it.room)
    await ada.types("/incident show", it.room)
    ada.is_told(f"<@{bob.id}>: Deploy 4711 went out", address(said), where=it.room)


async def test_in_the_announcements_thread_at_once(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    said = await bob.says("We see it too", "#incidents", thread=it.announcement)
    await ada.uses(ADD, on=said)
    ada.is_told("Written into the timeline of INC-1", "We see it too", where="#incidents")


async def test_elsewhere_a_picker_asks_which_incident(story: Story, ada: Person, bob: Person) -> None:
    await opened(story, ada)
    await opened(story, ada, "sev2 Search is slow", 2)
    said = await bob.says("The index is being rebuilt")
    await story.forward(minutes=2)
    await ada.uses(ADD, on=said)
    ada.sees_modal("Which incident?", "INC-1 SEV1 Checkout is down", "INC-2 SEV2 Search is slow")
    await ada.submits(incident="2")
    ada.sees_modal("Tocsin", "Written into the timeline of INC-2", "The index is being rebuilt")
    await ada.types("/incident INC-2 show")
    ada.is_told(f"<@{bob.id}>: The index is being rebuilt", address(said))
    entry = (await story.bot.incidents.timeline(2, 1))[0]
    assert entry.tells_of.timestamp() == float(said.ts)


async def test_the_picker_offers_closed_ones_too(story: Story, ada: Person, bob: Person) -> None:
    it = await opened(story, ada)
    await resolved(story, ada, it.room)
    said = await bob.says("It was the certificate")
    await ada.uses(ADD, on=said)
    await ada.submits(incident="1")
    ada.sees_modal("Tocsin", "Written into the timeline of INC-1")


async def test_without_any_incident_it_says_so(story: Story, ada: Person, bob: Person) -> None:
    said = await bob.says("Lunch?")
    await ada.uses(ADD, on=said)
    ada.sees_modal("Which incident?", "/incident declare")
