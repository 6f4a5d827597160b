"""Who may ask, what tells a repeat, and what a message and a modal are read as."""

import asyncio
import json
import threading
from datetime import UTC, datetime
from typing import Any

import pytest
from slack_bolt.async_app import AsyncBoltRequest

from bot.rules.moment import Person
from bot.rules.refused import Refused
from handlers import answering, messages, values
from handlers.bolt import build
from handlers.parts import Parts
from handlers.request import as_json, from_event, from_interaction, from_view
from store import directory

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DECLARE = {"command": "/incident", "text": "declare sev1 Checkout is down", "trigger_id": "1.2.x", "channel_id": "C1"}


async def asked(parts: Parts, body: dict[str, Any]) -> dict[str, Any]:
    """What is acknowledged to a payload."""
    answer = await build(parts).async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
    assert answer.status == 200
    return json.loads(answer.body) if answer.body else {}


async def test_a_declaration_is_answered_in_the_acknowledgement_and_once(parts: Parts) -> None:
    body = {**DECLARE, "user_id": "U1ADA", "team_id": "T1"}
    first = await asked(parts, body)
    assert "INC-1" in first["text"]
    assert await asked(parts, body) == first
    assert (await parts.incidents.listed("U1ADA", {}, 10))[1] == 1


async def test_people_of_another_workspace_are_refused(parts: Parts) -> None:
    answer = await asked(parts, {**DECLARE, "user_id": "U1ADA", "team_id": "T2"})
    assert "workspace" in answer["text"]
    assert (await parts.incidents.listed("U1ADA", {}, 10))[1] == 0


async def test_bots_are_refused(parts: Parts) -> None:
    event = {"type": "app_mention", "user": "U2BOT", "bot_id": "B2", "text": "<@U0BOT> declare sev1 x", "channel": "C1"}
    await asked(parts, {"type": "event_callback", "event_id": "E1", "team_id": "T1", "event": event})
    assert (await parts.incidents.listed("U1ADA", {}, 10))[1] == 0


