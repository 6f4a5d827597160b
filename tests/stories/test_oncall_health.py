"""After a week with pages at night somebody asks how on-call weighs on people, and shares it."""

import os
from pathlib import Path

import pytest

from scheduler import drawing
from tests.stories.kit import Person, Stage, Story, told
from tests.stories.oncall import on_call
from tests.stories.test_page import overheard

PAGING = on_call(default_policy="payments")
DAY = 24 * 60


async def a_bad_week(story: Story, ada: Person, bob: Person) -> None:
    """Bob, for whom it is four in the morning, is paged on four days; the first time for nothing."""
    for number in range(1, 5):
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("is declared")
        page = bob.is_paged(f"INC-{number}")
        await story.forward(minutes=3)
        await page.click("Acknowledge", by=bob)
        bob.is_told(f"You have INC-{number}", where=bob.dm)
        last = "cancel false alarm" if number == 1 else "resolve rolled back"
        await ada.types(f"/incident INC-{number} {last}")
        ada.is_told(f"INC-{number} is")
        await story.forward(minutes=DAY - 3)
    story.expected.update((each.channel, each.ts) for each in story.bot_messages() if not each.files)


async def test_a_report_after_a_week_with_pages_at_night(stage: Stage) -> None:
    async with told(stage, configuration=PAGING) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await ada.types("/incident oncall health payments 1w")
        ada.is_told("Nobody was paged for payments in the last week", "/incident oncall health 3w")
        await a_bad_week(story, ada, bob)
        await ada.types("/incident oncall health 1w")
        report = ada.is_told(
            "On-call health*, the last week: unhealthy",
            "🟡 *Pages* 4 a week: in between (healthy below 2, unhealthy above 5)",
            "🟡 *False alarms* 25%: in between",
            "🟢 *Time to acknowledge* 3 min: healthy",
            "🔴 *After hours* 4 a week: unhealthy",
            "Time off is due*",
        )
        plot = ada.has_message("Pages a week", "bob 4, 4 of them after hours")
        shown = plot.message.files[0]
        picture = story.sandbox.ws.files[shown["id"]].data
        assert picture.startswith(b"\x89PNG")
        story.place("#general").expects_nothing()
        await report.click("Share here", by=ada)
        ada.is_told("I share it here")
        await story.settled()
        story.place("#general").expects("🔴 bob: 4 pages a week", "Tocsin is not in this channel", "Invite it")
        await ada.types("/incident oncall health payments 1w", "#incidents")
        report = ada.is_told("On-call health of payments*", "unhealthy", where="#incidents")
        ada.has_message("On-call health of payments*")
        await report.click("Share here", by=ada)
        ada.is_told("I share it here", where="#incidents")
        shared = story.place("#incidents").expects("Pages a week", "🔴 bob: 4 pages a week")
        assert shared.message.files
        story.allow("files.completeUploadExternal", "not_in_channel")


async def test_where_no_file_may_be_shown_the_figures_are(stage: Stage) -> None:
    async with told(stage, configuration=PAGING) as story:
        ada, bob = story.person("ada"), story.person("bob")
        story.sandbox.dials.refused["files.getUploadURLExternal"] = "missing_scope"
        story.allow("files.getUploadURLExternal", "missing_scope")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("is declared")
        bob.is_paged("INC-1")
        await story.forward(minutes=1)
        await ada.types("/incident oncall health")
        ada.is_told("On-call health")
        ada.has_message("On-call health", "Without its plot")
        overheard(story)


@pytest.mark.parametrize(
    ("broken", "why"),
    [("MPLBACKEND", "ValueError"), ("MATPLOTLIBRC", "it took longer than 2 s")],
    ids=["it fails", "it never answers"],
)
async def test_where_no_plot_can_be_drawn_the_figures_say_why(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: str, why: str
) -> None:
    if stage.bots > 1:
        return
    os.mkfifo(tmp_path / "unanswered")  # no backend of that name; and nobody ever writes what would be read from it
    monkeypatch.setenv(broken, str(tmp_path / "unanswered"))
    monkeypatch.setattr(drawing, "LIMIT", 30 if why == "ValueError" else 2)
    async with told(stage, configuration=PAGING) as story:
        ada, bob = story.person("ada"), story.person("bob")
        await ada.types("/incident declare sev1 Checkout is down")
        ada.is_told("is declared")
        bob.is_paged("INC-1")
        await story.forward(minutes=1)
        await ada.types("/incident oncall health")
        ada.is_told("On-call health")
        ada.has_message("On-call health", f"Without its plot: it could not be drawn ({why})")
        overheard(story)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [("nobodys", "I know no team “nobodys”. Known: payments."), ("99w", "I look back 1 to 26 weeks")],
)
async def test_what_cannot_be_meant_is_said(stage: Stage, words: str, sentence: str) -> None:
    if stage.bots > 1:
        return
    async with told(stage, configuration=PAGING) as story:
        ada = story.person("ada")
        await ada.types(f"/incident oncall health {words}")
        ada.is_told(sentence)
