"""The tables, as they are now, one topic a page. How an older database gets there is told in `store.migrations`."""

from store.schema.alerts import alerts
from store.schema.incidents import (
    HAS_MOVED,
    IS_KEPT,
    IS_OF_PAGING,
    IS_OPEN,
    announcements,
    counters,
    incidents,
    looks,
    members,
    timeline,
)
from store.schema.metadata import metadata
from store.schema.outgoing import IS_UNSETTLED, IS_WAITING, IS_WANTED, lanes, outbox, posts
from store.schema.rollouts import rollouts
from store.schema.running import liveness, processes, requests
from store.schema.subjects import IS_ALIVE, subjects
from store.schema.workspace import glass, homes, people, places, usergroup_members, workspace

__all__ = [
    "HAS_MOVED",
    "IS_ALIVE",
    "IS_KEPT",
    "IS_OF_PAGING",
    "IS_OPEN",
    "IS_UNSETTLED",
    "IS_WAITING",
    "IS_WANTED",
    "alerts",
    "announcements",
    "counters",
    "glass",
    "homes",
    "incidents",
    "lanes",
    "liveness",
    "looks",
    "members",
    "metadata",
    "outbox",
    "people",
    "places",
    "posts",
    "processes",
    "requests",
    "rollouts",
    "subjects",
    "timeline",
    "usergroup_members",
    "workspace",
]
