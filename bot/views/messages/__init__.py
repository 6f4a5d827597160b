"""What is posted: one table from event to wording, and how several become one message."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from bot.rules import events
from bot.rules.entries import Entry
from bot.rules.events import TOLD_BY_TIME, Event
from bot.rules.incident import Incident
from bot.rules.paging.suggesting import Suggestion
from bot.rules.policy import Policy
from bot.views.blocks import Block, actions, packed, section
from bot.views.labels import headline, room_link, spoken
from bot.views.message import Message, message
from bot.views.messages import (
    access,
    alerts,
    channels,
    handoff,
    lifecycle,
    mending,
    merging,
    paging,
    people,
    recovery,
    reminders,
    roles,
    rollouts,
    rooms,
    severity,
    updates,
)
from bot.views.messages.afterwards import in_its_time
from bot.views.messages.followed import for_follower, is_for_follower, unfollow
from bot.views.messages.scene import Place, Scene, Wording, Words
from bot.views.text import ended, unmarked

WORDINGS: Mapping[type[Event], Words] = {
    events.Declared: lifecycle.declared,
    events.AlertFired: alerts.alert_fired,
    events.AlertGathered: alerts.alert_gathered,
    events.AlertsOver: alerts.alerts_over,
    events.Acknowledged: lifecycle.acknowledged,
    events.Unacknowledged: lifecycle.unacknowledged,
    events.StatusChanged: lifecycle.status_changed,
    events.Resolved: lifecycle.resolved,
    events.Reopened: lifecycle.reopened,
    events.Cancelled: lifecycle.cancelled,
    events.KeptAwake: lifecycle.kept_awake,
    events.SeverityChanged: severity.severity_changed,
    events.InHand: severity.in_hand,
    events.RoleAssigned: roles.role_assigned,
    events.RecoveryVerified: recovery.recovery_verified,
    events.RolledOut: rollouts.rolled_out,
    events.ServiceAdded: updates.service_added,
    events.ServiceRemoved: updates.service_removed,
    events.Updated: updates.updated,
    events.Noted: updates.noted,
    events.EventRecorded: updates.event_recorded,
    events.Snoozed: updates.snoozed,
    events.NotAcknowledged: reminders.not_acknowledged,
    events.CommanderWanted: reminders.commander_wanted,
    events.UpdateSoon: reminders.update_soon,
    events.UpdateDue: reminders.update_due,
    events.NotMitigated: reminders.not_mitigated,
    events.Paged: paging.paged,
    events.NobodyAnswered: paging.nobody_answered,
    events.PageDeclined: paging.page_declined,
    events.MitigationSoon: paging.mitigation_soon,
    events.StillThere: paging.still_there,
    events.DeputyWanted: paging.deputy_wanted,
    events.WasAway: reminders.was_away,
    events.TextsRemoved: reminders.texts_removed,
    events.RoomMade: rooms.room_made,
    events.Announced: rooms.announced,
    events.MemberJoined: rooms.member_joined,
    events.MemberLeft: rooms.member_left,
    events.GaveUp: rooms.gave_up,
    events.HandoffOffered: handoff.handoff_offered,
    events.HandoffDeclined: handoff.handoff_declined,
    events.HandoffWaiting: handoff.handoff_waiting,
    events.Joined: people.joined,
    events.Followed: people.followed,
    events.Unfollowed: people.unfollowed,
    events.HolderGone: people.holder_gone,
    events.TwoHats: people.two_hats,
    events.MadePrivate: access.made_private,
    events.AccessRequested: access.access_requested,
    events.AccessGranted: access.access_granted,
    events.AccessDenied: access.access_denied,
    events.GlassBroken: access.glass_broken,
    events.Edited: mending.edited,
    events.MilestoneEdited: mending.milestone_edited,
    events.Undone: mending.undone,
    events.Merged: merging.merged,
    events.Absorbed: merging.absorbed,
    events.Separated: merging.separated,
    events.RoomRenamed: channels.room_renamed,
    events.RoomArchived: channels.room_archived,
    events.RoomUnarchived: channels.room_unarchived,
    events.RoomGone: channels.room_gone,
    events.RoomReplaced: channels.room_replaced,
    events.ArchiveOffered: channels.archive_offered,
    events.ArchiveRequested: channels.archive_requested,
    events.ChannelKept: channels.channel_kept,
}

GRAVEST_FIRST: tuple[type[Event], ...] = (
    events.GlassBroken,
    *TOLD_BY_TIME,
    events.Reopened,
    events.Resolved,
    events.Cancelled,
    events.Merged,
    events.Undone,
    events.SeverityChanged,
    events.Unacknowledged,
    events.StatusChanged,
    events.HolderGone,
    events.PageDeclined,
    events.RoleAssigned,
    events.Acknowledged,
    events.Updated,
)
"""The order within one message; what is not named comes last, in its own order."""

MOST_BUTTONS = 5


def render(
    entries: Sequence[Entry],
    incident: Incident,
    policy: Policy,
    *,
    place: Place,
    now: datetime,
    late_by: timedelta | None = None,
    groups: Mapping[str, str] | None = None,
    asked: str | None = None,
    doing: tuple[str, ...] = (),
    history: Sequence[Entry] = (),
    reader: str | None = None,
    link: str = "",
    waited: bool = False,
    suggested: Sequence[Suggestion] = (),
) -> Message:
    """All that one change or one sweep has to say in one place, as one message, the gravest first."""
    beside = tuple(entry.event for entry in entries)
    more = (asked, doing, beside, history, reader, link, waited, suggested)
    scene = Scene(incident, policy, place, now, late_by, groups or {}, *more)
    spoken_of = [entry for entry in sorted(entries, key=_rank) if not _is_told_by_another(entry.event, scene)]
    gathered = list(_gathered(spoken_of, scene))
    wordings = in_its_time([_said(each, scene) for each in gathered], [each[0] for each in gathered], scene)
    if bare := [wording for wording in wordings if wording.is_bare]:
        text = " ".join((f"{incident.name}:", *(_line(wording, says_next=True) for wording in bare)))
        return message(text, section(f"*{incident.name}*"), *_paragraphs(bare))
    text = f"{spoken(incident)}: {' '.join(_line(wording, last) for wording, last in _with_last(wordings))}"
    return message(text, *_blocks(wordings, scene))


def _gathered(entries: Iterable[Entry], scene: Scene) -> Iterable[list[Entry]]:
    """The entries, those together that read as one line."""
    families: dict[object, list[Entry]] = {}
    for index, entry in enumerate(entries):
        families.setdefault(_family(entry, scene) or index, []).append(entry)
    return families.values()


def _family(entry: Entry, scene: Scene) -> tuple[object, ...] | None:
    match entry.event:
        case events.Edited():
            return "facts", entry.person
        case events.MilestoneEdited():
            return "times", entry.person, entry.event.why
        case events.RoleAssigned() | events.Joined() if not scene.is_to_person:
            return ("people",)
        case events.RolledOut():
            return ("rollouts",)
        case events.AlertGathered():
            return ("gathered",)
        case events.AlertsOver() | events.AlertFired(again=True):
            return ("flapping",)
    return None


def _said(entries: list[Entry], scene: Scene) -> Wording:
    entry = entries[0]
    match entry.event:
        case events.Edited():
            facts = [each.event for each in entries if isinstance(each.event, events.Edited)]
            return mending.all_edited(facts, entry, scene)
        case events.MilestoneEdited():
            times = [each.event for each in entries if isinstance(each.event, events.MilestoneEdited)]
            return mending.all_milestones_edited(times, entry, scene)
        case events.RolledOut() if len(entries) > 1:
            return rollouts.several_rolled_out(entries, scene)
        case events.AlertGathered():
            return alerts.several_gathered(entries, scene)
        case events.AlertsOver() | events.AlertFired() if len(entries) > 1:
            return alerts.flapping(entries, scene)
    if len(entries) > 1:
        return roles.people_changed(entries, scene)
    wording = WORDINGS[type(entry.event)](entry.event, entry, scene)
    return for_follower(wording, entry.event, scene) if is_for_follower(scene) else wording


def _rank(entry: Entry) -> int:
    kind = type(entry.event)
    return GRAVEST_FIRST.index(kind) if kind in GRAVEST_FIRST else len(GRAVEST_FIRST)


def _is_told_by_another(event: Event, scene: Scene) -> bool:
    """Whether what is said beside it says it as well.

    An update's form names the status; who takes command, or sets a status without an update, has it.
    """
    is_form_beside = scene.is_beside(events.Updated)
    match event:
        case events.StatusChanged():
            return is_form_beside
        case events.AlertFired():
            return scene.is_beside(events.Reopened)
        case events.MemberLeft():
            return scene.is_beside(events.HolderGone)
        case events.Acknowledged(implied=True):
            return scene.is_beside(events.RoleAssigned) or (
                scene.is_beside(events.StatusChanged) and not is_form_beside
            )
    return False


def _with_last(wordings: list[Wording]) -> list[tuple[Wording, bool]]:
    """Each with whether it says what comes next: of several, those that carry buttons and the first."""
    return [(wording, index == 0 or bool(wording.buttons)) for index, wording in enumerate(wordings)]


def _line(wording: Wording, says_next: bool) -> str:
    happened = ended(wording.happened)
    return unmarked(f"{happened} {wording.wanted}".strip() if says_next else happened)


def _blocks(wordings: list[Wording], scene: Scene) -> list[Block]:
    where = [] if scene.is_room else [section(_where(scene))]
    buttons = unfollow(scene) if is_for_follower(scene) else _row(wordings)
    return [*where, *_paragraphs(wordings), *([actions(*buttons)] if buttons else [])]


def _paragraphs(wordings: list[Wording]) -> Iterable[Block]:
    for wording, says_next in _with_last(wordings):
        wanted = (wording.wanted,) if wording.wanted and says_next else ()
        yield from (section(part) for part in packed((*(wording.shown or (wording.happened,)), *wanted)))
        yield from (section(detail) for detail in wording.details)


def _row(wordings: list[Wording]) -> list[Block]:
    """The buttons of all, each once, the first alone standing out."""
    once = {each["action_id"]: each for wording in wordings for each in wording.buttons}
    quiet = [{name: value for name, value in each.items() if name != "style"} for each in once.values()]
    return [*list(once.values())[:1], *quiet[1:MOST_BUTTONS]]


def _where(scene: Scene) -> str:
    """Which incident, for those who are not in its room."""
    room = room_link(scene.incident)
    return f"{headline(scene.incident, scene.policy)}{f' · {room}' if room else ''}"
