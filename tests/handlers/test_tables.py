"""The tables agree with each other, with what views emit, and with the manifest."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.rules.permissions import ACTS as PERMITTED
from bot.rules.refused import Refused
from bot.settings.scopes import BOT_SCOPES, OPTIONAL_SCOPES
from bot.views.acts import ACTS as OFFERED
from bot.views.acts import MENU, MORE
from handlers import buttons, events, looking, offered, permitted, shortcuts, submissions, verbs
from handlers.modals import MODALS
from handlers.parts import Parts
from handlers.replies import WAYS
from handlers.verbs import VERBS
from handlers.vocabulary import Verb

ROOT = Path(__file__).parents[2]
SILENT = {"incident:waiting", "incident:sentence"}
"""Modals that ask for nothing."""
EVERY_DOOR = {
    *buttons.ACTS,
    *buttons.WITH_ARGUMENT,
    *buttons.OPENING,
    *buttons.OF_NONE,
    *buttons.WHILE_FILLING,
    *submissions.WITHOUT_INCIDENT,
    buttons.MENU,
    *SILENT,
}
PROMISED = [
    *("declare", "drill", "ack", "unack", "status", "severity", "service", "update", "note", "event", "snooze"),
    *("resolve", "reopen", "cancel", "archive", "command", "lead", "role", "handoff", "escalate"),
    *("join", "follow", "unfollow"),
    *("private", "breakglass", "undo", "edit", "merge", "oncall", "override", "cover"),
    *("list", "show", "catchup", "simulate", "silence", "changes", "help"),
]
HABITS = {
    "declare": {"new", "open", "create"},
    "severity": {"sev"},
    "command": {"commander", "ic", "claim"},
    "lead": {"sme"},
    "update": {"post"},
    "resolve": {"close"},
    "escalate": {"page"},
    "list": {"search"},
}


@pytest.fixture(scope="module")
def manifest() -> Any:
    return yaml.safe_load((ROOT / "manifest.yml").read_text("utf-8"))


def test_every_door_that_views_name_leads_somewhere() -> None:
    sources = [path.read_text("utf-8") for path in (ROOT / "bot/views").rglob("*.py")]
    named = {door for source in sources for door in re.findall(r"""["']((?:incident|person):[a-z_]+)""", source)}
    assert named - EVERY_DOOR == set()


def test_every_act_of_the_card_leads_somewhere() -> None:
    doors = {act.door for act in OFFERED.values()} | {MORE[0]}
    assert doors <= {*buttons.ACTS, *buttons.OPENING}
    assert buttons.MENU == MENU


def test_every_door_but_the_knock_asks_for_a_permission() -> None:
    doors = {*EVERY_DOOR, *shortcuts.SHORTCUTS, *(verb.door for verb in VERBS)} - {buttons.MENU, *SILENT}
    own = {door for door in doors if door.startswith("person:")}  # how one is reached is everybody's own
    assert doors - set(permitted.DOORS) - own == {"incident:access", "incident:help"}
    assert set(permitted.DOORS) - doors == set()
    assert set(PERMITTED) - set(permitted.DOORS.values()) == {"page_further"}  # its rule asks, at the door of `page`
    assert set(permitted.DOORS.values()) <= set(PERMITTED)


def test_every_modal_that_asks_is_answered() -> None:
    assert {door for door, modal in MODALS.items() if modal.submit is None} == {MORE[0]}


def test_all_promised_verbs_are_there_with_the_habits() -> None:
    assert [verb.name for verb in VERBS] == PROMISED
    assert {name for name, habits in HABITS.items() if not habits <= set(verbs.NAMES[name].aliases)} == set()


def test_no_word_means_two_things() -> None:
    words = [word for verb in VERBS for word in (verb.name, *verb.aliases)]
    assert len(words) == len(set(words))
    assert all(word == word.casefold() for word in words)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb.name)
def test_every_verb_is_complete(verb: Verb) -> None:
    assert verb.usage.split()[0] == verb.name
    assert verb.help.endswith((".", ")."))
    assert (verb.run is None) != (verb.look is None)
    assert verb.door.startswith("incident:")


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb.run], ids=lambda verb: verb.name)
def test_what_a_verb_lacks_has_a_modal(verb: Verb) -> None:
    door = verb.needs(verbs.line(verb.name)[1])
    assert door is None or door in MODALS


def test_every_source_has_its_way() -> None:
    assert {kind.source for kind in events.EVENTS.values()} | {"slash", "button", "modal", "shortcut"} == set(WAYS)


def test_the_manifest_names_the_shortcuts(manifest: Any) -> None:
    named = [(each["callback_id"], each["name"], each["type"]) for each in manifest["features"]["shortcuts"]]
    assert {callback for callback, _, _ in named} == set(shortcuts.SHORTCUTS)
    assert named == [(each["callback_id"], each["name"], each["type"]) for each in offered.SHORTCUTS]
    assert all(len(name) <= 24 for _, name, _ in named)


def test_the_manifest_names_the_command_and_the_events(manifest: Any, parts: Parts) -> None:
    (command,) = manifest["features"]["slash_commands"]
    assert command["command"] == parts.policy.command
    assert command["should_escape"] is True
    hinted = set(re.findall(r"(?:^|· )([a-z]+)", command["usage_hint"]))
    assert hinted <= set(verbs.NAMES)
    assert set(manifest["settings"]["event_subscriptions"]["bot_events"]) == set(offered.EVENTS)


def test_the_manifest_asks_for_the_scopes_in_use(manifest: Any) -> None:
    asked = {"bot": sorted(BOT_SCOPES), "bot_optional": sorted(OPTIONAL_SCOPES)}
    assert manifest["oauth_config"]["scopes"] == asked
    assert set(BOT_SCOPES) > OPTIONAL_SCOPES


def test_the_manifest_is_for_socket_mode(manifest: Any) -> None:
    assert manifest["settings"]["socket_mode_enabled"] is True
    assert manifest["settings"]["interactivity"]["is_enabled"] is True
    assert manifest["features"]["app_home"]["home_tab_enabled"] is True
    assert manifest["features"]["app_home"]["messages_tab_enabled"] is True


@pytest.mark.parametrize(
    ("asked", "filters"),
    [
        ("mine P1 checkout is down", {"mine": True, "severity": "SEV1", "words": "checkout is down"}),
        ("all", {"everything": True}),
        ("all tests", {"everything": True, "tests": True}),
        ("test", {"words": "test"}),
        ("commander:<@U1AB|bob> sev2", {"commander": "U1AB", "severity": "SEV2"}),
        ("commander: <@U1AB|Bob Roe> slow", {"commander": "U1AB", "words": "slow"}),
        ("commander:me", {"commander": "U1ADA"}),
        ("IC:<@U1AB>", {"commander": "U1AB"}),
        ("commander: slow", {"words": "commander: slow"}),
        ("a &amp; b <https://x.example|x.example>", {"words": "a & b x.example"}),
        ("twice twice", {"words": "twice"}),
        ("", {}),
    ],
)
async def test_the_filters_of_a_list(parts: Parts, asked: str, filters: dict[str, Any]) -> None:
    assert looking.wanted(parts, looking.words_of(asked), "U1ADA") == filters


async def test_a_filter_by_somebody_unknown_says_how_to_name_them(parts: Parts) -> None:
    with pytest.raises(Refused, match="I do not know “bob”"):
        looking.wanted(parts, ["commander:bob"], "U1ADA")
