"""What a real bot writes into its log: which incident, who, which request; never a secret, never what people wrote."""

import json
from typing import Any

from tests.processes.conftest import MakePlace
from tests.processes.place import Place, configuration
from tests.processes.running import until

HIDDEN = {
    "SLACK_SIGNING_SECRET": "5166f6e6ee7a4ac9bdaf02ee5e2f6e0d",
    "METRICS_TOKEN": "metrics-are-for-friends",
    "ALERTS_TOKEN": "alerts-are-for-friends",
    "PROMETHEUS_TOKEN": "prometheus-is-for-friends",
}
PASSWORD = "correct-horse-battery"
PATH = "beat-4f1d0a77"


async def lived(place: Place) -> None:
    """What a bot could write about happens: calls that fail too, and requests that Slack did not sign."""
    place.more.update(HIDDEN)
    place.configure(configuration() + f"\nheartbeat: {place.slack.url}/{PATH}\n")
    bot = await place.run()
    await place.slack.types("ada", "/incident declare sev1 Unmistakable words")
    room = await place.slack.room(1)
    await place.slack.sees(room["id"], "Unmistakable words")
    await place.slack.dials(offline=True)
    await place.slack.types("bob", "/incident ack", room["name"])
    await place.slack.types("bob", "/incident update Further words", room["name"])
    headers = {"Authorization": f"Bearer {HIDDEN['METRICS_TOKEN']}"}
    async with place.slack.session.get(f"{place.url}/metrics", headers=headers) as answer:
        assert answer.status == 200
    async with place.slack.session.post(f"{place.url}/slack/events", data="text=Unsigned words") as answer:
        assert answer.status == 401

    async def complains() -> bool:
        return "waits: no_answer" in bot.said

    await until(complains, "a line about Slack being away")
    await place.slack.dials(offline=False)
    await place.slack.sees(room["id"], "Further words")
    assert await bot.stop() == 0


def secrets(place: Place) -> list[str]:
    about = place.slack.about
    return [*HIDDEN.values(), about["bot_token"], about["app_token"], PASSWORD, PATH]


def lines(said: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in said.splitlines()]


async def test_at_debug_each_line_says_what_it_is_about_and_none_holds_a_secret(
    make_place: MakePlace, postgres_url: str
) -> None:
    place: Place = await make_place("socket", database=postgres_url.replace(":@", f":{PASSWORD}@", 1))
    place.more.update(LOG_LEVEL="DEBUG", LOG_FORMAT="json")
    await lived(place)
    said = place.bots[0].said
    assert [each for each in secrets(place) if each in said] == []
    assert "words" not in said
    assert "ticket=" not in said

    told = lines(said)
    waits = [line for line in told if line["message"].endswith("waits: no_answer")]
    assert {line["incident"] for line in waits} == {"INC-1"}
    kinds = {"at", "level", "logger", "message", "trace", "incident", "actor", "request"}
    assert {name for line in told for name in line} <= kinds
    of_the_run = [line for line in told if line["logger"] in {"tocsin", "scheduler.workspace", "tocsin.socket"}]
    assert of_the_run
    assert not [line for line in of_the_run if {"incident", "actor", "request"} & set(line)]
