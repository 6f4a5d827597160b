"""Why nobody answered, in words for who is called because of it."""

from collections.abc import Sequence

import aiohttp

WORDS: Sequence[tuple[type[Exception], str]] = (
    (TimeoutError, "it takes too long"),
    (aiohttp.ClientConnectorDNSError, "no host of that name"),
    (aiohttp.ClientConnectorCertificateError, "its certificate is not trusted"),
    (aiohttp.ClientSSLError, "no TLS with it"),
    (aiohttp.ClientConnectorError, "no connection"),
    (aiohttp.ServerDisconnectedError, "it hangs up"),
    (aiohttp.TooManyRedirects, "it leads round in circles"),
)
"""The first that fits; the closer ones first."""


def reason(error: Exception) -> str:
    """In a few words; what has none by its class."""
    return next((words for kind, words in WORDS if isinstance(error, kind)), type(error).__name__)
