"""Whether what the configuration names is there in Slack: channels, user groups, who is invited."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from bot.cli.checks.line import Line
from bot.outside.people import person_of
from bot.rules import permissions
from bot.rules.policy import Policy

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

EVERY_CHANNEL = "public_channel,private_channel"


async def places(client: "AsyncWebClient", policy: Policy, bot: str) -> list[Line]:
    """A line for each. Raises slack_sdk's errors."""
    known = [each async for each in _pages(client, "conversations.list", "channels", types=EVERY_CHANNEL)]
    lines = [channel(name, purpose, known, bot) for name, purpose in wanted_channels(policy)]
    groups = list(wanted_groups(policy))
    names = dict(wanted_people(policy))
    permitted = dict(wanted_permissions(policy))
    listed = (await client.usergroups_list())["usergroups"] if groups or names or permitted else []
    lines += [group(whose, handle, listed) for whose, handle in groups]
    if names or permitted or policy.people:
        people = [each async for each in _pages(client, "users.list", "members")]
        lines += [invited(name, f"Invited {name} ({whose})", listed, people) for name, whose in names.items()]
        lines += [invited(name, f"Permitted {name} ({acts})", listed, people) for name, acts in permitted.items()]
        lines += on_call(policy, people)
    return lines


def wanted_channels(policy: Policy) -> Iterator[tuple[str, str]]:
    """Each channel of the configuration once, with what it is for."""
    channels = policy.channels
    named = (
        (channels.announce, "announcements"),
        (channels.triage, "triage"),
        (channels.digest, "digests"),
        *((team.channel, f"team {team.name}") for team in policy.teams),
        *((name, f"paged by {escalation}") for name, escalation in _targets(policy, "channel")),
        *((each.channel, f"audience {each.name}") for each in policy.audiences),
        *((name, "a rule") for name in policy.places),
    )
    wanted: dict[str, str] = {}
    for name, purpose in named:
        if name:
            wanted.setdefault(name, purpose)
    yield from wanted.items()


def wanted_groups(policy: Policy) -> Iterator[tuple[str, str]]:
    """Each user group of the configuration, with whose it is."""
    yield from ((f"team {team.name}", team.group) for team in policy.teams if team.group)
    yield from ((f"rotation {each.name}", each.group) for each in policy.rotations if each.group)
    yield from ((f"paged by {escalation}", name) for name, escalation in _targets(policy, "group"))
    for number, rule in enumerate(policy.rules, 1):
        yield from ((f"rule {number}", target.name) for target in rule.page if target.kind == "group")


def _targets(policy: Policy, kind: str) -> Iterator[tuple[str, str]]:
    """What levels page of that kind, each with the first escalation policy that names it."""
    found: dict[str, str] = {}
    for each in policy.policies:
        for target in (target for level in each.levels for target in level.who if target.kind == kind):
            found.setdefault(target.name, each.name)
    yield from found.items()


def channel(name: str, purpose: str, known: Iterable[Mapping[str, Any]], bot: str) -> Line:
    """Whether a channel is there, in use, and the bot in it."""
    what = f"Channel {name} ({purpose})"
    key = "name" if name.startswith("#") else "id"
    found = next((each for each in known if each.get(key) == name.removeprefix("#")), None)
    if found is None:
        return Line(f"{what}: not found", f"create it, or if it is private type `/invite @{bot}` in it")
    if found.get("is_archived"):
        return Line(f"{what}: archived", "unarchive it, or name another one in the configuration")
    if not found.get("is_member"):
        return Line(f"{what}: {bot} is not in it", f"type `/invite @{bot}` in it")
    return Line(what)


def group(whose: str, name: str, known: Iterable[Mapping[str, Any]]) -> Line:
    """Whether a user group is there."""
    what = f"User group {name} ({whose})"
    key = "handle" if name.startswith("@") else "id"
    if any(each.get(key) == name.removeprefix("@") and not each.get("date_delete") for each in known):
        return Line(what)
    return Line(f"{what}: not found", "create it in Slack under People → User groups, or name another one")


def wanted_people(policy: Policy) -> Iterator[tuple[str, str]]:
    """Each name under `invite`, with whose it is."""
    for level in policy.severities:
        yield from ((name, level.name) for name in level.invite)
    for team in policy.teams:
        yield from ((name, f"team {team.name}") for name in team.invite)
    for number, rule in enumerate(policy.rules, 1):
        yield from ((name, f"rule {number}") for name in rule.who)


def wanted_permissions(policy: Policy) -> Iterator[tuple[str, str]]:
    """Each group or person that permissions name, with what they may."""
    acts: dict[str, list[str]] = {}
    for act, words in policy.permissions.items():
        for name in permissions.named(words):
            acts.setdefault(name, []).append(act)
    yield from ((name, ", ".join(what)) for name, what in acts.items())


def invited(name: str, what: str, groups: Iterable[Mapping[str, Any]], people: Iterable[Mapping[str, Any]]) -> Line:
    """Whether a name leads to a group or to one person who is active; `what` is the line's beginning."""
    called = name.removeprefix("@")
    if any(called in {each.get("handle"), each.get("id")} and not each.get("date_delete") for each in groups):
        return Line(what)
    known = [person for each in people if (person := person_of(each)).active and not person.bot]
    found = [each for each in known if each.id == called or each.name.casefold() == called.casefold()]
    if len(found) == 1:
        return Line(what)
    if found:
        return Line(f"{what}: {len(found)} people have that name", "write the id (`U…`) of the one you mean")
    return Line(f"{what}: not found", "name a user group, or somebody as Slack shows them, or an id")


def on_call(policy: Policy, people: Iterable[Mapping[str, Any]]) -> Iterator[Line]:
    """Who of those that rotations and policies name is not there, or has left."""
    listed = [each for each in people if not each.get("is_bot")]
    missing = 0
    for known in policy.people:
        found = next((each for each in listed if known.slack.removeprefix("@") in _names(each)), None)
        if found is None or found.get("deleted"):
            missing += 1
            why = "deactivated in Slack" if found else "not found in Slack"
            cure = "take them out of their rotations" if found else "write their member id (`U…`), @handle or address"
            yield Line(f"Person {known.name} ({known.slack}): {why}", cure)
    if policy.people and not missing:
        yield Line(f"People on call: all {len(policy.people)} are in Slack")


def _names(person: Mapping[str, Any]) -> Iterator[str]:
    """By what a configuration may name somebody: id, handle, mail address."""
    profile = person.get("profile") or {}
    yield from (str(person.get("id")), str(person.get("name")), str(profile.get("email")).lower())


async def _pages(client: "AsyncWebClient", method: str, what: str, **asked: Any) -> AsyncIterator[Mapping[str, Any]]:
    cursor = ""
    while True:
        answer = await client.api_call(method, http_verb="GET", params={**asked, "limit": 1000, "cursor": cursor})
        for each in answer[what]:
            yield each
        cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
        if not cursor:
            return
