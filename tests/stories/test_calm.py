"""Calm: how often people press and how much is said in a whole SEV1, as the table in the docs has it; no more."""

import re
from collections import Counter
from pathlib import Path

from tests.stories.kit import Story

DOCS = Path(__file__).parents[2] / "docs" / "calm.md"
ROW = re.compile(r"^\| (?P<what>[^|]+?) \| (?P<count>\d+) \|", re.MULTILINE)
PRESSES = frozenset({"click", "submit", "command", "shortcut"})


def documented(heading: str) -> dict[str, int]:
    """The numbers of the table under a heading."""
    section = DOCS.read_text(encoding="utf-8").partition(f"## {heading}\n")[2].partition("\n## ")[0]
    return {row["what"]: int(row["count"]) for row in ROW.finditer(section)}


class Presses:
    """Counts what people press, a typed line as one; what is put into a field of a modal is no press."""

    def __init__(self, story: Story) -> None:
        self.count = 0
        story.sandbox.ws.observers.append(self.observe)

    def observe(self, kind: str, **_: object) -> None:
        self.count += kind in PRESSES

    def taken(self) -> int:
        """How many since the last asking."""
        count, self.count = self.count, 0
        return count


async def lived(story: Story) -> dict[str, int]:
    """A SEV1 from declared to resolved, with three updates and two hand-overs; the presses that each act took."""
    ada, bob, cleo = story.person("ada"), story.person("bob"), story.person("cleo")
    presses, took = Presses(story), dict[str, int]()
    await ada.types("/incident declare sev1 Checkout is down")
    took["declare, in one line"] = presses.taken()
    room = story.room(1)
    card = next(each for each in room.messages() if "INC-1" in each.text)
    shown = room.expects(card.text)
    await shown.click("Acknowledge", by=ada)
    took["acknowledge"] = presses.taken()
    await shown.click("Take command", by=ada)
    took["take command"] = presses.taken()
    await story.forward(minutes=10)
    await shown.click("Post update", by=ada)
    await ada.submits(text="Rolling the deploy back", impact="Nobody can pay")
    took["post an update"] = presses.taken()
    await story.forward(minutes=15)
    await ada.types(f"/incident handoff <@{bob.id}> you know the database", room)
    took["hand command over, in one line"] = presses.taken()
    offer = next(each for each in bob.dm.messages() if "command" in each.text)
    await bob.dm.expects(offer.text).click("I have command", by=bob)
    took["take it"] = presses.taken()
    await shown.click("Post update", by=bob)
    await bob.submits(text="The rollback is out, errors fall")
    await story.forward(minutes=20)
    await bob.types(f"/incident handoff <@{cleo.id}>", room)
    offer = next(each for each in cleo.dm.messages() if "command" in each.text)
    await cleo.dm.expects(offer.text).click("I have command", by=cleo)
    await cleo.types("/incident status monitoring error rate is at its baseline", room)
    presses.taken()
    await story.forward(minutes=15)
    await shown.click("Resolve", by=cleo)
    await cleo.submits(fix="Rolled the deploy back")
    took["resolve"] = presses.taken()
    return took


def heard(story: Story) -> dict[str, int]:
    """How many messages stand where; what only one person saw for a moment is counted apart, edits not at all."""
    channels, count = story.sandbox.ws.channels, Counter[str]()
    for message in story.bot_messages():
        place = channels[message.channel]
        if message.ephemeral_for:
            count["seen only by who pressed"] += 1
        elif place.name == "incidents":
            in_thread = message.thread_ts not in {None, message.ts} and not message.broadcast
            count["in the thread of the announcement" if in_thread else "in the announcement channel"] += 1
        elif place.name.startswith("inc-"):
            count["in the incident's channel"] += 1
        else:
            count["direct messages, all people together"] += 1
        story.expected.add((message.channel, message.ts))
    return dict(count)


async def test_the_presses_and_the_messages_of_a_whole_incident(story: Story) -> None:
    assert await lived(story) == documented("Presses")
    assert heard(story) == documented("Messages")
