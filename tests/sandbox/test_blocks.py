"""Block Kit is checked as Slack checks it, each refusal with the path to what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.blocks import check_message_blocks, problems_of
from bot.sandbox.errors import SlackError
from bot.sandbox.view_rules import check_view

Blocks = list[dict[str, Any]]


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str | None = None) -> dict[str, Any]:
    return {"text": plain(text), "value": value or text}


def button(text: str = "Go", action_id: str = "go", **more: Any) -> dict[str, Any]:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def actions(*elements: dict[str, Any]) -> Blocks:
    return [{"type": "actions", "elements": list(elements)}]


def section(text: str = "a", **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": mrkdwn(text), **more}


def asked(element: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def menu(count: int = 2, **more: Any) -> dict[str, Any]:
    options = [option(str(n)) for n in range(count)]
    return {"type": "static_select", "action_id": "menu", "options": options, **more}


GROUPED: dict[str, Any] = {"option_groups": [{"label": plain("One"), "options": [option("a")]}]}
CONFIRM = {"title": plain("Sure?"), "text": mrkdwn("*Yes*?"), "confirm": plain("Do"), "deny": plain("Don't")}

GOOD: Blocks = [
    {"type": "header", "text": plain("Header")},
    section(fields=[mrkdwn("a")], accessory=button(style="danger", confirm=CONFIRM, value="1")),
    {
        "type": "context",
        "elements": [mrkdwn("a"), {"type": "image", "image_url": "https://a.example", "alt_text": "a"}],
    },
    *actions(
        button(url="https://a.example"),
        {"type": "overflow", "action_id": "more", "options": [option("One")]},
        menu(),
        {"type": "static_select", "action_id": "grouped", **GROUPED},
        {"type": "users_select", "action_id": "who", "initial_user": "U1"},
        {"type": "datetimepicker", "action_id": "when", "initial_date_time": 1767225600},
        {"type": "conversations_select", "action_id": "where", "default_to_current_conversation": True},
    ),
    {"type": "divider"},
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a"}]}]},
    {"type": "markdown", "text": "# A"},
    {"type": "image", "image_url": "https://a.example/a.png", "alt_text": "a", "title": plain("A")},
    asked({"type": "plain_text_input", "multiline": True, "max_length": 3000}, optional=True, hint=plain("h")),
    asked({"type": "multi_static_select", "options": [option("a")], "initial_options": [option("a")]}),
    asked({"type": "multi_users_select", "initial_users": ["U1"]}),
    asked({"type": "datepicker", "initial_date": "2026-01-31"}),
    asked({"type": "timepicker", "initial_time": "23:59"}),
    asked({"type": "checkboxes", "options": [{"text": mrkdwn("*a*"), "value": "a"}]}),
    asked({"type": "radio_buttons", "options": [option("a")], "initial_option": option("a")}),
]


def test_everything_good_is_taken_and_named() -> None:
    blocks = check_message_blocks(GOOD)
    ids = [block["block_id"] for block in blocks]
    assert len(ids) == len(set(ids)) == len(GOOD)
    assert blocks[8]["element"]["action_id"]
    assert "block_id" not in GOOD[0]


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([section("x" * 3001)], "must be less than 3001 characters [json-pointer:/blocks/0/text/text]"),
        ([section("")], "must be more than 0 characters [json-pointer:/blocks/0/text/text]"),
        ([{"type": "section"}], "missing required field: text or fields [json-pointer:/blocks/0]"),
        ([section(fields=[mrkdwn("a")] * 11)], "no more than 10 items allowed [json-pointer:/blocks/0/fields]"),
        ([section(colour="red")], "invalid additional property: colour [json-pointer:/blocks/0]"),
        ([section(accessory={"type": "plain_text_input"})], "unsupported type: plain_text_input"),
        ([{"type": "header", "text": plain("x" * 151)}], "must be less than 151 characters"),
        ([{"type": "header", "text": mrkdwn("x")}], "unsupported type: mrkdwn [json-pointer:/blocks/0/text]"),
        ([{"type": "context", "elements": [mrkdwn("a")] * 11}], "no more than 10 items allowed"),
        ([{"type": "context", "elements": []}], "no fewer than 1 items allowed"),
        (actions(*[button(action_id=str(n)) for n in range(26)]), "no more than 25 items allowed"),
        (actions(button(), button()), "`action_id` go already exists for this block [json-pointer:/blocks/0]"),
        (actions(button("x" * 76)), "[json-pointer:/blocks/0/elements/0/text/text]"),
        (actions(button(value="x" * 2001)), "must be less than 2001 characters"),
        (actions(button(url="x" * 3001)), "must be less than 3001 characters"),
        (actions(button(action_id="x" * 256)), "must be less than 256 characters"),
        (actions(button(style="loud")), "failed to match all allowed values"),
        (actions(button(confirm={**CONFIRM, "title": plain("x" * 101)})), "must be less than 101 characters"),
        (actions(menu(101)), "no more than 100 items allowed [json-pointer:/blocks/0/elements/0/options]"),
        (actions(menu(initial_option=option("9"))), "initial options must match one of the options"),
        (actions(menu(**GROUPED)), "exactly one of options and option_groups is required"),
        (actions(menu(placeholder=plain("x" * 151))), "must be less than 151 characters"),
        (actions({**menu(), "options": [option("a"), option("b", "a")]}), "option values must be unique"),
        (actions({**menu(), "options": [option("a", "x" * 151)]}), "must be less than 151 characters"),
        (actions({"type": "overflow", "options": [option(str(n)) for n in range(6)]}), "no more than 5 items"),
        (actions({"type": "external_select"}), "unsupported type: external_select"),
        ([asked(button())], "unsupported type: button [json-pointer:/blocks/0/element]"),
        ([asked({"type": "datepicker", "initial_date": "2026-02-30"})], "must be a date, YYYY-MM-DD"),
        ([asked({"type": "timepicker", "initial_time": "24:00"})], "must be a time, HH:mm"),
        ([asked({"type": "datetimepicker", "initial_date_time": 12})], "must be between"),
        ([asked({"type": "plain_text_input", "max_length": 3001})], "must be between 1 and 3000"),
        ([asked({"type": "plain_text_input", "min_length": 9, "max_length": 8})], "min_length must not be more"),
        ([asked({"type": "plain_text_input"}, hint=plain("x" * 2001))], "must be less than 2001 characters"),
        ([asked({"type": "plain_text_input"}, label=plain("x" * 2001))], "must be less than 2001 characters"),
        ([{"type": "markdown", "text": "x" * 12_001}], "must be less than 12001 characters"),
        ([{"type": "divider", "block_id": "x" * 256}], "must be less than 256 characters"),
        ([{"type": "divider", "block_id": "a"}] * 2, "block_id `a` already exists [json-pointer:/blocks/1/block_id]"),
        ([{"type": "divider"}] * 51, "no more than 50 items allowed [json-pointer:/blocks]"),
        ([{"type": "marquee"}], "unsupported type: marquee [json-pointer:/blocks/0]"),
        (["a"], "missing required field: type [json-pointer:/blocks/0]"),
    ],
)
def test_what_is_wrong_is_named(blocks: Blocks, problem: str) -> None:
    assert any(problem in found for found in problems_of(blocks, "/blocks", view=False))
    with pytest.raises(SlackError, match="invalid_blocks") as no:
        check_message_blocks(blocks)
    assert any(problem in found for found in no.value.beside["response_metadata"]["messages"])


def test_many_long_blocks_are_too_long_together() -> None:
    with pytest.raises(SlackError, match="msg_blocks_too_long"):
        check_message_blocks([section("x" * 2700)] * 5)


def modal(**more: Any) -> dict[str, Any]:
    return {"type": "modal", "title": plain("Title"), "blocks": [], **more}


@pytest.mark.parametrize(
    ("view", "problem"),
    [
        (modal(title=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/title/text]"),
        (modal(submit=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/submit/text]"),
        (modal(close=plain("x" * 25)), "must be less than 25 characters [json-pointer:/view/close/text]"),
        (modal(private_metadata="x" * 3001), "must be less than 3001 characters"),
        (modal(callback_id="x" * 256), "must be less than 256 characters"),
        (modal(blocks=[{"type": "divider"}] * 101), "no more than 100 items allowed [json-pointer:/view/blocks]"),
        (modal(blocks=[{"type": "markdown", "text": "a"}]), "unsupported type: markdown"),
        (modal(blocks=[asked({"type": "plain_text_input"})]), "missing required field: submit"),
        ({"type": "modal", "title": plain("a")}, "missing required field: blocks"),
        (modal(type="popup"), "failed to match all allowed values"),
        ("a", "must be an object"),
    ],
)
def test_views_that_slack_refuses(view: Any, problem: str) -> None:
    with pytest.raises(SlackError, match="invalid_arguments") as no:
        check_view(view, "modal")
    assert any(problem in found for found in no.value.beside["response_metadata"]["messages"])
