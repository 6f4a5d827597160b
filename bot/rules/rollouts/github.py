"""GitHub's own webhook: the events `deployment` and `deployment_status`."""

from datetime import datetime
from typing import Any

from bot.rules.foreign import Json, address, inside
from bot.rules.policy import Policy
from bot.rules.refused import Refused
from bot.rules.rollouts.rollout import Rollout
from bot.rules.rollouts.telling import LONGEST, moment, spelt, text

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
    deployment, repository = inside(payload, "deployment"), inside(payload, "repository")
    if not deployment.get("id") or not repository.get("full_name"):
        raise Refused("GitHub's payload has no `deployment` with an `id`, or no `repository`.")
    status = inside(payload, "deployment_status")
    state = text(status, "state", 40)
    if event == "deployment_status" and state not in TOLD:
        return None
    return _rollout(deployment, repository, status if state in FAILED else {}, now, policy)


def _rollout(
    deployment: Json,
    repository: Json,
    failed: Json,
    now: datetime,
    policy: Policy,
) -> Rollout:
    """One deployment is one change, whatever is told of it; that it failed is another."""
    commit = text(deployment, "sha", 60)[:7]
    version = text(deployment, "ref", LONGEST["version"]) or commit
    title = text(deployment, "description", LONGEST["title"]) or _task(deployment) or commit or version
    own = text(inside(deployment, "payload"), "service", LONGEST["service"])
    service = own or text(repository, "name", LONGEST["service"])
    name = f"github/{text(repository, 'full_name', 150)}/{text(deployment, 'id', 30)}"
    return Rollout(
        id=f"{name}/failed" if failed else name,
        kind="deploy",
        at=moment((failed or deployment).get("created_at"), now),
        title=f"Failed: {title}" if failed else title,
        service=spelt(policy, service),
        by=text(inside(failed or deployment, "creator"), "login", LONGEST["by"]),
        url=address(failed, "log_url", "target_url") or address(repository, "html_url") or None,
        environment=text(deployment, "environment", LONGEST["environment"]),
        version=version,
        told_at=now,
    )


def _task(deployment: Json) -> str:
    """What was done, where it says more than that it was a deployment."""
    task = text(deployment, "task", LONGEST["title"])
    return "" if task == "deploy" else task
