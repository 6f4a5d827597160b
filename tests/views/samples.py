"""One incident on one day, and every event that can happen to it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.rules import events, lifecycle, reminders, roles, updates
from bot.rules.automation.automatic import NOTE
from bot.rules.calendar import Calendar, Duration
from bot.rules.change import Change
from bot.rules.declaring import WAS_OVER, declare
from bot.rules.entries import Entry
from bot.rules.events import Event, Words
from bot.rules.incident import Handoff, Incident, Milestone, Post, Status
from bot.rules.moment import Moment
from bot.rules.oncall.rotation import EscalationPolicy, Level, Target
from bot.rules.policy import Known, Policy, Service, Severity, Team

ADA, BOB, CAROL, DAVE = "U1ADA", "U2BOB", "U3CAROL", "U4DAVE"
NAMES = {ADA: "ada", BOB: "bob", CAROL: "carol", DAVE: "dave"}
GROUPS = {"@payments-oncall": "S1PAY"}
NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)


def at(minutes: float) -> datetime:
    """So many minutes after the incident was declared (a Wednesday, 12:00 UTC)."""
    return NOON + timedelta(minutes=minutes)


def level(name: str, title: str, first: str, *times: str, **more: Any) -> Severity:
    within, every, escalate = (Duration.parse(each) for each in times)
    return Severity(name, title, (first, "money or data at risk"), within, every, escalate, **more)


POLICY = Policy(
    severities=(
        level("SEV1", "Critical", "everybody is affected", "5m", "30m", "15m", aliases=("P1",), page=True),
        level("SEV2", "Major", "a main feature is broken", "15m", "1h", "2h", page=True),
        level(
            "SEV3", "Minor", "there is a workaround", "1h", "4h", "1 business day", hours="business", announce="team"
        ),
        level(
            "SEV4",
            "Low",
            "cosmetic",
            "1 business day",
            "1d",
            "7d",
            hours="business",
            announce="team",
            room="thread",
        ),
    ),
    calendar=Calendar(ZoneInfo("Europe/Madrid")),
    teams=(Team("payments", "#payments", "@payments-oncall", policy="payments"),),
    people=tuple(Known(name, identity) for identity, name in NAMES.items()),
    policies=(
        EscalationPolicy(
            "payments",
            (
                Level((Target("person", "dave"),), Duration(seconds=300)),
                Level((Target("person", "carol"),), Duration(seconds=600)),
                Level((Target("person", "eve"),), Duration(seconds=600)),
            ),
        ),
    ),
    services=(
        Service(
            "checkout",
            ("cart",),
            "payments",
            ("https://grafana.example.com/d/checkout", "https://grafana.example.com/d/cart?var=eu|west"),
            "https://meet.example.com/war-room",
        ),
        Service("search"),
    ),
)


def moment(minutes: float) -> Moment:
    return Moment(at(minutes), POLICY)


def after(incident: Incident, minutes: float, rule: Any, **facts: Any) -> Incident:
    """The incident after one rule."""
    change: Change = rule(incident, moment(minutes), **facts)
    return change.incident


def declared(name: str = "SEV1", **more: Any) -> Incident:
    """INC-12, just declared by Ada."""
    facts: dict[str, Any] = {"title": "Checkout is down", "services": ("checkout",), "affected": "All of Europe"}
    change = declare(moment(0), number=12, by=ADA, severity=name, team="T1", **{**facts, **more})
    return change.incident


def with_channel(incident: Incident) -> Incident:
    """The same once its channel stands."""
    posts = {incident.announce: Post("C0INC", "1763467200.000100")} if incident.announce else {}
    return replace(incident, channel="C12", channel_name="inc-12-checkout-is-down", announced=posts)


def states() -> dict[str, Incident]:
    """The incident in every state that its views tell apart."""
    fresh = declared()
    detected = with_channel(fresh)
    acknowledged = after(detected, 3, lifecycle.acknowledge, by=BOB)
    commanded = after(acknowledged, 4, roles.assign, by=BOB, role="commander", person=BOB)
    staffed = after(commanded, 5, roles.assign, by=BOB, role="comms", person=CAROL)
    identified = after(
        staffed, 10, lifecycle.change_status, by=BOB, status="identified", note="Pool exhausted", impact="1 in 3 fails"
    )
    monitoring = after(identified, 20, lifecycle.change_status, by=BOB, status="monitoring")
    resolved = after(monitoring, 62, lifecycle.resolve, by=BOB, fix="Rolled back", cause="A missing index")
    minor = with_channel(declared("SEV3"))
    return {
        "no channel yet": fresh,
        "detected": detected,
        "commanded before it is acknowledged": after(detected, 3, roles.assign, by=ADA, role="commander", person=BOB),
        "acknowledged without a commander": acknowledged,
        "staffed": staffed,
        "identified": identified,
        "update due": after(identified, 41, reminders.remind),
        "snoozed": after(identified, 35, updates.snooze, by=BOB, wait=timedelta(minutes=30)),
        "monitoring": monitoring,
        "resolved": resolved,
        "reopened": after(resolved, 70, lifecycle.reopen, by=BOB, why="Errors are back"),
        "cancelled": after(detected, 6, lifecycle.cancel, by=ADA, reason="false alarm", why="The probe was wrong"),
        "private": with_channel(declared(private=True)),
        "business hours": minor,
        "business hours, acknowledged": after(minor, 9, lifecycle.acknowledge, by=BOB),
        "kept awake": after(minor, 2, reminders.keep_awake, by=ADA),
        "thread": declared("SEV4"),
        "thread, resolved": after(declared("SEV4"), 50, lifecycle.resolve, by=BOB, fix="Fixed the typo"),
        "no service": with_channel(declared(services=(), affected="")),
    }


STATES = states()


def entry(event: Event, minutes: float = 10, *, by: str | None = BOB, seq: int = 2) -> Entry:
    """An event in the timeline of INC-12."""
    actor = f"slack:{by}" if by else "clock"
    told = event.at if isinstance(event, events.EventRecorded) else at(minutes)
    return Entry("incident:12", seq, at(minutes), told, actor, "command", event)


def text(words: str) -> Words:
    return Words(words)


EVENTS: dict[str, tuple[str, Entry]] = {
    "declared": (
        "detected",
        entry(events.Declared(text("Checkout is down"), "SEV1", ("checkout",), quote=text("it is all red")), 0, by=ADA),
    ),
    "acknowledged": ("acknowledged without a commander", entry(events.Acknowledged(BOB), 3)),
    "unacknowledged": ("detected", entry(events.Unacknowledged(BOB), 4)),
    "taken from somebody": ("detected", entry(events.Unacknowledged(ADA, BOB), 4)),
    "status changed": ("staffed", entry(events.StatusChanged("investigating", "mitigating"))),
    "raised": ("staffed", entry(events.SeverityChanged("SEV2", "SEV1", True, text("All regions & worse")))),
    "raised before it is acknowledged": ("detected", entry(events.SeverityChanged("SEV2", "SEV1", True))),
    "lowered": ("business hours, acknowledged", entry(events.SeverityChanged("SEV2", "SEV3", False))),
    "took command": ("staffed", entry(events.RoleAssigned("commander", BOB), 4)),
    "handed over": ("staffed", entry(events.RoleAssigned("commander", CAROL, BOB), 4)),
    "made comms": ("staffed", entry(events.RoleAssigned("comms", CAROL), 5)),
    "made lead without a commander": (
        "acknowledged without a commander",
        entry(events.RoleAssigned("lead", DAVE), 5),
    ),
    "made scribe": ("staffed", entry(events.RoleAssigned("scribe", DAVE), 5)),
    "service added": ("staffed", entry(events.ServiceAdded("search"))),
    "service removed": ("no service", entry(events.ServiceRemoved("checkout"))),
    "updated": (
        "identified",
        entry(
            events.Updated(
                3,
                "SEV1",
                "identified",
                text("Pool exhausted,\nrolling back: https://ci.example.com/4711?a=1&b=2."),
                text("1 in 3 fails"),
                at(40),
            )
        ),
    ),
    "updated for days": (
        "thread",
        entry(events.Updated(1, "SEV4", "investigating", text("Found the typo"), text(""), at(1440))),
    ),
    "noted": ("staffed", entry(events.Noted(text("Disk of db-2 is at 97 % <!channel>")))),
    "event recorded": ("staffed", entry(events.EventRecorded(text("Deploy 4711 went out"), at(-15)))),
    "message recorded": (
        "staffed",
        entry(events.EventRecorded(text("I see 500s"), at(-5), DAVE, "https://x.slack.com/archives/C1/p1")),
    ),
    "snoozed once": ("staffed", entry(events.Snoozed(at(45), 1))),
    "snoozed twice": ("staffed", entry(events.Snoozed(at(60), 2))),
    "resolved": (
        "resolved",
        entry(events.Resolved(text("Rolled back"), at(0), text("1 in 3 failed"), text("A missing index")), 62),
    ),
    "resolved, cause unknown": ("resolved", entry(events.Resolved(text("Restarted"), at(0)), 62)),
    "reopened": ("reopened", entry(events.Reopened(text("Errors are back")), 70)),
    "cancelled": ("cancelled", entry(events.Cancelled("false alarm", text("The probe was wrong")), 6)),
    "kept awake": ("kept awake", entry(events.KeptAwake(), 2)),
    "in hand": ("staffed", entry(events.InHand(text("The rollback is running")), 16)),
    "not acknowledged": ("detected", entry(events.NotAcknowledged(at(5)), 5, by=None)),
    "not acknowledged, no team": ("no service", entry(events.NotAcknowledged(at(5)), 5, by=None)),
    "commander wanted": ("acknowledged without a commander", entry(events.CommanderWanted(at(13)), 13, by=None)),
    "update soon": ("staffed", entry(events.UpdateSoon(at(30), CAROL), 25, by=None)),
    "update due": ("staffed", entry(events.UpdateDue(at(30), at(30), 1, CAROL), 30, by=None)),
    "update due, commander": ("staffed", entry(events.UpdateDue(at(38), at(30), 2, BOB), 38, by=None)),
    "update due, all": ("staffed", entry(events.UpdateDue(at(45), at(30), 3, BOB), 45, by=None)),
    "not mitigated at the top": ("staffed", entry(events.NotMitigated(at(15)), 15, by=None)),
    "not mitigated": ("business hours, acknowledged", entry(events.NotMitigated(at(1440)), 1440, by=None)),
    "paged": (
        "paging",
        entry(events.Paged("payments", 1, (DAVE,), "begun", at(0), until=at(5), following=(CAROL,)), 0, by=None),
    ),
    "paged the next level": (
        "paging",
        entry(events.Paged("payments", 2, (CAROL,), "silence", at(5), passed=("eve", DAVE), until=at(15)), 5, by=None),
    ),
    "paged places": (
        "paging",
        entry(
            events.Paged("payments", 2, (), "silence", at(5), channels=("#payments",), services=("db",), until=at(15)),
            5,
            by=None,
        ),
    ),
    **{
        f"paged: {why}": ("paging", entry(events.Paged("payments", 2, (CAROL,), why, at(5), until=at(15)), 5, by=None))
        for why in ("service", "declined", "unacknowledged", "commander", "update")
    },
    "paged for want of a mitigation": (
        "paged further",
        entry(events.Paged("payments", 3, (CAROL,), "mitigation", at(15)), 15, by=None),
    ),
    "paged again": (
        "paging",
        entry(events.Paged("payments", 1, (DAVE,), "silence", at(5), until=at(10), following=(DAVE,)), 5, by=None),
    ),
    "paged by hand": (
        "paging",
        entry(events.Paged("", 0, (CAROL, DAVE), "asked", at(7), note=text("The database <!here>")), 7),
    ),
    "paged by a rule": ("paging", entry(events.Paged("", 0, (DAVE,), "asked", at(7), note=NOTE), 7, by=None)),
    "would page": (
        "test",
        entry(
            events.Paged("payments", 1, (DAVE,), "begun", at(0), until=at(5), would=True, following=(CAROL,)),
            0,
            by=None,
        ),
    ),
    "nobody answered": ("paging", entry(events.NobodyAnswered("payments", at(15), ("eve",)), 15, by=None)),
    "nobody would have answered": ("test", entry(events.NobodyAnswered("payments", at(15), would=True), 15, by=None)),
    "nobody can be reached": (
        "paging",
        entry(events.NobodyAnswered("payments", at(0), (CAROL, DAVE), why="begun"), 0, by=None),
    ),
    "nobody is known yet": (
        "paging",
        entry(events.NobodyAnswered("payments", at(2), ("eve",), untold=True), 2, by=None),
    ),
    "a level is not known yet": (
        "paging",
        entry(events.Paged("payments", 2, (DAVE,), "begun", at(2), passed=("eve",), untold=True), 2, by=None),
    ),
    "nobody is left": (
        "paged further",
        entry(events.NobodyAnswered("payments", at(15), (DAVE,), why="mitigation"), 15, by=None),
    ),
    "nobody is left, no commander": (
        "paged further",
        entry(events.NobodyAnswered("payments", at(15), why="commander"), 15, by=None),
    ),
    "nobody is left, no update": (
        "staffed",
        entry(events.NobodyAnswered("payments, search", at(15), why="update"), 15, by=None),
    ),
    "a level cannot be reached any more": (
        "paging",
        entry(events.Paged("payments", 2, (DAVE,), "lost", at(2), passed=(BOB,), until=at(12)), 2, by=None),
    ),
    "page declined": ("paging", entry(events.PageDeclined(DAVE, ("payments",)), 2, by=DAVE)),
    "page by hand declined": ("paged further", entry(events.PageDeclined(DAVE, ()), 2, by=DAVE)),
    "mitigation soon": ("paged further", entry(events.MitigationSoon(BOB, at(15)), 12, by=None)),
    "still there": ("staffed", entry(events.StillThere(BOB, at(30)), 30, by=None)),
    "deputy wanted": ("staffed", entry(events.DeputyWanted(BOB, at(40), DAVE), 40, by=None)),
    "anybody wanted": ("staffed", entry(events.DeputyWanted(BOB, at(40)), 40, by=None)),
    "not mitigated, more to page": ("paged further", entry(events.NotMitigated(at(15)), 15, by=None)),
    "was away": ("detected", entry(events.WasAway(at(2), at(19), ("acknowledgement", "mitigation")), 19, by=None)),
    "room made": ("detected", entry(events.RoomMade("C12", "inc-12-checkout-is-down"), 0, by=None)),
    "announced": ("detected", entry(events.Announced("C0INC", "1763467200.000100"), 0, by=None)),
    "joined": ("staffed", entry(events.MemberJoined(DAVE))),
    "left": ("staffed", entry(events.MemberLeft(BOB))),
    "gave up": ("staffed", entry(events.GaveUp("announcement", "announce", "is_archived"), by=None)),
    "gave up on a person": ("staffed", entry(events.GaveUp("message", f"person:{DAVE}", "user_disabled"), by=None)),
    "gave up on a way": ("paging", entry(events.GaveUp("page_sms", f"person:{DAVE}/sms", "not_set_up"), by=None)),
    "gave up on a webhook": ("staffed", entry(events.GaveUp("webhook", "webhook:a1", "not_set_up"), by=None)),
}
"""Each kind of event (some twice), with the state of the incident in which it is said."""


def second_day() -> dict[str, Incident]:
    """What a team's second day brings to an incident."""
    staffed, resolved, detected = STATES["staffed"], STATES["resolved"], STATES["detected"]
    merged = {"cancelled_because": "merged", "merged_into": 9, "closed_at": at(12)}
    over = {
        "began": Milestone(at(-60), ADA),
        "detected": Milestone(at(-50), ADA),
        "mitigated": Milestone(at(-10), ADA, implied=True),
        "resolved": Milestone(at(-10), ADA),
    }
    ended = replace(resolved, milestones={**resolved.milestones, **over}, room="thread", channel=None)
    tested = after(with_channel(declared(kind="test")), 3, lifecycle.acknowledge, by=BOB)
    return {
        "command offered": replace(staffed, handoff=Handoff(BOB, DAVE, at(8), "I go to bed")),
        "merged": replace(staffed, status=Status.CANCELLED, **merged),
        "another merged into it": replace(staffed, absorbed=(13, 14)),
        "test": with_channel(declared(kind="test")),
        "test, acknowledged": tested,
        "near miss": replace(ended, kind="near miss", fix="Disk was full, caught by chance"),
        "over already": ended,
        "over already, fix untold": replace(ended, fix=WAS_OVER),
        "with figures": replace(
            staffed, impact="1 in 3 fails", figures={"users": "1200", "revenue": "3 k€/h", "tickets": "1"}
        ),
        "with figures alone": replace(staffed, figures={"users": "1200"}),
        "made private": replace(
            staffed, private=True, announce=None, channel="C13", channels=2, former_channels=("C12",)
        ),
        "made private, no channel yet": replace(detected, private=True, announce=None, channel=None, channels=2),
        "fresh channel": replace(STATES["reopened"], channel="C13", channels=2, former_channels=("C12",)),
        "channel lost": replace(staffed, room="thread"),
        "followed": replace(staffed, followers=(DAVE,)),
    }


