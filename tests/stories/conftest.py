"""A story for each test that asks for one."""

from collections.abc import AsyncIterator

import pytest

from tests.stories.kit import Person, Stage, Story, told

STAGES = [pytest.param(1, id="sqlite"), pytest.param(2, id="postgresql")]


@pytest.fixture(params=STAGES)
def stage(request: pytest.FixtureRequest) -> Stage:
    """One bot on SQLite; two bots on PostgreSQL, which are given the requests in turn."""
    kind = "sqlite_url" if request.param == 1 else "migrated_postgres_url"
    return Stage(str(request.getfixturevalue(kind)), bots=request.param)


@pytest.fixture
async def story(stage: Stage) -> AsyncIterator[Story]:
    """Monday 10:00 in Madrid, over HTTP."""
    async with told(stage) as told_story:
        yield told_story


@pytest.fixture
def ada(story: Story) -> Person:
    return story.person("ada")


@pytest.fixture
def bob(story: Story) -> Person:
    return story.person("bob")


@pytest.fixture
def cleo(story: Story) -> Person:
    return story.person("cleo")
