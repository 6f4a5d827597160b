"""Whether Slack answers: three calls in a row without an answer are no accident, and any answer ends it."""

import pytest

from bot.outside.answering import Answering


def after(*errors: str | None) -> str | None:
    """What is said after calls that ended so."""
    answering = Answering()
    for error in errors:
        answering.called("chat.postMessage", error, 0.1)
    return answering.trouble()


@pytest.mark.parametrize(
    ("errors", "is_away"),
    [
        ((), False),
        (("no_answer", "no_answer"), False),
        (("no_answer", "http_503", "internal_error"), True),
        (("no_answer", "no_answer", None, "no_answer"), False),
        (("no_answer", "no_answer", "ratelimited", "no_answer"), False),
        (("no_answer", "no_answer", "channel_not_found", "no_answer"), False),
        (("http_500", "http_502", "http_503", "fatal_error"), True),
    ],
)
def test_when_slack_is_away(errors: tuple[str | None, ...], is_away: bool) -> None:
    assert bool(after(*errors)) is is_away


def test_it_says_how_often_and_for_how_long() -> None:
    assert after(*["no_answer"] * 5) == "Slack has not answered the last 5 calls. What is to be said waits."


def test_addresses_to_answer_at_are_another_matter() -> None:
    answering = Answering()
    for _ in range(5):
        answering.called("response_url", "no_answer", 0.1)
    assert answering.trouble() is None
