"""Deliveries: what becomes of acts and events when the app is slow, broken, gone, or told twice."""

from __future__ import annotations

import asyncio
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.conftest import App, TurnedClock
from tests.sandbox.test_round_trip import button


async def test_a_slow_app_did_not_respond(sandbox: Sandbox, app: App) -> None:
    sandbox.dials.ack_timeout = 0.05
    never = asyncio.Event()

    @app.bolt.command("/incident")
    async def slow(ack: Any) -> None:
        await never.wait()
        await ack()

    ack = await sandbox.command("ada", "incidents", "list")
    assert (ack.status, ack.error) == ("timeout", "operation_timeout")
    seen = sandbox.messages("ada", "incidents")
    assert [m.text for m in seen] == ["/incident failed because the app did not respond (operation_timeout)."]
    assert sandbox.messages("bob", "incidents") == []
    never.set()


async def test_a_broken_app_is_told_an_event_again(sandbox: Sandbox, http_app: App) -> None:
    sandbox.dials.retry_delays = (0.0, 0.0, 0.0)
    answers = [False, False, True]

    @http_app.bolt.event("reaction_added")
    async def broken(logger: Any) -> None:
        if not answers.pop(0):
            raise ConnectionError("not now")

    ts = await sandbox.say("ada", "incidents", "hello")
    await sandbox.quiet()
    http_app.events.clear()
    http_app.retries.clear()
    await sandbox.react("ada", "incidents", ts, "eyes")
    await sandbox.quiet()
    assert len({e["event_id"] for e in http_app.events}) == 1
    assert http_app.retries == ["", "1", "2"]


async def test_nobody_listens(sandbox: Sandbox) -> None:
    ack = await sandbox.command("ada", "incidents", "list")
    assert (ack.status, ack.error) == ("error", "dispatch_failed")
    await sandbox.say("ada", "incidents", "hello")
    await sandbox.quiet()
    sandbox.deliver_over_http("http://127.0.0.1:9/slack/events")
    assert (await sandbox.command("ada", "incidents", "list")).status == "error"


async def test_everything_may_come_several_times(sandbox: Sandbox, app: App) -> None:
    sandbox.dials.redeliver = 2
    triggers: list[str] = []

    @app.bolt.command("/incident")
    async def heard(ack: Any, command: dict[str, Any]) -> None:
        triggers.append(command["trigger_id"])
        await ack()

    await sandbox.command("ada", "incidents", "list")
    await sandbox.say("ada", "incidents", "hello")
    await sandbox.quiet()
    assert len(triggers) == 3
    assert len(set(triggers)) == 1
    assert len(app.events) == 3
    assert len({e["event_id"] for e in app.events}) == 1


async def test_events_tell_what_happens(sandbox: Sandbox, socket_app: App) -> None:
    sandbox.dials.ack_timeout = 0.01
    sandbox.dials.retry_delays = ()
    eve = sandbox.add_user("eve", "Eve New")
    sandbox.add_channel("night", members=[eve])
    sandbox.rename("night", "day")
    sandbox.archive("day", by="eve")
    sandbox.deactivate(eve)
    sandbox.remove_bot("payments")
    sandbox.delete_channel("payments")
    sandbox.add_usergroup("night-oncall", "Night", ["ada"])
    await sandbox.quiet()
    assert sorted(socket_app.types()) == sorted(
        [
            "team_join",
            "channel_created",
            "member_joined_channel",
            "channel_rename",
            "channel_archive",
            "user_change",
            "member_left_channel",
            "channel_left",
            "channel_deleted",
            "subteam_created",
        ]
    )
    body = socket_app.events[0]
    assert body["type"] == "event_callback"
    assert body["authorizations"][0]["user_id"] == sandbox.bot_user
    assert (body["team_id"], body["event_time"]) == ("T0001", 1767225600)


async def test_only_what_is_subscribed_and_granted_is_sent(clock: TurnedClock) -> None:
    sent: list[dict[str, Any]] = []
    sandbox = Sandbox(clock, scopes=["app_mentions:read", "channels:history"], events=["app_mention", "message.im"])
    sandbox.ws.emit = sent.append
    ada = sandbox.add_user("ada", "Ada")
    sandbox.add_channel("here", members=[ada])
    await sandbox.say("ada", "here", "hello")
    await sandbox.say("ada", sandbox.dm("ada"), "hello")
    await sandbox.say("ada", "here", "@tocsin hello")
    assert [event["type"] for event in sent] == ["app_mention"]


async def test_a_huddle_is_told_twice(clock: TurnedClock) -> None:
    sent: list[dict[str, Any]] = []
    sandbox = Sandbox(clock, scopes=["users:read"], events=["user_change", "user_huddle_changed"])
    ada = sandbox.add_user("ada", "Ada")
    sandbox.ws.emit = sent.append
    sandbox.huddle(ada)
    sandbox.huddle(ada, inside=False)
    assert [event["type"] for event in sent] == ["user_huddle_changed", "user_change"] * 2
    assert [event["user"]["profile"]["huddle_state"] for event in sent[::2]] == ["in_a_huddle", "default_unset"]


async def test_a_response_url_serves_five_times(sandbox: Sandbox, client: AsyncWebClient, app: App) -> None:
    @app.bolt.command("/incident")
    async def answer(ack: Any, respond: Any) -> None:
        await ack()
        for number in range(4):
            await respond(f"only you {number}")
        await respond({"text": "everybody", "response_type": "in_channel"})
        assert (await respond("too many")).status_code == 404

    @app.bolt.action("go")
    async def replace(ack: Any, respond: Any) -> None:
        await ack()
        await respond(text="replaced", replace_original=True)
        await respond(delete_original=True)

    await sandbox.command("ada", "incidents", "list")
    assert len(sandbox.messages("ada", "incidents")) == 5
    assert [m.text for m in sandbox.messages("bob", "incidents")] == ["everybody"]
    assert sandbox.calls[-1].error == "used_url"
    posted = await client.chat_postMessage(channel="#payments", text="a", blocks=[button("Go", "go")])
    await sandbox.click("ada", "payments", posted["ts"], "go")
    assert sandbox.messages("ada", "payments") == []
    assert [c.ok for c in sandbox.calls[-2:]] == [True, True]


async def test_two_people_press_at_once(sandbox: Sandbox, client: AsyncWebClient, app: App) -> None:
    pressed: list[str] = []

    @app.bolt.action("go")
    async def press(ack: Any, body: dict[str, Any]) -> None:
        pressed.append(body["user"]["name"])
        await ack()

    posted = await client.chat_postMessage(channel="#incidents", text="a", blocks=[button("Go", "go")])
    clicks = [sandbox.click(user, "incidents", posted["ts"], label="Go") for user in ("ada", "bob")]
    assert {ack.status for ack in await asyncio.gather(*clicks)} == {"ok"}
    assert sorted(pressed) == ["ada", "bob"]
