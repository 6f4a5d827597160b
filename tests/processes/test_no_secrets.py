"""Whatever goes wrong: no secret in the log at DEBUG, on a page of the bot's own, or in what people are told."""

import pytest
from sqlalchemy import make_url

from tests.postgres import connect
from tests.processes.conftest import MakePlace
from tests.processes.place import Place
from tests.processes.running import until

PASSWORD = "correct-horse-battery"
WRONG = {"SLACK_BOT_TOKEN": "xoxb-1-wrong-horse", "SLACK_APP_TOKEN": "xapp-1-wrong-battery"}
PAGES = ("/readyz", "/metrics", "/healthz", "/slack/events", "/nowhere")


async def seen(place: Place, *further: str) -> str:
    """Everything that anybody can see of the bot."""
    found = [*(bot.said for bot in place.bots), *further]
    for path in PAGES:
        async with place.slack.session.get(f"{place.url}{path}") as answer:
            found.append(await answer.text() + str(answer.headers))
    async with place.slack.session.post(f"{place.url}/slack/events", data=b"\xff" * 9) as answer:
        found.append(await answer.text() + str(answer.headers))
    for who in ("ada", "bob"):
        for channel in (await place.slack.channels(who)).values():
            found += [each.words for each in await place.slack.read(channel["id"], who)]
    return "\n".join(found)


def secrets(place: Place) -> list[str]:
    """What nobody may see; the ends of tokens as well."""
    about = place.slack.about
    told = [about["bot_token"], about["app_token"], about["signing_secret"], PASSWORD, *WRONG.values()]
    return [part for each in told for part in (each, each[-12:])]


@pytest.mark.parametrize("style", ["console", "json"])
async def test_with_tokens_that_slack_does_not_know(make_place: MakePlace, style: str) -> None:
    place: Place = await make_place("socket")
    place.more.update(LOG_LEVEL="DEBUG", LOG_FORMAT=style, SLACK_SIGNING_SECRET=place.slack.about["signing_secret"])
    place.more.update(WRONG)
    bot = await place.run(path="/healthz")

    async def is_told() -> bool:
        return "App-Level Tokens" in bot.said and "invalid_auth" in bot.said

    await until(is_told, "what to do about the tokens")
    found = await seen(place)
    assert "Socket Mode is not connected (invalid_auth)" in found
    assert [each for each in secrets(place) if each in found] == []


async def test_with_the_database_gone(make_place: MakePlace, postgres_url: str) -> None:
    place: Place = await make_place(database=postgres_url.replace(":@", f":{PASSWORD}@", 1))
    place.more.update(LOG_LEVEL="DEBUG")
    await place.run()
    await place.slack.types("ada", "/incident declare sev1 Checkout is down")
    room = await place.slack.room(1)
    await place.slack.sees(room["id"], "Checkout is down")
    await dropped(postgres_url)

    answer = await place.slack.act("ada", "command", channel=room["id"], text="update It is bad", command="/incident")
    assert answer["ok"], answer

    async def is_red() -> bool:
        return await place.status("/readyz") == 503

    await until(is_red, "503 from /readyz")
    found = await seen(place, str(answer))
    assert [each for each in secrets(place) if each in found] == []


async def dropped(url: str) -> None:
    """The database is no longer there, and nobody can say goodbye to it."""
    elsewhere = make_url(url).set(database="postgres").render_as_string(hide_password=False)
    connection = await connect(elsewhere)
    try:
        await connection.execute(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')
    finally:
        await connection.close()
