"""What people type, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.refused import Refused
from handlers import grammar, verbs
from handlers.grammar import Declaration, Spoken

LEVELS = {"sev1", "sev2", "p1"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a &amp; b &lt;c&gt;", "a & b <c>"),
        ("&amp;lt;script&amp;gt;", "&lt;script&gt;"),
        ("&amp;amp;", "&amp;"),
        ("ask <@U1AB|bob> or <@U2CD>", "ask @bob or @U2CD"),
        ("in <#C1|incidents> and <#C2>", "in #incidents and #C2"),
        ("<!channel> <!here|here> <!everyone>", "@channel @here @everyone"),
        ("<!subteam^S1|@oncall> <!subteam^S2>", "@oncall @S2"),
        ("<!date^1^{date}|tomorrow>", "tomorrow"),
        ("<http://example.com|example.com>", "example.com"),
        ("<https://example.com/a?b=1&amp;c=2>", "https://example.com/a?b=1&c=2"),
        ("<https://evil.example|https://bank.example>", "https://bank.example (https://evil.example)"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("<tel:+34123|+34 123>", "+34 123 (+34123)"),
        ("nul\x00 and \ud83d half", "nul and  half"),
        ("שלום &amp; 🔥", "שלום & 🔥"),
        ("  <>  ", "<>"),
        ("a &amp; < b > c", "a & < b > c"),
    ],
)
def test_markup_and_entities_are_undone_once(typed: str, read: str) -> None:
    assert grammar.plain(typed) == read


@pytest.mark.parametrize(
    ("text", "word", "number", "bare", "rest"),
    [
        ("", "", None, None, ""),
        ("ack", "ack", None, None, ""),
        ("  ACK!  ", "ack", None, None, ""),
        ("ack INC-12", "ack", 12, None, ""),
        ("ack inc-12: on it", "ack", 12, None, "on it"),
        ("INC-12 ack", "ack", 12, None, ""),
        ("#12 note disk is full", "note", 12, None, "disk is full"),
        ("12", "", 12, None, ""),
        ("INC-12", "", 12, None, ""),
        ("12 resolve rolled back", "resolve", 12, None, "rolled back"),
        ("INC-3 merge INC-9", "merge", 9, None, ""),
        ("note 12 pods restart", "note", None, 12, "12 pods restart"),
        ("snooze 30", "snooze", None, 30, "30"),
        ("snooze 30m", "snooze", None, None, "30m"),
        ("event 14:05 deploy", "event", None, None, "14:05 deploy"),
        ("note INC-12x is no number", "note", None, None, "INC-12x is no number"),
        ("note 99999999999999999999", "note", None, None, "99999999999999999999"),
        ("update line one\nline two", "update", None, None, "line one\nline two"),
        ("update\u00a0text", "update", None, None, "text"),
    ],
)
def test_a_line_is_taken_apart(text: str, word: str, number: int | None, bare: int | None, rest: str) -> None:
    spoken = grammar.parse(text)
    assert (spoken.word, spoken.number, spoken.bare, spoken.rest) == (word, number, bare, rest)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("sev1 Checkout is down", Declaration("Checkout is down", "sev1")),
        ("private SEV2 Keys leaked", Declaration("Keys leaked", "SEV2", private=True)),
        ("sev-1, private Keys leaked", Declaration("Keys leaked", "sev1", private=True)),
        ("P1 x", Declaration("x", "P1")),
        ("Checkout is sev1", Declaration("Checkout is sev1")),
        ("private", Declaration(private=True)),
        ("sev9 Checkout", Declaration("Checkout", "sev9")),
        ("a  b\nc", Declaration("a b c")),
        ("", Declaration()),
        ("test sev1 Checkout", Declaration("Checkout", "sev1", test=True)),
        ("drill private sev2 Keys leaked", Declaration("Keys leaked", "sev2", private=True, test=True)),
        ("private Test, sev1 Keys", Declaration("Keys", "sev1", private=True, test=True)),
        ("sev1 test environment is down", Declaration("test environment is down", "sev1")),
        ("sev1 drill", Declaration("drill", "sev1")),
        ("test test fails", Declaration("test fails", test=True)),
        ("Checkout test fails", Declaration("Checkout test fails")),
    ],
)
def test_what_follows_declare(raw: str, expected: Declaration) -> None:
    assert grammar.declaration(raw, lambda word: word.casefold() in LEVELS) == expected


@pytest.mark.parametrize("control", ["\x07", "\x1b", "\x7f", "\x9b"])
def test_what_steers_a_terminal_is_not_kept(control: str) -> None:
    assert grammar.plain(f"Checkout {control}[31mis down") == "Checkout [31mis down"


def test_people_are_found_and_taken_out() -> None:
    spoken = grammar.parse("role scribe <@U1AB|bob>, please <@U2CD>")
    assert spoken.people == ("U1AB", "U2CD")
    assert spoken.unpeopled == "scribe , please"


def test_who_is_meant() -> None:
    assert grammar.person_meant(grammar.parse("lead <@U1AB|bob>"), "", "U9") == "U1AB"
    assert grammar.person_meant(Spoken("lead me", "lead", raw="me"), "me", "U9") == "U9"
    assert grammar.person_meant(Spoken("command"), "", "U9") is None
    with pytest.raises(Refused, match="@bob"):
        grammar.person_meant(Spoken("lead @bob", "lead", raw="@bob"), "@bob", "U9")


@pytest.mark.parametrize(
    ("typo", "meant"), [("resolv", "resolve"), ("aknowledge", "acknowledge"), ("statsu", "status"), ("zzzz", None)]
)
def test_an_unknown_word_is_led_to_the_nearest(typo: str, meant: str | None) -> None:
    assert grammar.nearest(typo, verbs.NAMES) == meant


@pytest.mark.parametrize(
    ("text", "verb", "number"),
    [
        ("", "help", None),
        ("12", "show", 12),
        ("resolve 12", "resolve", 12),
        ("ack 12 on it", "ack", 12),
        ("snooze 12", "snooze", None),
        ("note 12 pods", "note", None),
        ("list 12", "list", None),
        ("claim", "command", None),
    ],
)
def test_a_plain_number_is_an_incident_where_it_can_be_nothing_else(text: str, verb: str, number: int | None) -> None:
    found, spoken = verbs.line(text)
    assert found is not None
    assert (found.name, spoken.number) == (verb, number)


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("status", "incident:status"),
        ("status resolved", "incident:resolve"),
        ("status monitoring", None),
        ("role", "incident:role"),
        ("role lead", "incident:role"),
        ("role <@U1AB|bob>", "incident:role"),
        ("role lead <@U1AB|bob>", None),
        ("role lead me", None),
        ("lead", "incident:role"),
        ("command", None),
        ("event", "incident:event"),
        ("event 14:05", "incident:event"),
        ("event rolled back", "incident:event"),
        ("event 14:05 rolled back", None),
        ("event 25:99 rolled back", None),
        ("update", "incident:update"),
        ("resolve 12", "incident:resolve"),
        ("snooze 30", None),
        ("ack", None),
        ("edit", "incident:edit"),
        ("edit INC-12", "incident:edit"),
        ("merge", "incident:merge"),
        ("INC-3 merge", "incident:merge"),
        ("merge INC-9", None),
        ("handoff", "incident:handoff"),
        ("handoff she knows it", "incident:handoff"),
        ("handoff <@U1AB|bob>", None),
        ("handoff @bob", None),
        ("private", "incident:private"),
        ("private <@U1AB|bob>", None),
        ("undo", None),
        ("archive INC-12", None),
    ],
)
def test_what_is_missing_is_asked_by_a_modal(text: str, door: str | None) -> None:
    verb, spoken = verbs.line(text)
    assert verb is not None
    form = verbs.lacks(verb, spoken)
    assert (form.door if form else None) == door


@pytest.mark.parametrize(
    ("text", "this", "other"),
    [
        ("merge INC-9", None, 9),
        ("merge 9", None, 9),
        ("merge into INC-9, it is the same", None, 9),
        ("merge INC-9 after 500 errors", None, 9),
        ("INC-3 merge INC-9", 3, 9),
        ("3 merge 9", 3, 9),
        ("INC-3 merge into #9", 3, 9),
        ("merge INC-3 into INC-9", 3, 9),
        ("merge INC-3 INC-9", 3, 9),
        ("merge", None, None),
        ("INC-3 merge", 3, None),
        ("merge into the other one", None, None),
    ],
)
def test_which_incident_is_merged_into_which(text: str, this: int | None, other: int | None) -> None:
    verb, spoken = verbs.line(text)
    assert verb is not None
    assert (verb.name, spoken.number, spoken.other, spoken.bare) == ("merge", this, other, None)


def test_what_is_said_to_who_is_offered_command() -> None:
    spoken = grammar.parse("handoff <@U1AB|bob> ask <@U2CD|eve>,\nshe &amp; I looked")
    assert spoken.beside_person == "ask @eve,\nshe & I looked"


@given(st.text(max_size=400))
def test_nothing_that_is_typed_breaks_it(text: str) -> None:
    verb, spoken = verbs.line(text)
    assert "\x00" not in spoken.rest
    spoken.rest.encode()
    if verb:
        verbs.lacks(verb, spoken)
    grammar.declaration(text, lambda word: word == "sev1")
