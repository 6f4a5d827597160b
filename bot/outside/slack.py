"""Slack's Web API: one shared session, one way to call, and what kind of trouble an error is."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeAlias

import aiohttp
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

DEFAULT_URL = "https://slack.com/api/"
TIME_LIMIT = 10
"""Seconds after which the end of a call is unclear."""

PASSING = frozenset(
    {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}
    | {"team_added_to_org", "external_channel_migrating", "update_failed", "accesslimited"}
    # A token is replaced sooner or later; what waits for it then goes out.
    | {"invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "org_login_required"}
)
"""Slack's error codes that a later try may not meet; every other one is permanent."""


Called: TypeAlias = Callable[[str, str | None, float], None]
"""Is told each call: its method, the code of the Problem that it met, and how many seconds it lasted."""


class Problem(Exception):
    """A call that failed.

    `code` is Slack's own (or `http_500`, `no_answer`), `retry_after` seconds if Slack named them; `permanent` means
    never again, `unclear` that it may have had its effect.
    """

    def __init__(
        self, code: str, *, retry_after: float | None = None, permanent: bool = False, unclear: bool = False
    ) -> None:
        super().__init__(code)
        self.code = code
        self.retry_after = retry_after
        self.permanent = permanent
        self.unclear = unclear


class Slack:
    """The Web API of one workspace."""

    def __init__(
        self, token: str, url: str | None = None, *, time_limit: float = TIME_LIMIT, called: Called | None = None
    ) -> None:
        self._token = token
        self._told = called or _untold
        self._url = url or DEFAULT_URL
        self._limit = time_limit
        self._session: aiohttp.ClientSession | None = None
        self._client: AsyncWebClient | None = None

    @property
    def client(self) -> AsyncWebClient:
        """The SDK's client over the shared session; for Bolt, which wants one."""
        if self._client is None:
            self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=self._limit))
            # Nothing is sent again by the SDK: a call whose connection broke may have had its effect.
            self._client = AsyncWebClient(
                self._token, self._url, timeout=int(self._limit), session=self._session, retry_handlers=[]
            )
        return self._client

    @property
    def time_limit(self) -> float:
        """Seconds that one call may last."""
        return self._limit

    async def close(self) -> None:
        """Ends the shared session."""
        if self._session:
            await self._session.close()

    async def call(self, method: str, **args: Any) -> dict[str, Any]:
        """The method's answer. Raises Problem."""
        return await self._called(method, has_effect=True, json=_given(args))

    async def ask(self, method: str, **args: Any) -> dict[str, Any]:
        """Like `call`, for methods that only read: they take their arguments in the form's way."""
        return await self._called(method, has_effect=False, params=_given(args))

    async def _called(self, method: str, *, has_effect: bool, **how: Any) -> dict[str, Any]:
        with self._measured(method):
            try:
                answer = await self.client.api_call(method, **how)
            except SlackApiError as error:
                raise _problem(error) from None
            except (TimeoutError, aiohttp.ClientError, asyncio.IncompleteReadError) as error:
                never_left = isinstance(error, aiohttp.ClientConnectorError)
                raise Problem("no_answer", unclear=has_effect and not never_left) from None
        return dict(answer.data) if isinstance(answer.data, dict) else {}

    async def upload(self, channel: str, name: str, content: bytes, *, title: str, alt: str, comment: str) -> None:
        """Shows a file in a channel (its id, and not a person's), with a comment. Raises Problem."""
        with self._measured("files.completeUploadExternal"):
            try:
                await self.client.files_upload_v2(
                    filename=name, content=content, title=title, alt_txt=alt, channel=channel, initial_comment=comment
                )
            except SlackApiError as error:
                raise _problem(error) from None
            except SlackRequestError:
                raise Problem("upload_failed") from None  # it was not completed, so nobody sees it
            except (TimeoutError, aiohttp.ClientError, asyncio.IncompleteReadError):
                raise Problem("no_answer", unclear=True) from None

    async def respond(self, url: str, body: dict[str, Any]) -> None:
        """Posts to the address that came with a request (response_url). Raises Problem."""
        with self._measured("response_url"):
            try:
                answer = await AsyncWebhookClient(url, session=self.client.session, retry_handlers=[]).send_dict(body)
            except (aiohttp.ClientError, OSError, TimeoutError) as error:
                raise Problem(type(error).__name__) from None
            if answer.status_code != 200:
                raise Problem(f"http_{answer.status_code}")
            if refusal := _refusal(answer.body):
                raise Problem(refusal)

    @contextmanager
    def _measured(self, method: str) -> Iterator[None]:
        since, error = time.monotonic(), None
        try:
            yield
        except Problem as problem:
            error = problem.code
            raise
        except BaseException:  # cut off: whoever called waits no longer
            error = "no_answer"
            raise
        finally:
            self._told(method, error, time.monotonic() - since)


def _untold(_method: str, _error: str | None, _seconds: float) -> None:
    return None


def _refusal(body: str) -> str:
    """The code in the answer of a response_url that says no with status 200; empty where it took the message."""
    try:
        found = json.loads(body)
    except ValueError:  # `ok`, as a word
        return ""
    return str(found.get("error", "refused")) if isinstance(found, dict) and found.get("ok") is False else ""


def _given(args: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in args.items() if value is not None}


def _problem(error: SlackApiError) -> Problem:
    answer = error.response
    status = int(answer.status_code)
    if status == 429:
        return Problem("ratelimited", retry_after=float(answer.headers.get("Retry-After", 1)))
    code = answer.get("error") if isinstance(answer.data, dict) else None
    if status >= 500 or not code:
        return Problem(str(code or f"http_{status}"), unclear=True)
    return Problem(str(code), permanent=code not in PASSING)
