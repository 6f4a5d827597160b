"""Payloads of a shape that Slack does not send: no crash, no server error, no incident.

What comes in bytes, over both doors and by the thousand, is in `tests/faults/malformed.py`.
"""

import json
import logging
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from slack_bolt.async_app import AsyncApp

from handlers.bolt import build, dispatched
from handlers.parts import Parts
from tests.corpus import recorded
from tests.corpus.breaking import places, with_other, without

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ["type", "event", "actions", "view", "user", "command", "callback_id", "trigger_id", "authorizations", "x"]
OTHERS = (None, 7, "", [None], {"id": []})
BROKEN = ["slash note in words", "slash merge in words"]
BROKEN += [each for each in recorded() if not each.startswith("slash") and each != "modal incident:declare"]
"""Of the commands two, for all have one shape; not what makes an incident as long as it is whole."""


def here(name: str) -> Any:
    """A recording, moved into the workspace of these tests."""
    return json.loads(json.dumps(recorded()[name]["payload"]).replace("T0001", "T1"))


async def answered(app: AsyncApp, payload: Any) -> None:
    assert (await dispatched(app, payload)).status < 500


async def nothing_came_of_it(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    await parts.running.idle()
    assert await parts.incidents.listed("U1ADA", {"everything": True}, 10) == ([], 0)
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("name", BROKEN)
async def test_something_else_or_nothing_in_every_place(
    parts: Parts, caplog: pytest.LogCaptureFixture, name: str
) -> None:
    app, payload = build(parts), here(name)
    for path in [each for each in places(payload) if each and "blocks" not in each]:
        await answered(app, without(payload, path))
        for other in OTHERS:
            await answered(app, with_other(payload, path, other))
    await nothing_came_of_it(parts, caplog)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.dictionaries(st.sampled_from(KEYS), ANYTHING))
async def test_anything_at_all(parts: Parts, caplog: pytest.LogCaptureFixture, body: dict[str, Any]) -> None:
    await answered(build(parts), body)
    await nothing_came_of_it(parts, caplog)


async def test_a_form_that_no_longer_exists_is_answered(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    payload = with_other(here("modal incident:note"), ("view", "callback_id"), "incident:of_old")
    answer = await dispatched(build(parts), payload)
    assert "This is from another time" in answer.body
    await nothing_came_of_it(parts, caplog)
