"""GitHub's own webhook: the events `deployment` and `deployment_status`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.rollouts.rollout import Rollout
from bot.rules.rollouts.telling import LONGEST, link, moment, spelt, text

EVENTS: tuple[str, ...] = ("deployment", "deployment_status", "ping")
FAILED = frozenset({"failure", "error"})
TOLD = FAILED | {"in_progress", "success"}
"""States of a deployment that say that it was carried out, well or badly."""


def read(event: str, payload: Any, now: datetime, policy: Policy) -> Rollout | None:
    """The deployment that GitHub tells of; None for what changes nothing (a ping, one that is queued).

    Raises Refused for another event, and for a payload without a deployment.
    """
    if event not in EVENTS:
        raise Refused(
            f"“{event[:40]}” is no event that is kept here. In GitHub choose only Deployments and Deployment statuses."
        )
    if event == "ping":
        return None
    deployment, repository = _inside(payload, "deployment"), _inside(payload, "repository")
    if not deployment.get("id") or not repository.get("full_name"):
        raise Refused("GitHub's payload has no `deployment` with an `id`, or no `repository`.")
    status = _inside(payload, "deployment_status")
    state = text(status, "state", 40)
    if event == "deployment_status" and state not in TOLD:
        return None
    return _rollout(deployment, repository, status if state in FAILED else {}, now, policy)


def _rollout(
    deployment: Mapping[str, Any],
    repository: Mapping[str, Any],
    failed: Mapping[str, Any],
    now: datetime,
    policy: Policy,
) -> Rollout:
    """One deployment is one change, whatever is told of it; that it failed is another."""
    version = text(deployment, "ref", LONGEST["version"]) or text(deployment, "sha", 7)
    title = text(deployment, "description", LONGEST["title"]) or text(deployment, "task", LONGEST["title"]) or version
    own = text(_inside(deployment, "payload"), "service", LONGEST["service"])
    service = own or text(repository, "name", LONGEST["service"])
    name = f"github/{text(repository, 'full_name', 150)}/{text(deployment, 'id', 30)}"
    return Rollout(
        id=f"{name}/failed" if failed else name,
        kind="deploy",
        at=moment((failed or deployment).get("created_at"), now),
        title=f"Failed: {title}" if failed else title,
        service=spelt(policy, service),
        by=text(_inside(failed or deployment, "creator"), "login", LONGEST["by"]),
        url=link(failed.get("log_url")) or link(failed.get("target_url")) or link(repository.get("html_url")),
        environment=text(deployment, "environment", LONGEST["environment"]),
        version=version,
        told_at=now,
    )


def _inside(payload: Any, name: str) -> Mapping[str, Any]:
    found = payload.get(name) if isinstance(payload, Mapping) else None
    return found if isinstance(found, Mapping) else {}
