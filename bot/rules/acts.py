"""Which acts of the table of permissions a rule comes to, with its facts."""

from collections.abc import Mapping
from typing import Any

from bot.rules import following, handoff, lifecycle
from bot.rules.incident import Incident, Status
from bot.rules.paging import asking, by_hand
from bot.rules.people import sees
from bot.rules.permissions import ACTS, Rule
from bot.rules.policy import Policy

ANSWERS: frozenset[Rule] = frozenset({handoff.accept, handoff.decline, by_hand.decline_page})
"""What somebody was offered by who may is theirs to answer, and by the rule nobody else's."""

OF_WHO_IS_PAGED: frozenset[Rule] = frozenset({lifecycle.acknowledge, following.join, asking.take})
"""How who is paged answers; by the rule, or by permission, others may as well."""

HIGHEST = 2
"""The highest level that anybody may page by hand."""

_ACT_OF: Mapping[Rule, str] = {rule: name for name, act in ACTS.items() for rule in act.rules}


def acts_of(
    rule: Rule, incident: Incident | None, facts: Mapping[str, Any], policy: Policy | None = None
) -> tuple[str, ...]:
    """The acts that a rule comes to, with these facts; none for what needs no permission.

    `policy` tells whether a further level can be paged at all: where none can, the rule says so to anybody.
    """
    if rule in ANSWERS or (rule in OF_WHO_IS_PAGED and incident and facts.get("by") in incident.paged):
        return ()
    found = _ACT_OF.get(rule)
    if found == "page":
        return _of_page(incident, facts, policy)
    if found == "role" and "person" in facts and incident and incident.private:
        return ("role",) if sees(incident, facts["person"]) else ("role", "access")
    if found in {"status", "update"}:
        return _of_status(found, incident, str(facts.get("status") or "").casefold())
    return (found,) if found else ()


def _of_page(incident: Incident | None, facts: Mapping[str, Any], policy: Policy | None) -> tuple[str, ...]:
    """The acts of paging by hand: whom it lets into a private one is asked too, and how high it goes."""
    people, is_named = facts.get("people") or (), facts.get("people") or facts.get("team")
    lets_in = incident and incident.private and not (people and all(sees(incident, each) for each in people))
    is_high = incident and not is_named and by_hand.highest(incident) >= HIGHEST
    is_left = incident is None or policy is None or bool(by_hand.next_steps(incident, policy))
    return ("page", *(["access"] if lets_in else []), *(["page_further"] if is_high and is_left else []))


def _of_status(found: str, incident: Incident | None, status: str) -> tuple[str, ...]:
    """The acts of what may also change the status: resolving is one of its own, by whatever word."""
    if status == Status.RESOLVED:
        return ("resolve",) if found == "status" else (found, "resolve")
    moves = found == "update" and status and incident and status != incident.status
    return (found, "status") if moves else (found,)
