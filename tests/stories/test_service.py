"""Services: put on or taken off by verb or modal; the card shows who owns them, the second message where to look."""

from tests.stories.kit import Person, Story
from tests.stories.opening import opened


async def test_put_on_by_its_alias_its_owner_is_shown(story: Story, ada: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident service cart", incident.room)
    ada.is_told("checkout is on INC-1 now", where=incident.room)
    incident.room.expects("added checkout (team payments)")
    incident.card.says("*Services* checkout (team payments)")
    incident.announcement.says("checkout (team payments)")


async def test_with_dashboards_a_second_message_stands_and_is_edited(story: Story, ada: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident INC-1 service search")
    ada.is_told("search is on INC-1 now")
    links = incident.room.expects("https://grafana.example/search", "https://meet.example/search")
    incident.room.expects("added search")
    await ada.types("/incident service remove search", incident.room)
    ada.is_told("search is off INC-1 now", where=incident.room)
    incident.room.expects("took off search", "No service is named now")
    incident.card.says_not("Services")
    links.says("No dashboard or bridge").says_not("grafana.example")


async def test_from_the_menu_by_the_modal_which_turns_it_over(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada)
    await incident.card.click("More…", by=bob)
    await bob.presses("Change services")
    bob.sees_modal("Change services", "checkout", "search")
    await bob.submits(service="checkout")
    assert not bob.has_modal
    incident.room.expects("added checkout")
    await bob.types("/incident service", incident.room)
    bob.sees_modal("Change services")
    await bob.submits(service="checkout")
    incident.room.expects("took off checkout")


async def test_unknown_or_there_already(story: Story, ada: Person) -> None:
    incident = await opened(story, ada)
    await ada.types("/incident service payroll", incident.room)
    ada.is_told("“payroll”", "checkout, search", where=incident.room)
    await ada.types("/incident service checkout", incident.room)
    ada.is_told("checkout is on INC-1 now", where=incident.room)
    incident.room.expects("added checkout")
    await ada.types("/incident service add cart", incident.room)
    ada.is_told("checkout is on INC-1 already", "service remove checkout", where=incident.room)
    await ada.types("/incident service remove search", incident.room)
    ada.is_told("search is not on INC-1", "checkout", where=incident.room)
