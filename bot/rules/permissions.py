"""Who may do what: one table of acts, each with its rules and with who may do it where nothing is configured."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from bot.rules import (
    editing,
    following,
    handoff,
    lifecycle,
    merging,
    notes,
    private,
    reminders,
    roles,
    rooms,
    services,
    severity,
    undoing,
    updates,
)
from bot.rules.alerts.group import judge
from bot.rules.alerts.incidents import open_for
from bot.rules.alerts.silencing import lift, silence
from bot.rules.declaring import declare
from bot.rules.incident import ROLES, Incident, PersonId
from bot.rules.moment import Moment
from bot.rules.oncall import covering
from bot.rules.oncall.crew import crew
from bot.rules.paging import asking, attendance, by_hand
from bot.rules.people import asked, decides, sees
from bot.rules.policy import Policy
from bot.rules.refused import Refused, listed

Rule: TypeAlias = Callable[..., Any]
Kind: TypeAlias = Literal["member", "guest", "bot", "stranger"]

ANYONE, COMMANDER = ("anyone",), ("commander",)

WORDS: Mapping[str, str] = {
    "anyone": "full members of this workspace",
    "responders": "responders of {it} and those who hold a role in it",
    "roles": "those who hold a role in {it}",
    "commander": "the commander of {it}",
    "comms": "the communications lead of {it}",
    "lead": "the technical lead of {it}",
    "scribe": "the scribe of {it}",
    "oncall": "people of the team's rotations",
    "guests": "guests",
    "bots": "bots",
    "strangers": "people of other workspaces",
}
"""Who may, as a word, and how a refusal says it; all else is a user group or somebody by name (`@ada`, `S1`, `U1`)."""

OF_INCIDENT = frozenset({"responders", "roles", *ROLES})
"""Words that mean people of the incident; where nobody is that, who is asked in their place."""

OUTSIDE: Mapping[str, Kind] = {"guests": "guest", "bots": "bot", "strangers": "stranger"}
"""Words for those who may nothing unless a permission names them."""


@dataclass(frozen=True, slots=True)
class Act:
    """What a permission is for: its rules, who may by default, what it is in a refusal (“can …”).

    `of_incident`: it is always about one, so that people of the incident can be named. `passable`: breaking the glass
    passes its refusal.
    """

    does: str
    rules: tuple[Rule, ...] = ()
    default: tuple[str, ...] = ANYONE
    of_incident: bool = True
    passable: bool = True

    def said(self, it: str) -> str:
        """What it is of an incident, by name or as `it`: `change INC-12's severity`, `change its severity`."""
        return self.does.format(it=it, its="its" if it == "it" else f"{it}'s")


ACTS: Mapping[str, Act] = {
    "declare": Act("declare an incident", (declare, open_for), of_incident=False),
    "acknowledge": Act("acknowledge {it}", (lifecycle.acknowledge, lifecycle.unacknowledge, by_hand.decline_page)),
    "status": Act("change {its} status", (lifecycle.change_status,)),
    "severity": Act("change {its} severity", (severity.change_severity, severity.raise_severity)),
    "update": Act("post updates on {it}", (updates.update, reminders.in_hand, attendance.here)),
    "note": Act("write into {its} timeline", (notes.note, notes.record_event)),
    "service": Act("change {its} services", (services.add_service, services.remove_service)),
    "snooze": Act("move {its} next update", (updates.snooze, reminders.keep_awake)),
    "resolve": Act("resolve {it}", (lifecycle.resolve,)),
    "reopen": Act("reopen {it}", (lifecycle.reopen, merging.separate)),
    "cancel": Act("cancel {it}", (lifecycle.cancel,)),
    "merge": Act("merge {it}", (merging.merge,)),
    "edit": Act("edit {it}, or take something back in it", (editing.edit, undoing.undo, merging.unmerge)),
    "role": Act("give roles in {it}", (roles.assign, asking.take, handoff.offer, handoff.accept, handoff.decline)),
    "page": Act("page somebody for {it} by hand", (by_hand.escalate, asking.ask)),
    "page_further": Act("page the levels of {it} above the second by hand", default=("responders",)),
    "join": Act("join or follow {it}", (following.join, following.follow, following.unfollow)),
    "override": Act(
        "change who is on call",
        (covering.override, covering.remove, covering.cover, covering.swap, covering.take),
        ("oncall",),
        of_incident=False,
    ),
    "archive": Act("decide what becomes of {its} channels", (rooms.request_archive, rooms.keep_channel)),
    "private": Act("make {it} private", (private.make_private,), COMMANDER),
    "access": Act("let people into {it}", (private.grant, private.deny, private.break_in), COMMANDER),
    "alerts": Act("judge and silence alerts", (judge, silence, lift), of_incident=False),
    "look": Act("look at incidents", of_incident=False, passable=False),
    "breakglass": Act("break the glass", of_incident=False, passable=False),
}
"""In the order of the configuration's page; the names are the keys of `permissions`."""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks. `within`: the groups and names of a permission that lead to them; `unheard`: groups of it of which
    Slack has not told who is in them.
    """

    person: PersonId
    kind: Kind = "member"
    within: frozenset[str] = field(default_factory=frozenset)
    unheard: tuple[str, ...] = ()


class NotPermitted(Refused):
    """A no that is about who asks, not about what is asked; `passable`: who breaks the glass may do it."""

    def __init__(self, sentence: str, *, passable: bool = False) -> None:
        super().__init__(sentence)
        self.passable = passable


def may(policy: Policy, act: str) -> tuple[str, ...]:
    """Who may do it: words, user groups, people; as configured, else by default."""
    return policy.permissions.get(act, ACTS[act].default)


def named(words: Iterable[str]) -> tuple[str, ...]:
    """The user groups and people among the words of a permission."""
    return tuple(word for word in words if word not in WORDS)


def groups(policy: Policy) -> tuple[str, ...]:
    """All that permissions name and that may be a user group: `@payments-oncall`, `S1`."""
    names = (name for words in policy.permissions.values() for name in named(words))
    return tuple(dict.fromkeys(name for name in names if name[:1] in "@S"))


def allows(act: str, asker: Asker, incident: Incident | None, moment: Moment) -> bool:
    """Whether somebody may do it."""
    return any(_fits(word, asker, incident, moment) for word in may(moment.policy, act))


def welcomes(policy: Policy, act: str, kind: Kind) -> bool:
    """Whether somebody of that kind may perhaps do it, as far as can be said without looking anything up."""
    words = may(policy, act)
    return kind == "member" or bool(named(words)) or any(OUTSIDE.get(word) == kind for word in words)


def _fits(word: str, asker: Asker, incident: Incident | None, moment: Moment) -> bool:
    if word not in WORDS:
        return word in asker.within
    if word in OUTSIDE:
        return OUTSIDE[word] == asker.kind
    if asker.kind != "member":
        return False
    if word == "oncall":
        return asker.person in crew(moment, incident)
    return word == "anyone" or (incident is not None and asker.person in _holders(word, incident, moment))


def _holders(word: str, incident: Incident, moment: Moment) -> tuple[PersonId, ...]:
    """The people that a word means in an incident; where nobody is that, who is asked in their place."""
    held = [person for person in _bearers(word, incident) if moment.is_active(person) and sees(incident, person)]
    if held:
        return tuple(dict.fromkeys(held))
    if incident.private and word == "commander":
        instead = decides(incident, moment)
    else:
        instead = asked(incident, moment, word if word in ROLES else "commander")
    return (instead,) if instead else ()


def _bearers(word: str, incident: Incident) -> Iterable[PersonId]:
    if word in ROLES:
        return [incident.roles[word]] if word in incident.roles else []
    return (*incident.roles.values(), *(incident.responders if word == "responders" else ()))


def require(act: str, asker: Asker, incident: Incident | None, moment: Moment) -> None:
    """Raises NotPermitted for who may not do it; the sentence says who can, and the way."""
    if allows(act, asker, incident, moment):
        return
    passable = ACTS[act].passable and asker.kind == "member" and _may_break(moment.policy)
    raise NotPermitted(_sentence(act, asker, incident, moment, passable=passable), passable=passable)


def _may_break(policy: Policy) -> bool:
    """Whether a member may break the glass; of a group or a name, which is not looked up here, it is assumed."""
    words = may(policy, "breakglass")
    return "anyone" in words or bool(named(words))


def require_welcome(policy: Policy, act: str | None, kind: Kind) -> None:
    """Raises NotPermitted for who does not belong here, as far as can be said without looking anything up.

    What has no act (the help, *Request access*) is for all people of the workspace.
    """
    if kind == "member" or (act and welcomes(policy, act, kind)) or (act is None and kind == "guest"):
        return
    raise NotPermitted(UNWELCOME[kind])


UNWELCOME: Mapping[Kind, str] = {
    "bot": "I take no orders from bots. Ask a person to do it.",
    "stranger": "Only people of the workspace that I belong to can do this. Ask one of them.",
}
PASSES = "`{command} breakglass why` passes this for 10 minutes, and everybody is told."
MOST_NAMED = 3
VACANT: Mapping[str, str] = {
    "commander": "Nobody commands it",
    "comms": "It has no communications lead",
    "lead": "It has no technical lead",
    "scribe": "It has no scribe",
    "roles": "Nobody holds a role in it",
    "responders": "Nobody responds to it",
}


def _sentence(act: str, asker: Asker, incident: Incident | None, moment: Moment, *, passable: bool) -> str:
    if asker.kind in UNWELCOME:
        return UNWELCOME[asker.kind]
    it = incident.name if incident else "an incident"
    known, words = ACTS[act], may(moment.policy, act)
    if asker.kind == "guest":
        way = _instead(words, incident, moment)
        return f"You are a guest in this workspace, and guests cannot {known.said(it)}. {way}"
    who = listed((_worded(word, it) for word in words), "or")
    again = "it" if it in who else it  # named once is enough
    told = [f"Only {who} can {known.said(again)}{_now(words, incident, moment)}"]
    told += [f"Slack has not told me yet who is in {listed(asker.unheard, 'or')}."] if asker.unheard else []
    return " ".join([*told, *([PASSES.format(command=moment.policy.command)] if passable else [])])


def _worded(word: str, it: str) -> str:
    if word in WORDS:
        return WORDS[word].format(it=it)
    return f"<@{word}>" if word[:1] in "UW" else word


def _now(words: Iterable[str], incident: Incident | None, moment: Moment) -> str:
    """Who that is at the moment, where it can be said: the end of the sentence."""
    roles_ = [word for word in words if word in OF_INCIDENT]
    if incident is None or not roles_:
        return "."
    people = _people(roles_, incident, moment)
    if not people:
        return "."
    bearers = {f"<@{person}>" for word in roles_ for person in _bearers(word, incident)}
    if bearers.isdisjoint(people):
        return f". {VACANT[roles_[0]]}, so now that is {listed(people, 'or')}."
    return f": that is {listed(people, 'or')}."


def _people(words: Iterable[str], incident: Incident, moment: Moment) -> list[str]:
    found = dict.fromkeys(person for word in words for person in _holders(word, incident, moment))
    return [f"<@{person}>" for person in found][:MOST_NAMED]


def _instead(words: Iterable[str], incident: Incident | None, moment: Moment) -> str:
    """Whom a guest asks."""
    people = _people([word for word in words if word in OF_INCIDENT], incident, moment) if incident else []
    if incident and not people and (lead := asked(incident, moment, "commander")):
        people = [f"<@{lead}>"]
    return f"Ask {listed([*people, 'another member of it'] if people else ['a member of it'], 'or')}."