STATES |= second_day()


def paging() -> dict[str, Incident]:
    """An incident for which people are paged."""
    paged = {DAVE: at(0), CAROL: at(5)}
    waiting = replace(STATES["detected"], paging_from=at(0), paged=paged, responders=(DAVE, CAROL))
    return {"paging": waiting, "paged further": replace(STATES["staffed"], paging_from=at(0), paged=paged)}


STATES |= paging()


def fired(title: Words, **more: Any) -> Event:
    """An alert of a Prometheus fires."""
    return events.AlertFired("alertmanager", title, "alert:disk", **more)


def gathered(title: Words, many: int) -> Event:
    """One of a storm."""
    return events.AlertGathered("alertmanager", title, "alert:disk", many)


def over(title: Words, **more: Any) -> Event:
    """All alerts of the group are over."""
    return events.AlertsOver("alertmanager", title, "alert:disk", **more)


EVENTS |= {
    "declared as a test": (
        "test",
        entry(events.Declared(text("Checkout is down"), "SEV1", kind="test"), 0, by=ADA),
    ),
    "declared over": (
        "over already",
        entry(events.Declared(text("Checkout is down"), "SEV1", over=True), 0, by=ADA),
    ),
    "declared a near miss": (
        "near miss",
        entry(events.Declared(text("Disk nearly full"), "SEV1", kind="near miss", over=True), 0, by=ADA),
    ),
    "resolved before it was declared": (
        "over already",
        entry(events.Resolved(text("Rolled back"), at(-50), at=at(-10)), 0, by=ADA),
    ),
    "made comms again": ("staffed", entry(events.RoleAssigned("comms", CAROL, brief=False), 5)),
    "handoff offered": (
        "command offered",
        entry(events.HandoffOffered(BOB, DAVE, text("I go to bed;\nthe rollback runs <!here>")), 8),
    ),
    "handoff offered without a note": ("command offered", entry(events.HandoffOffered(BOB, DAVE), 8)),
    "handoff declined": ("staffed", entry(events.HandoffDeclined(BOB, DAVE), 9, by=DAVE)),
    "handoff waiting": ("command offered", entry(events.HandoffWaiting(BOB, DAVE, at(18)), 18, by=None)),
    "came to help": ("staffed", entry(events.Joined(DAVE), by=DAVE)),
    "followed": ("followed", entry(events.Followed(DAVE), by=DAVE)),
    "unfollowed": ("staffed", entry(events.Unfollowed(DAVE), by=DAVE)),
    "commander left": ("staffed", entry(events.HolderGone(BOB, ("commander", "lead"), "left"), by=None)),
    "comms deactivated": ("staffed", entry(events.HolderGone(CAROL, ("comms",), "deactivated"), by=None)),
    "one hat too many": ("staffed", entry(events.TwoHats(BOB, ("lead",), at(5)), 5, by=None)),
    "two hats too many": ("staffed", entry(events.TwoHats(BOB, ("lead", "comms"), at(5)), 5, by=None)),
    "made private": ("made private", entry(events.MadePrivate((BOB, CAROL), "C12"))),
    "made private early": ("made private, no channel yet", entry(events.MadePrivate((ADA, BOB)))),
    "access requested": ("made private", entry(events.AccessRequested(DAVE, BOB), by=DAVE)),
    "access granted": ("made private", entry(events.AccessGranted(DAVE))),
    "access denied": ("made private", entry(events.AccessDenied(DAVE))),
    "glass broken": (
        "identified",
        entry(events.GlassBroken(DAVE, "private", Words("Names of <people> are in it")), by=DAVE),
    ),
    "title edited": (
        "staffed",
        entry(events.Edited("title", text("Checkout is down"), text("Checkout is *slow* <!here>"))),
    ),
    "figure edited": ("with figures", entry(events.Edited("users", text(""), text("1200")))),
    "revenue edited": ("with figures", entry(events.Edited("revenue", text("2 k€/h"), text("3 k€/h")))),
    "figure taken away": ("staffed", entry(events.Edited("tickets", text("14"), text("")))),
    "services edited": ("staffed", entry(events.Edited("services", text("checkout"), text("checkout, search")))),
    "beginning edited": (
        "staffed",
        entry(events.MilestoneEdited("began", None, at(-20), text("The graph says so"))),
    ),
    "mitigation edited": (
        "resolved",
        entry(events.MilestoneEdited("mitigated", at(20), at(15), text("Figures were back by then")), 70),
    ),
    "raise undone": ("staffed", entry(events.Undone("SeverityChanged", "SEV1", "SEV2"))),
    "lowering undone": ("staffed", entry(events.Undone("SeverityChanged", "SEV3", "SEV1"))),
    "status undone": ("identified", entry(events.Undone("StatusChanged", "monitoring", "identified"))),
    "acknowledgement undone": ("detected", entry(events.Undone("Acknowledged", BOB, ""))),
    "role undone": ("staffed", entry(events.Undone("RoleAssigned", CAROL, BOB, "commander"))),
    "first role undone": ("staffed", entry(events.Undone("RoleAssigned", DAVE, "", "lead"))),
    "resolution undone": ("identified", entry(events.Undone("Resolved", "resolved", "identified"))),
    "cancellation undone": ("detected", entry(events.Undone("Cancelled", "cancelled", "detected"))),
    "merge undone": ("staffed", entry(events.Undone("Merged", "INC-9", "investigating"))),
    "merged": ("merged", entry(events.Merged(9, text("Payments fail"), "C9"), 12)),
    "merged into one without a channel": ("merged", entry(events.Merged(9, text("Payments fail")), 12)),
    "absorbed": ("another merged into it", entry(events.Absorbed(13, text("Cart is empty"), (DAVE,)))),
    "absorbed a graver one": (
        "business hours, acknowledged",
        entry(events.Absorbed(13, text("Cart is empty"), (), "SEV1")),
    ),
    "separated": ("staffed", entry(events.Separated(13, text("Cart is empty")))),
    "recovery verified": (
        "staffed",
        entry(events.RecoveryVerified("checkout errors", "error rate", "0.4 %", "1 %", at(12)), 14, by=None),
    ),
    "an address answers again": (
        "staffed",
        entry(events.RecoveryVerified("page", "check", "the page answers 200 in 0.12 s", "", at(12)), 14, by=None),
    ),
    "rolled out": (
        "staffed",
        entry(
            events.RolledOut(
                "deploy",
                "checkout",
                at(-15),
                text("Faster carts <!here>"),
                text("ada"),
                "https://ci.example.com/4711",
                "production",
                "1.4.2",
            ),
            0,
            by=None,
        ),
    ),
    "a flag without more": (
        "staffed",
        entry(events.RolledOut("flag", "", at(8), text("new-cart on"), during=True), by=None),
    ),
    "alert fired as well": ("staffed", entry(fired(text("Disk of db-2 is full <!here>")), by=None)),
    "alerts fired, ten by now": ("staffed", entry(fired(text("Disk is full"), count=10), by=None)),
    "alert fired again": ("monitoring", entry(fired(text("Disk is full"), count=3, again=True), by=None)),
    "alert gathered": ("staffed", entry(gathered(text("Disk of db-2 is full <!here>"), 6), by=None)),
    "alerts over": ("staffed", entry(over(text("Disk is full")), by=None)),
    "alerts over, the last": ("monitoring", entry(over(text("Disk is full"), offered=True), by=None)),
    "room renamed": ("staffed", entry(events.RoomRenamed("inc-12-checkout", "inc-12-payments"), by=None)),
    "room archived": ("channel lost", entry(events.RoomArchived("C12"), by=None)),
    "room archived once closed": ("resolved", entry(events.RoomArchived("C12"), 80, by=CAROL)),
    "room unarchived": ("staffed", entry(events.RoomUnarchived("C12"), by=None)),
    "room deleted": ("channel lost", entry(events.RoomGone("C12", "deleted"), by=None)),
    "removed from the room": ("channel lost", entry(events.RoomGone("C12", "removed"), by=None)),
    "room replaced": ("fresh channel", entry(events.RoomReplaced("C12"), 70)),
    "archive offered": ("resolved", entry(events.ArchiveOffered(at(62), at(10_142)), 10_142, by=None)),
    "archive requested": ("resolved", entry(events.ArchiveRequested("C12"), 10_150)),
    "former channel archived": ("made private", entry(events.ArchiveRequested("C12"), 20)),
    "texts removed": ("resolved", entry(events.TextsRemoved(at(62)), 1_051_262, by=None)),
    "channel kept": ("resolved", entry(events.ChannelKept("C12"), 10_150)),
}
