"""Payloads of a shape that Slack does not send: no crash, no server error, no incident."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from handlers.bolt import build
from handlers.parts import Parts

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
WHO = {"user": {"id": "U1ADA", "team_id": "T1"}, "team": {"id": "T1"}, "trigger_id": "1.2.x"}
VALUES = {"title": {"title": {"value": "x"}}}
VALID: list[dict[str, Any]] = [
    {"command": "/incident", "text": "note INC-1 x", "user_id": "U1ADA", "team_id": "T1", "trigger_id": "1.2.x"},
    {"type": "block_actions", "actions": [{"action_id": "incident:acknowledge", "value": "1"}], **WHO},
    {"type": "view_submission", "view": {"id": "V1", "callback_id": "x", "state": {"values": VALUES}}, **WHO},
    {"type": "message_action", "callback_id": "incident:timeline", "message": {"text": "x", "ts": "1.2"}, **WHO},
    {"type": "shortcut", "callback_id": "incident:nothing", **WHO},
    {
        "type": "event_callback",
        "event_id": "E1",
        "team_id": "T1",
        "event": {"type": "app_mention", "user": "U1ADA", "text": "<@U0BOT> ack", "channel": "C1", "ts": "1.2"},
    },
    {
        "type": "block_actions",
        "actions": [{"action_id": "incident:list/20", "value": "commander:<@U1ADA|ada>"}],
        "container": {"type": "message", "is_ephemeral": True, "channel_id": "C1"},
        **WHO,
    },
    {
        "type": "block_actions",
        "actions": [{"action_id": "incident:undo/3", "value": "1"}],
        "view": {"id": "V1", "type": "home"},
        **WHO,
    },
    {
        "type": "block_actions",
        "actions": [{"action_id": "incident:declare_kind", "block_id": "kind"}],
        "view": {
            "id": "V1",
            "type": "modal",
            "private_metadata": '{"channel": "C1", "aside": "x", "thread": "1.2"}',
            "state": {"values": {"kind": {"incident:declare_kind": {"selected_option": {"value": "over"}}}}},
        },
        **WHO,
    },
    {
        "type": "view_submission",
        "view": {
            "id": "V1",
            "callback_id": "incident:edit",
            "private_metadata": '{"number": 1, "shown": {"title": "x", "users": ""}}',
            "state": {"values": {"title": {"title": {"value": "y"}}, "people": {"p": {"selected_users": ["U1ADA"]}}}},
        },
        **WHO,
    },
    {
        "type": "event_callback",
        "event_id": "E2",
        "team_id": "T1",
        "event": {"type": "channel_rename", "channel": {"id": "C1", "name": "else", "created": 1}},
    },
    {
        "type": "event_callback",
        "event_id": "E3",
        "team_id": "T1",
        "event": {
            "type": "user_change",
            "user": {"id": "U1ADA", "name": "ada", "deleted": True, "tz": "UTC", "profile": {"display_name": "Ada"}},
        },
    },
    {
        "type": "event_callback",
        "event_id": "E4",
        "team_id": "T1",
        "event": {"type": "app_home_opened", "user": "U1ADA", "channel": "D1", "tab": "home", "view": {"id": "V1"}},
    },
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path into the payload."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, each in inner for found in places(each, (*path, key)))]


def with_other(value: Any, path: tuple[Any, ...], other: Any) -> Any:
    """The payload with something else in one place."""
    if not path:
        return other
    changed = json.loads(json.dumps(value))
    at = changed
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = other
    return changed


async def dispatched(app: AsyncApp, body: Any) -> int:
    """The status with which a payload is answered."""
    try:
        request = AsyncBoltRequest(mode="socket_mode", body=body)
    except (AttributeError, LookupError, TypeError, ValueError):
        return 400
    return (await app.async_dispatch(request)).status


@pytest.mark.parametrize("payload", VALID, ids=lambda payload: payload.get("event", payload).get("type", "command"))
async def test_something_else_in_every_place(parts: Parts, payload: dict[str, Any]) -> None:
    app = build(parts)
    for path in places(payload)[1:]:
        for other in (None, 7, "", "\x00\ud800", [None], {"id": []}):
            assert await dispatched(app, with_other(payload, path, other)) < 500
    await parts.running.idle()
    assert await parts.incidents.listed("U1ADA", {"everything": True}, 10) == ([], 0)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(["type", "event", "actions", "view", "user", "command", "x"]), ANYTHING))
async def test_anything_at_all(parts: Parts, body: dict[str, Any]) -> None:
    assert await dispatched(build(parts), body) < 500
    await parts.running.idle()
    assert await parts.incidents.listed("U1ADA", {"everything": True}, 10) == ([], 0)
