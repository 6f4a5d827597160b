"""An incident opens before Slack has told who the configured people are: the page waits for it, and is not lost."""

from tests.processes.running import until
from tests.stories.kit import Stage, Story, told
from tests.stories.oncall import on_call
from tests.stories.shown import words
from tests.stories.test_page import declares, overheard

HANDLES = [{"name": name, "slack": f"@{name}"} for name in ("ada", "bob", "cleo")]
FRESH = on_call(default_policy="payments", people=HANDLES)
FORGETS = (
    "DELETE FROM workspace WHERE key = 'roster'",
    "DELETE FROM places WHERE kind = 'person'",
)
"""As on a database on which Slack was never asked."""


async def fresh(stage: Stage) -> None:
    for statement in FORGETS:
        await stage.execute(statement)


async def test_the_page_goes_as_soon_as_slack_has_told(stage: Stage) -> None:
    async with told(stage, configuration=FRESH) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await fresh(stage)
        await declares(story, ada)
        bob.is_not_paged()
        await story.forward(minutes=1)
        bob.is_not_paged()
        story.bot.workspace.look_again()
        await until(lambda: _is_paged(story), "Bob is paged once Slack has told who he is")
        await story.settled()
        page = bob.is_paged("INC-1", "Checkout is down", "Level 1 of payments")
        assert page.buttons == ["Acknowledge", "Can't, next please"]
        overheard(story)


async def test_whom_a_rule_pages_is_paged_as_soon_as_slack_has_told(stage: Stage) -> None:
    rules = [{"on": "declared", "do": "page", "page": "bob"}]
    settings = on_call(teams=[{"name": "payments"}], policies=[], default_policy=None, people=HANDLES, rules=rules)
    async with told(stage, configuration=settings) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await fresh(stage)
        await declares(story, ada)
        bob.is_not_paged()
        story.bot.workspace.look_again()
        await until(lambda: _is_paged(story), "Bob is paged once Slack has told who he is")
        await story.settled()
        bob.is_paged("INC-1", "Checkout is down")
        bob.is_not_paged()
        overheard(story)


async def _is_paged(story: Story) -> bool:
    return any("You are paged" in words(each) for each in story.person("bob").dm.messages())


async def test_where_slack_does_not_tell_the_channel_is_told_after_two_minutes(stage: Stage) -> None:
    async with told(stage, configuration=FRESH) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await fresh(stage)
        await declares(story, ada)
        await story.forward(minutes=2)
        bob.is_not_paged()
        story.room(1).expects("INC-1", "Checkout is down")
        told_so = story.room(1).expects("Nobody can be paged yet", "Slack has not told yet who that is")
        assert told_so.buttons == ["Acknowledge"]
        story.bot.workspace.look_again()
        await until(lambda: _is_paged(story), "Bob is paged once Slack has told who he is")
        await story.settled()
        bob.is_paged("INC-1", "Level 1 of payments")
        overheard(story)
