"""Text is escaped once, cut where nothing breaks, and mentions nobody on a stranger's word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.views import text

AT = datetime(2026, 11, 18, 23, 50, tzinfo=UTC)


def test_what_people_wrote_is_escaped_once() -> None:
    assert text.wrote("a & b <!channel> <@U1> <https://evil|bank.example>") == (
        "a &amp; b &lt;!channel&gt; &lt;@U1&gt; &lt;<https://evil>|bank.example&gt;"
    )
    assert text.one_line("a\n\n b &amp; c") == "a b &amp;amp; c"


def test_addresses_stay_links() -> None:
    assert text.wrote("see https://ci.example.com/1?a=1&b=2.") == "see <https://ci.example.com/1?a=1&amp;b=2>."


@pytest.mark.parametrize(
    ("markup", "limit", "cut"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("a&amp;b", 5, "a…"),
        ("hi <@U123>!", 8, "hi…"),
        ("<@U1> <@U2>", 7, "<@U1>…"),
    ],
)
def test_cut_between_what_belongs_together(markup: str, limit: int, cut: str) -> None:
    assert text.clip(markup, limit) == cut


@given(st.text(max_size=300), st.integers(2, 120))
def test_cut_text_never_mentions_and_never_breaks(words: str, limit: int) -> None:
    for cut in (text.wrote(words, limit), text.one_line(words, limit)):
        assert len(cut) <= limit
        left = cut.replace("&amp;", "").replace("&lt;", "").replace("&gt;", "")
        assert "&" not in left
        assert "<@" not in left
        assert "<!" not in left
        assert left.count("<") == left.count(">") == left.count("<http")


def test_reading_direction_stays_in_its_place() -> None:
    assert text.one_line("abc\u202egnp.exe") == "abcgnp.exe"
    assert text.one_line("تعطل الدفع") == "\u2068تعطل الدفع\u2069"


@pytest.mark.parametrize("control", ["\x07", "\x1b", "\x7f", "\x9b"])
def test_nothing_steers_a_terminal(control: str) -> None:
    assert text.plain_line(f"Checkout {control}[31mis down") == "Checkout [31mis down"
    assert text.one_line(f"Checkout {control}[31mis down") == "Checkout [31mis down"


def test_times_are_local_and_have_a_fallback() -> None:
    assert text.time(AT) == f"<!date^{int(AT.timestamp())}^{{time}}|23:50 UTC>"
    assert text.date(AT) == f"<!date^{int(AT.timestamp())}^{{date_short_pretty}} {{time}}|2026-11-18 23:50 UTC>"
    assert text.when(AT, AT - timedelta(hours=2)) == text.time(AT)
    assert text.when(AT, AT - timedelta(hours=20)) == text.date(AT)


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0.5, "less than a minute"), (3, "3 min"), (60, "1 h"), (62, "1 h 2 min"), (1500, "1 day 1 h"), (2880, "2 days")],
)
def test_length(minutes: float, said: str) -> None:
    assert text.length(timedelta(minutes=minutes)) == said


def test_links_cannot_be_broken_out_of() -> None:
    assert text.link("https://x/|a> <!here>", "a|b>c") == "<https://x/%7Ca%3E%20%3C!here%3E|a/b&gt;c>"