async def test_a_button_from_another_time_says_so(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    action = {"action_id": "incident:unheard_of", "value": "1"}
    who = {"user": {"id": "U1ADA", "team_id": "T1"}, "team": {"id": "T1"}, "trigger_id": "1.2.x"}
    assert await asked(parts, {"type": "block_actions", "actions": [action], **who}) == {}
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_who_waits_is_told_so_and_the_work_goes_on(parts: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "PATIENCE", 0.05)
    may_go_on = threading.Event()
    held = asyncio.create_task(parts.incidents.changes.store.write(lambda _connection: may_go_on.wait(5)))
    answer = await asked(parts, {**DECLARE, "user_id": "U1ADA", "team_id": "T1"})
    assert "Still working" in answer["text"]
    may_go_on.set()
    await held
    await parts.running.idle()
    assert (await parts.incidents.listed("U1ADA", {}, 10))[1] == 1


async def test_a_bug_is_owned_up_to_with_an_id_from_the_log(parts: Parts, caplog: pytest.LogCaptureFixture) -> None:
    await parts.incidents.changes.store.close()
    answer = await asked(parts, {**DECLARE, "user_id": "U1ADA", "team_id": "T1", "token": "s3cret"})
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert str(record.args[0] if isinstance(record.args, tuple) else "") in answer["text"]
    assert "s3cret" not in caplog.text


def test_a_mended_modal_is_another_request_but_declares_once() -> None:
    def key(door: str, text: str) -> str:
        state = {"values": {"text": {"text": {"value": text}}}}
        return from_view({"view": {"id": "V1", "hash": "1.a", "callback_id": door, "state": state}}).key

    assert key("incident:note", "a") == key("incident:note", "a")
    assert key("incident:note", "a") != key("incident:note", "b")
    assert key("incident:declare", "a") == key("incident:declare", "b") == "view:V1:1.a"


def test_an_answer_goes_where_the_question_was() -> None:
    button = {"container": {"channel_id": "C1", "message_ts": "1.2"}, "message": {"ts": "1.2"}}
    assert (from_interaction(button, "button").thread, from_interaction(button, "button").root) == (None, "1.2")
    with_replies = {**button, "message": {"ts": "1.2", "thread_ts": "1.2"}}
    assert (from_interaction(with_replies, "button").thread, from_interaction(with_replies, "button").root) == (
        None,
        "1.2",
    )
    reply = {**button, "message": {"ts": "1.3", "thread_ts": "1.2"}}
    assert (from_interaction(reply, "button").thread, from_interaction(reply, "button").root) == ("1.2", "1.2")
    mention = {"event": {"user": "U1", "channel": "C1", "ts": "2.3", "thread_ts": "1.2"}}
    assert (from_event(mention, "mention").thread, from_event(mention, "mention").root) == ("1.2", "1.2")


@pytest.mark.parametrize(
    ("ts", "at"),
    [
        ("1772442000.000100", datetime(2026, 3, 2, 9, 0, 0, 100, tzinfo=UTC)),
        ("1772442000", NOW),
        ("", None),
        ("x.y", None),
        ("99999999999999.1", None),
    ],
)
def test_the_time_of_a_message(ts: str, at: datetime | None) -> None:
    assert messages.moment_of(ts) == at


async def test_a_message_is_read_with_its_own_time_and_address(parts: Parts) -> None:
    message = {"text": "db &amp; cache", "ts": "1772438400.000200", "user": "U2BOB", "thread_ts": "1772438300.000100"}
    read = messages.written(parts, message, "C1")
    assert (read.text, read.author, read.at.hour) == ("db & cache", "U2BOB", 8)
    assert read.link == "https://x.slack.com/archives/C1/p1772438400000200?thread_ts=1772438300.000100&cid=C1"
    ahead = messages.written(parts, {"text": "x", "ts": "1772442009.000000"}, "C1")
    assert ahead.at == NOW
    assert messages.written(parts, {"attachments": [{"fallback": "Alert: down"}]}, "C1").text == "Alert: down"
    with pytest.raises(Refused, match="no text"):
        messages.written(parts, {"text": "  "}, "C1")


def test_the_inputs_of_a_modal() -> None:
    state = {
        "title": {"title": {"type": "plain_text_input", "value": " Down\x00 "}},
        "severity": {"severity": {"selected_option": {"value": "SEV1"}}},
        "services": {"services": {"selected_options": [{"value": "a"}, {"value": "b"}]}},
        "person": {"person": {"selected_user": "U2BOB"}},
        "began": {"began": {"selected_date_time": 1772442000}},
        "private": {"private": {"selected_options": []}},
        "impact": {"impact": {"value": None}},
    }
    read = values.read({"state": {"values": state}, "private_metadata": '{"number": 12}'})
    assert (read.text("title"), read.text("severity"), read.text("person")) == ("Down", "SEV1", "U2BOB")
    assert (read.several("services"), read.several("private")) == (("a", "b"), ())
    assert (read.moment("began"), read.number) == (NOW, 12)
    assert (read.changed("impact"), read.changed("cause")) == ("", None)
    assert values.read({"private_metadata": "no json"}).number is None


def test_what_was_not_touched_in_a_modal_is_known() -> None:
    began = {"type": "datetimepicker", "initial_date_time": 1772442000}
    chosen = {"type": "multi_static_select", "initial_options": [{"value": "a"}, {"value": "b"}]}
    elements = {
        "title": {"type": "plain_text_input", "initial_value": "Checkout is down"},
        "affected": {"type": "plain_text_input"},
        "services": chosen,
        "role": {"type": "radio_buttons", "initial_option": {"value": "lead"}},
        "began": began,
        "detected": {"type": "datetimepicker"},
    }
    blocks = [{"type": "input", "block_id": name, "element": element} for name, element in elements.items()]
    state = {
        "title": {"title": {"value": "Checkout is down "}},
        "affected": {"affected": {"value": None}},
        "services": {"services": {"selected_options": [{"value": "b"}, {"value": "a"}]}},
        "role": {"role": {"selected_option": {"value": "lead"}}},
        "began": {"began": {"selected_date_time": 1772442030}},
        "detected": {"detected": {"selected_date_time": None}},
    }
    metadata = json.dumps({"shown": values.shown({"blocks": [*blocks, {"type": "divider"}, None]})})
    untouched = values.read({"state": {"values": state}, "private_metadata": metadata})
    assert [name for name in elements if untouched.is_touched(name)] == []
    other = {
        "title": {"title": {"value": "Carts fail"}},
        "affected": {"affected": {"value": "All"}},
        "services": {"services": {"selected_options": []}},
        "role": {"role": {"selected_option": {"value": "scribe"}}},
        "began": {"began": {"selected_date_time": 1772442060}},
        "detected": {"detected": {"selected_date_time": 1772442000}},
    }
    touched = values.read({"state": {"values": other}, "private_metadata": metadata})
    assert [name for name in elements if not touched.is_touched(name)] == []
    assert not touched.is_touched("impact"), "there is no such input"


def test_a_button_in_the_home_has_no_modal_and_one_in_private_may_be_replaced() -> None:
    in_home = from_interaction({"view": {"id": "V1", "type": "home"}}, "button")
    assert (in_home.view, in_home.in_home, in_home.may_replace) == (None, True, False)
    in_modal = from_interaction({"view": {"id": "V1", "type": "modal"}}, "button")
    assert (in_modal.view, in_modal.in_home) == ("V1", False)
    for container, may in (
        ({"channel_id": "C1", "is_ephemeral": True}, True),
        ({"channel_id": "C1", "is_ephemeral": False}, False),
        ({"channel_id": "D1", "is_ephemeral": False}, True),
    ):
        assert from_interaction({"container": container}, "button").may_replace is may


def test_what_slack_tells_of_a_channel_needs_nobody() -> None:
    renamed = from_event({"event_id": "E1", "event": {"channel": {"id": "C1", "name": "x"}}}, "event")
    assert (renamed.channel, renamed.is_of_place, renamed.is_whole) == ("C1", True, False)
    changed = from_event({"event_id": "E1", "event": {"user": {"id": "U1ADA"}}}, "event")
    assert (changed.person, changed.is_of_place, changed.is_whole) == ("U1ADA", False, True)


async def test_somebody_who_changed_is_kept_in_the_directory(parts: Parts) -> None:
    user = {"id": "U2BOB", "team_id": "T1", "tz": "UTC", "profile": {"display_name": "bob\x00"}}
    for event_id, more in (("E1", {}), ("E2", {"deleted": True, "is_restricted": True})):
        event = {"type": "user_change", "user": {**user, **more}}
        await asked(parts, {"type": "event_callback", "event_id": event_id, "team_id": "T1", "event": event})
        async with parts.incidents.changes.store.read() as connection:
            kept = await directory.person(connection, "U2BOB")
        assert kept == Person("U2BOB", "bob", "UTC", active=not more, guest=bool(more))


def test_json_reads_well_in_a_terminal() -> None:
    assert as_json({"error": "Say “2h” …"}).decode() == '{"error": "Say “2h” …"}'
    assert as_json({"error": "\ud83d"}) == b'{"error": "?"}'
