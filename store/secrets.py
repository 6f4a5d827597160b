"""A secret of this workspace's own, made once: links are signed with it, whichever bot makes or reads them."""

import secrets

from sqlalchemy import Connection, bindparam, select

from store.dialects import Upsert
from store.schema import workspace

LINKS = "link secret"
"""The fact about the workspace that holds it."""

_MADE = Upsert(workspace)
_KEPT = select(workspace.c.value).where(workspace.c.key == bindparam("of"))


def link_secret(connection: Connection) -> str:
    """The secret; the first who asks makes it."""
    connection.execute(_MADE.on(connection), {"key": LINKS, "value": secrets.token_urlsafe(32)})
    return str(connection.execute(_KEPT, {"of": LINKS}).scalar_one())
