"""`tocsin check`: whether Tocsin could do its work here, a line each, and what mends it."""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable
from typing import TYPE_CHECKING, Any

import typer
from aiohttp import ClientError

from bot.cli.checks.line import Line
from bot.cli.checks.oncall import oncall
from bot.cli.checks.outside import outside
from bot.cli.checks.places import places
from bot.cli.checks.watches import watches
from bot.cli.paper import width
from bot.rules.policy import Policy
from bot.settings.environment import Environment, load_environment, plain
from bot.settings.errors import ConfigError
from bot.settings.scopes import BOT_SCOPES, OPTIONAL_SCOPES
from bot.settings.tokens import WHERE
from bot.views.terminal.paper import folded

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

REINSTALL = "add them under OAuth & Permissions (or import manifest.yml again), then reinstall the app"
TIME_LIMIT = 15
"""Seconds that one question to Slack may take."""


def check() -> None:
    """Look at configuration, database, tokens, scopes, channels, who is called; status 1 if anything must be mended."""
    well = asyncio.run(_report())
    raise typer.Exit(0 if well else 1)


async def _report() -> bool:
    well = True
    async for line in examined():
        typer.echo(folded(str(line), width()))
        well = well and line.well
    return well


async def examined() -> AsyncIterator[Line]:
    """Every line, as it is known; what rests on something broken is left out."""
    try:
        environment = load_environment()
    except ConfigError as error:
        for problem in error.problems:
            yield Line("Environment", str(problem))
        return
    policy, lines = configuration(environment)
    for line in lines:
        yield line
    yield await database(environment.database_url)
    for sentence in environment.missing_tokens():
        yield Line("Token", sentence)
    async for line in workspace(environment, policy):
        yield line
    if policy is None:
        return
    for line in (
        *outside(policy, environment),
        *await oncall(policy, environment),
        *await watches(policy, environment),
    ):
        yield line


# --- what needs no Slack ------------------------------------------------------------------------------------------


def configuration(environment: Environment) -> tuple[Policy | None, list[Line]]:
    """The policy, if the file makes one, and what is to be said of it."""
    from bot.settings.policy import load_policy

    path = environment.config_file
    try:
        policy = load_policy(path)
    except ConfigError as error:
        return None, [Line("Configuration", str(problem)) for problem in error.problems]
    levels = ", ".join(level.name for level in policy.severities)
    return policy, [Line(f"Configuration: {path or 'built-in defaults, no tocsin.yaml here'} ({levels})")]


async def database(url: str) -> Line:
    """Whether the store can be opened."""
    from store.database import Problem, Store

    try:
        store = await Store.open(url)
    except Problem as error:
        return Line("Database", str(error))
    await store.close()
    return Line(f"Database: {'SQLite' if url.startswith('sqlite') else 'PostgreSQL'}")


# --- what Slack's answers mean ------------------------------------------------------------------------------------

CURES = {
    "invalid_auth": "this token is not known to Slack; copy it again: ",
    "not_authed": "no token arrived at Slack; copy it again: ",
    "token_revoked": "the token was revoked; reinstall the app and copy the new one: ",
    "token_expired": "the token has run out; copy the new one: ",
    "account_inactive": "the app was removed from the workspace; install it again and copy the new token: ",
    "not_allowed_token_type": "this is another kind of token; needed is ",
}


def refused(what: str, variable: str, error: str) -> Line:
    """What to do about an error code of a question that only asks who the token is."""
    if error in CURES:
        return Line(f"{what}: {error}", f"{CURES[error]}{WHERE[variable]}")
    return Line(f"{what}: {error}", "Slack did not answer as usual; see status.slack.com, and try again")


def scopes(granted: Collection[str] | None) -> Line:
    """Granted scopes against the needed ones; None where Slack did not tell."""
    if granted is None:
        return Line("Scopes: not told", "SLACK_API_URL leads to something that does not answer as Slack does")
    missing = [scope for scope in BOT_SCOPES if scope not in granted]
    needed = [scope for scope in missing if scope not in OPTIONAL_SCOPES]
    if needed:
        return Line(f"Scopes: {len(needed)} missing: {_reasons(needed)}", REINSTALL)
    if missing:
        return Line(f"Scopes: all that are needed are granted; it does without {_reasons(missing)}")
    return Line(f"Scopes: all {len(BOT_SCOPES)} granted")


def _reasons(scopes: Iterable[str]) -> str:
    return "; ".join(f"{scope} ({BOT_SCOPES[scope]})" for scope in scopes)


# --- asking Slack -------------------------------------------------------------------------------------------------


async def workspace(environment: Environment, policy: Policy | None) -> AsyncIterator[Line]:
    """Tokens, scopes and places, asked of Slack itself."""
    from slack_sdk.errors import SlackApiError

    if environment.slack_app_token:
        yield await _app_token(environment)
    elif environment.slack_signing_secret:
        yield Line("Signing secret: set (Slack offers no way to try it)")
    if environment.slack_bot_token is None:
        return
    client = _client(environment, environment.slack_bot_token.get_secret_value())
    try:
        answer = await client.auth_test()
    except SlackApiError as error:
        yield refused("Bot token", "SLACK_BOT_TOKEN", _code(error))
        return
    except (OSError, ClientError) as error:
        yield _unreachable(environment, error)
        return
    yield Line(f"Bot token: {answer['user']} in {answer['team']}")
    told = answer.headers.get("x-oauth-scopes")
    yield scopes(None if told is None else [scope.strip() for scope in told.split(",")])
    for line in await _places(environment, client, policy, str(answer["user"])) if policy else ():
        yield line


async def _places(environment: Environment, client: "AsyncWebClient", policy: Policy, bot: str) -> list[Line]:
    from slack_sdk.errors import SlackApiError

    try:
        return await places(client, policy, bot)
    except SlackApiError as error:
        return [Line(f"Channels and groups: {_code(error)}", "mend what stands above, then check again")]
    except (OSError, ClientError) as error:
        return [_unreachable(environment, error)]


async def _app_token(environment: Environment) -> Line:
    from slack_sdk.errors import SlackApiError

    client = _client(environment, plain(environment.slack_app_token))
    try:
        await client.apps_connections_open(app_token=str(client.token))
    except SlackApiError as error:
        return refused("App-level token", "SLACK_APP_TOKEN", _code(error))
    except (OSError, ClientError) as error:
        return _unreachable(environment, error)
    return Line("App-level token: Socket Mode can be opened")


def _client(environment: Environment, secret: str) -> "AsyncWebClient":
    from slack_sdk.http_retry.async_handler import AsyncRetryHandler
    from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
    from slack_sdk.web.async_client import AsyncWebClient

    patient: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=2)]
    return AsyncWebClient(secret, environment.slack_api_url, timeout=TIME_LIMIT, retry_handlers=patient)


def _code(error: Any) -> str:
    answer = error.response
    told = answer.get("error") if isinstance(answer.data, dict) else None
    return str(told or f"http_{answer.status_code}")


def _unreachable(environment: Environment, error: Exception) -> Line:
    reason = str(error) or type(error).__name__
    return Line(f"Slack: no answer from {environment.slack_api_url} ({reason})", "let this machine reach it over HTTPS")
