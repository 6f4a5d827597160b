"""Whether who asks shows the token that is wanted of them."""

import hmac

from aiohttp import web


def is_shown(request: web.Request, token: str) -> bool:
    """Whether the request bears the token; also where none is wanted. Compared in constant time."""
    shown = request.headers.get("Authorization", "").encode("utf-8", "surrogateescape")
    return not token or hmac.compare_digest(shown, f"Bearer {token}".encode("utf-8", "surrogateescape"))
