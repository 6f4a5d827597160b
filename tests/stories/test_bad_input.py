"""Bad input: an unknown name gets the known ones, strange text is cut and escaped, and nothing mentions anybody."""

import re

import pytest

from bot.sandbox.records import Message
from tests.stories.kit import Person, Story, words
from tests.stories.opening import opened

NASTY = "Tom & Jerry <!channel> <@U0002> *bold* `code` <https://evil.example|bank.example> &amp; </b>"
"""As typed; what people see must be just this."""

LONG = "A very long word and another " * 120


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("acck", ("“acck”", "/incident ack`")),
        ("declair sev1 It is down", ("Did you mean `/incident declare`?",)),
        ("xyzzy", ("“xyzzy”", "after `/incident`", "`declare [")),
        ("help xyzzy", ("“xyzzy”", "after `/incident`", "`declare [")),
        ("declare sev9 It is down", ("“sev9”", "SEV1, SEV2, SEV3, SEV4")),
        ("INC-7 ack", ("There is no INC-7", "list")),
        ("ack INC-7", ("There is no INC-7", "list")),
        ("show 7", ("There is no INC-7",)),
        ("resolve INC-999999999999 done", ("There is no INC-999999999999",)),
        ("list service:payroll", ("“payroll”", "checkout, search")),
    ],
)
async def test_without_an_incident(story: Story, ada: Person, line: str, told: tuple[str, ...]) -> None:
    await ada.types(f"/incident {line}")
    ada.is_told(*told)


async def test_about_an_incident(story: Story, ada: Person) -> None:
    incident = await opened(story, ada)
    for line, told in (
        ("severity huge", ("“huge”", "SEV1, SEV2, SEV3, SEV4")),
        ("role king @ada", ("“king”", "commander, comms, lead, scribe")),
        ("command @nobody", ("@nobody", "Slack's list")),
        ("command <@U9999>", ("U9999",)),
        ("service payroll", ("“payroll”", "checkout, search")),
        ("status fine", ("“fine”", "monitoring")),
        ("snooze soon", ("30m",)),
        ("snooze 99d", ("a minute up to a day",)),
        ("cancel", ()),
    ):
        await ada.types(f"/incident {line}", incident.room)
        if told:
            ada.is_told(*told, where=incident.room)
    ada.sees_modal("Cancel the incident")
    incident.room.expects_nothing()


async def test_an_empty_title_is_asked_for_in_the_modal(story: Story, ada: Person) -> None:
    await ada.types("/incident declare sev1   ")
    await ada.submits(title=" \u200b ")
    assert "Say in a few words what is wrong" in ada.view.errors["What is wrong?"]
    await ada.submits(title="Checkout is down")
    ada.sees_modal("Tocsin", "INC-1")
    story.place("#incidents").expects("Checkout is down")
    story.room(1).expects("Checkout is down")


async def test_a_title_of_3000_characters_is_cut_and_kept_whole_beside_the_card(story: Story, ada: Person) -> None:
    title = ("Everything is broken again " * 120)[:2_990]
    await ada.types(f"/incident declare sev1 {title}")
    ada.is_told("INC-1")
    announcement = story.place("#incidents").expects("Everything is broken")
    assert len(announcement.message.text) < 400
    assert len(story.sandbox.channel(story.room(1).channel).name) <= 80
    story.room(1).expects("Everything is broken", "Acknowledge")
    whole = story.room(1).expects("in full")
    assert words(whole.message).count("Everything is broken again") > 70


@pytest.mark.parametrize(
    "title", ["🔥🔥🔥", "Платежи не работают", "支払いができない", "!!!", "../../etc/passwd", "INC-5"]
)
async def test_a_title_of_emoji_or_another_script(story: Story, ada: Person, title: str) -> None:
    await ada.types(f"/incident declare sev1 {title}")
    ada.is_told(title)
    story.place("#incidents").expects(title)
    [room] = [each for each in story.sandbox.ws.channels.values() if each.name.startswith("inc-1")]
    assert re.fullmatch(r"inc-1(-[a-z0-9-]*[a-z0-9])?", room.name)
    story.place(room.name).expects(title)


@pytest.mark.parametrize("title", ["The payload is too large", "payload=1&text=help", '{"text": "help"}'])
async def test_a_title_that_reads_like_a_request(story: Story, ada: Person, title: str) -> None:
    await ada.types(f"/incident declare sev1 {title}")
    ada.is_told("INC-1", title)
    story.place("#incidents").expects(title)
    story.room(1).expects(title)


async def test_what_people_type_mentions_nobody_and_reads_as_typed(story: Story, ada: Person, bob: Person) -> None:
    await ada.types("/incident declare")
    await ada.submits(title=NASTY, severity="SEV1", affected=NASTY, services=["checkout"])
    ada.sees_modal("Tocsin", "INC-1")
    room = story.room(1)
    for label, values in (
        ("update", {"text": NASTY, "impact": NASTY}),
        ("note", {"text": NASTY}),
        ("status", {"status": "monitoring", "text": NASTY}),
        ("severity", {"severity": "SEV2", "why": NASTY}),
        ("resolve", {"fix": NASTY, "impact": NASTY, "cause": NASTY}),
        ("reopen", {"why": NASTY}),
    ):
        await bob.types(f"/incident {label}", room)
        await bob.submits(**values)
        assert not bob.has_modal, bob.view.errors
    await bob.types("/incident show", room)
    await bob.types("/incident list <!here> & <@U0001>")
    said = list(story.bot_messages())
    nasty = [each for each in said if "Jerry" in each.text]
    assert len(nasty) > 12
    for message in said:
        mentions_nobody(message)
    for message in nasty:
        assert "Tom & Jerry <!channel> <@U0002>" in words(message)
        assert "Tom &amp;amp;" not in raw(message)
    story.expected.update((each.channel, each.ts) for each in said)


async def test_the_same_typed_in_a_line(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada, "sev1 Tom & Jerry <!channel> @bob say 1 < 2")
    for line in ("update", "note", "resolve", "reopen", "cancel other"):
        await bob.types(f"/incident {line} <!here> & @ada #general say 1 < 2 &lt;b&gt;", incident.room)
    for message in story.bot_messages():
        mentions_nobody(message)
        assert "Jerry" not in message.text or "Tom & Jerry @channel @bob say 1 < 2" in words(message)
    assert any("@here & @ada #general say 1 < 2 &lt;b&gt;" in words(m) for m in story.bot_messages())
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())


async def test_whatever_is_too_long_is_cut_and_arrives(story: Story, ada: Person, bob: Person) -> None:
    incident = await opened(story, ada, f"sev1 {LONG[:1_000]}")
    for line in ("update", "note", "status monitoring", "severity sev2", "resolve", "reopen", "cancel other"):
        await bob.types(f"/incident {line} {LONG[:2_900]}", incident.room)
    for line in (LONG, f"service {LONG}", f"severity {LONG}", f"status {LONG.replace(' ', '_')}", f"list {LONG}"):
        await bob.types(f"/incident {line}", incident.room)
    assert max(len(each.text) for each in story.bot_messages()) < 4_000
    story.expected.update((each.channel, each.ts) for each in story.bot_messages())


def raw(message: Message) -> str:
    return f"{message.text} {message.blocks}"


def mentions_nobody(message: Message) -> None:
    """Only people whom the bot itself names are mentioned; nobody on a stranger's word."""
    markup = raw(message)
    assert not re.search(r"<!(channel|here|everyone)", markup), markup
    assert "<https://evil.example|" not in markup
