"""A story for each test that asks for one."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.stories.kit import Person, Story, told


@pytest.fixture
async def story(tmp_path: Path) -> AsyncIterator[Story]:
    """Monday 10:00 in Madrid, over HTTP and SQLite."""
    async with told(tmp_path) as told_story:
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
