"""The announcement channel stays readable: one message an incident, edited; new ones only for what all must hear."""

import asyncio
from collections import Counter

from bot.sandbox.records import Message
from tests.stories.kit import Person, Story, words
from tests.stories.opening import opened

HEARD = (
    ("ack", 0),
    ("unack", 0),
    ("command", 0),
    ("lead @ada", 0),
    ("note the disk is full", 0),
    ("status investigating", 0),
    ("service checkout", 0),
    ("update Looking at the disk", 1),
    ("status identified It is the disk", 1),
    ("snooze 30m", 0),
    ("severity sev1", 1),
    ("severity sev2", 0),
    ("severity sev1 All of Europe", 1),
    ("resolve Made room on the disk", 1),
    ("reopen It is full again", 1),
    ("cancel test", 0),
)
"""What is done to one SEV2, and how many new messages the announcement channel shows for it."""


def shown(story: Story) -> list[Message]:
    """What the announcement channel shows without opening a thread."""
    return [each for each in story.place("#incidents").messages() if is_top(each) or each.broadcast]


def is_top(message: Message) -> bool:
    """Whether it is no reply; Slack marks the top of a thread with its own ts."""
    return message.thread_ts in {None, message.ts}


async def test_each_change_is_heard_there_as_often_as_it_concerns_everybody(story: Story, ada: Person) -> None:
    incident = await opened(story, ada, "sev2 Disk is full")
    for line, new in HEARD:
        before = len(shown(story))
        await ada.types(f"/incident {line}", incident.room)
        assert len(shown(story)) - before == new, line
    assert [block["type"] for block in incident.announcement.message.blocks] == ["section"]
    incident.announcement.says("cancelled: test")
    all_expected(story)


async def test_after_50_incidents_of_all_severities(story: Story, ada: Person) -> None:
    levels = [f"sev{number % 4 + 1}" for number in range(50)]
    await at_once(story, ada, [f"declare {level} Thing {place} broke" for place, level in enumerate(levels)])
    assert len(shown(story)) == 50
    everyone = range(1, 51)
    await at_once(story, ada, [f"INC-{number} ack" for number in everyone])
    await at_once(story, ada, [f"INC-{number} status investigating" for number in everyone])
    assert len(shown(story)) == 50
    await at_once(story, ada, [f"INC-{number} update Looking at it" for number in everyone])
    major = sum(level in {"sev1", "sev2"} for level in levels)
    assert len(shown(story)) == 50 + major
    await at_once(story, ada, [f"INC-{number} resolve Restarted it" for number in everyone])
    assert len(shown(story)) == 50 + major + 50
    tops = [each for each in shown(story) if is_top(each)]
    assert Counter(len(each.blocks) for each in tops) == {1: 50}, "closed, each is one line"
    assert all("resolved" in words(each) for each in tops)
    all_expected(story)


async def at_once(story: Story, by: Person, lines: list[str]) -> None:
    """All these commands in the same moment."""
    where = story.place("#general").channel
    acks = await asyncio.gather(*(story.sandbox.command(by.id, where, line) for line in lines))
    assert {ack.status for ack in acks} == {"ok"}
    await story.settled()


def all_expected(story: Story) -> None:
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())
