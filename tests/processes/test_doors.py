"""The bot's own HTTP: alive, ready, and shut to whoever cannot sign."""

import hashlib
import hmac
import sys
import time
from pathlib import Path

from tests.processes.conftest import MakePlace
from tests.processes.place import Place
from tests.processes.running import until

BODY = "command=%2Fincident&text=declare+sev1+Forged&user_id=U0001&team_id=T0001&channel_id=C0001&trigger_id=1.2.x"


def _headers(secret: str, body: str, age: int = 0) -> dict[str, str]:
    stamp = str(int(time.time()) - age)  # noqa: TID251 - Slack signs with its wall clock
    code = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={code}",
    }


async def test_only_what_slack_signed_just_now_comes_in(make_place: MakePlace) -> None:
    place: Place = await make_place()
    await place.run()
    secret = place.slack.about["signing_secret"]
    signed = _headers(secret, BODY)

    async def posted(headers: dict[str, str], body: str = BODY) -> int:
        async with place.slack.session.post(f"{place.url}/slack/events", data=body, headers=headers) as answer:
            return answer.status

    plain = {"Content-Type": signed["Content-Type"]}
    assert await posted(plain) == 401
    assert await posted(_headers("another", BODY)) == 401
    assert await posted(_headers(secret, BODY, age=330)) == 401
    assert await posted(_headers(secret, BODY, age=-330)) == 401
    assert await posted(signed, BODY.replace("Forged", "Changed")) == 401
    assert await posted({**signed, "X-Slack-Signature": "v0="}) == 401
    assert await posted({**signed, "X-Slack-Request-Timestamp": "soon"}) == 401
    assert await place.slack.rooms() == []
    assert await posted(signed) == 200
    assert await place.status("/healthz") == 200
    assert await place.status("/readyz") == 200
    assert await place.status("/slack/events") == 405
    assert await place.status("/nowhere") == 404


async def test_without_a_signing_secret_there_is_no_door(make_place: MakePlace) -> None:
    place: Place = await make_place("socket")
    await place.run()
    async with place.slack.session.post(f"{place.url}/slack/events", data=BODY) as answer:
        assert answer.status == 404


async def test_slack_away_at_the_start_is_waited_for(make_place: MakePlace) -> None:
    place: Place = await make_place()
    await place.slack.dials(offline=True)
    await place.run(path="/healthz")
    assert await place.status("/readyz") == 503
    assert (await place.slack.types("ada", "/incident declare sev1 Checkout is down"))["ok"]
    await place.slack.dials(offline=False)
    room = await place.slack.room(1)
    await place.slack.sees(room["id"], "Checkout is down")

    async def is_ready() -> bool:
        return await place.status("/readyz") == 200

    await until(is_ready, "ready")


async def test_the_console_script_is_the_same_program(make_place: MakePlace) -> None:
    place: Place = await make_place()
    script = Path(sys.executable).with_name("tocsin")
    bot = await place.run(str(script), "run")
    assert "Tocsin listens to Slack over" in bot.said
    assert await bot.stop() == 0
