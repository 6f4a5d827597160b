"""What executives and other audiences read: the guides' fields, as text, as HTML, in a channel."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.rules import events
from bot.rules.declaring import declare
from bot.rules.entries import Entry
from bot.rules.events import Event, Words
from bot.rules.moment import Moment
from bot.views import audiences
from tests.views.samples import ADA, POLICY, at

MADRID = ZoneInfo("Europe/Madrid")
INCIDENT = declare(
    Moment(at(0), POLICY),
    number=12,
    by=ADA,
    title="Checkout <is> down",
    severity="sev1",
    services=("checkout",),
    affected="Everybody & <more>",
).incident

TOLD = {
    "declared": events.Declared(Words("Checkout <is> down"), "SEV1"),
    "update": events.Updated(3, "SEV1", "mitigating", Words("Rolled back\n<b>twice</b>")),
    "mitigating": events.StatusChanged("identified", "mitigating"),
    "raised": events.SeverityChanged("SEV2", "SEV1", raised=True, why=Words("It spreads")),
    "resolved": events.Resolved(Words("Rolled back"), at(0)),
    "merged": events.Merged(9, Words("All of it is down")),
    "taken back": events.Undone("Resolved", "resolved", "monitoring"),
}


def entry(event: Event) -> list[Entry]:
    return [Entry("incident:12", 7, at(20), at(20), f"slack:{ADA}", "slash", event)]


@pytest.mark.parametrize("name", TOLD)
def test_told(name: str, snapshot: Any) -> None:
    statuses = {"resolved": "resolved", "merged": "cancelled"}
    over = {"closed_at": at(40), "status": statuses[name]} if name in statuses else {}
    incident = replace(INCIDENT, **over)
    entries = entry(TOLD[name])
    posted = audiences.posted(incident, entries, at(50))
    assert {
        "subject": audiences.subject(incident, entries),
        "text": audiences.text(incident, entries, at(50), MADRID).splitlines(),
        "html": audiences.html(incident, entries, at(50), MADRID),
        "posted": [posted.text, *posted.blocks],
    } == snapshot


def test_who_hears_of_it_no_more_reads_that() -> None:
    lowered = replace(INCIDENT, severity="SEV2")
    entries = entry(events.SeverityChanged("SEV1", "SEV2", raised=False, why=Words("One region alone")))
    assert audiences.subject(lowered, entries) == "SEV2 Lowered: Checkout <is> down"
    told = audiences.text(lowered, entries, at(50), MADRID, is_last=True)
    assert "Current status: One region alone" in told
    assert "Next update: none here while it is SEV2" in told


def test_nobody_is_mentioned_and_nothing_is_marked_up() -> None:
    entries = entry(events.Updated(1, "SEV1", "x", Words("<!channel> <script>alert(1)</script>")))
    assert "<script>" not in audiences.html(INCIDENT, entries, at(1), MADRID)
    assert "<!channel>" not in str(audiences.posted(INCIDENT, entries, at(1)).blocks)
