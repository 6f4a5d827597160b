"""Whom the names of on-call lead to: configured people and user groups, as Slack tells of them."""

import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from bot.outside.slack import Problem
from bot.rules.incident import PersonId
from bot.rules.oncall.roster import is_id
from bot.rules.policy import Known, Policy

Ask: TypeAlias = Callable[..., Awaitable[Mapping[str, Any]]]
User: TypeAlias = Mapping[str, Any]

log = logging.getLogger(__name__)


def groups(policy: Policy) -> tuple[str, ...]:
    """The user groups that somebody pages or a rotation keeps in step: `@payments-oncall`, or an id."""
    paged = [who.name for who in policy.targets if who.kind == "group"]
    return tuple(dict.fromkeys([*paged, *(each.group for each in policy.rotations if each.group)]))


async def people(ask: Ask, configured: Iterable[Known], users: Sequence[User]) -> dict[str, PersonId]:
    """The id of each configured person, under the configuration's own text; who is not found is left out.

    Raises Problem, which passes, where Slack does not answer.
    """
    handles, mails = _by_handle(users), _by_mail(users)
    found: dict[str, PersonId] = {}
    for text in dict.fromkeys(each.slack for each in configured):
        if is_id(text):
            continue
        name = text.removeprefix("@").casefold()
        is_mail = "@" in name
        identity = mails.get(name) or await _of_mail(ask, text) if is_mail else handles.get(name)
        if identity:
            found[text] = identity
    return found


def unknown(configured: Iterable[Known], found: Mapping[str, PersonId], users: Sequence[User]) -> frozenset[str]:
    """The configured names of those whom Slack does not know, or who are deactivated there."""
    active = {str(user["id"]) for user in users if not user.get("deleted")}
    return frozenset(each.name for each in configured if found.get(each.slack, each.slack) not in active)


def warn(missing: Iterable[str]) -> None:
    """Tells the log of people whom no page can reach."""
    if names := ", ".join(sorted(missing)):
        log.warning("Slack knows nobody active for %s of `people`: no page reaches them", names)


def _by_handle(users: Sequence[User]) -> Mapping[str, PersonId]:
    """Handles, which are one person's alone; then the names that people show, where nobody else shows the same.

    Who has left counts where nobody else is called so: it is said of them that they cannot be reached.
    """
    gone = {str(user.get("name", "")).casefold(): str(user["id"]) for user in users if user.get("deleted")}
    here = [user for user in users if not user.get("deleted") and not user.get("is_bot")]
    shown: dict[str, list[PersonId]] = {}
    for user in here:
        shown.setdefault(_profile(user, "display_name"), []).append(str(user["id"]))
    names = {name: ids[0] for name, ids in shown.items() if name and len(ids) == 1}
    return {**gone, **names, **{str(user.get("name", "")).casefold(): str(user["id"]) for user in here}}


def _by_mail(users: Sequence[User]) -> Mapping[str, PersonId]:
    found = {_profile(user, "email"): str(user["id"]) for user in users if not user.get("deleted")}
    return {mail: identity for mail, identity in found.items() if mail}


def _profile(user: User, key: str) -> str:
    profile = user.get("profile")
    return str(profile.get(key) or "").casefold() if isinstance(profile, Mapping) else ""


async def _of_mail(ask: Ask, address: str) -> PersonId | None:
    """Who has that address, where the list of people did not tell; None where Slack does not say."""
    try:
        answer = await ask("users.lookupByEmail", email=address)
    except Problem as problem:
        if not problem.permanent:
            raise
        return None
    user = answer.get("user")
    return str(user["id"]) if isinstance(user, Mapping) else None
