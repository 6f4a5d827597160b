"""Signed links: what was signed is read, for twelve hours; anything else is not."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.outside.links import LIFE, Links, Pressed, Spent

NOW = datetime(2026, 3, 2, 2, 31, tzinfo=UTC)
ASKS = {12: "acknowledge", 14: "acknowledge", 13: "command"}
LINKS = Links("https://tocsin.example.com", "secret")


def token(links: Links = LINKS) -> str:
    return links.make("U2", "sms", "tocsin-page-7", ASKS, NOW).rpartition("/")[2]


def test_what_was_signed_is_read() -> None:
    assert LINKS.make("U2", "sms", "m", {}, NOW).startswith("https://tocsin.example.com/page/")
    assert LINKS.read(token(), NOW) == Pressed("U2", "sms", "tocsin-page-7", ASKS, NOW)
    assert LINKS.read(token(), NOW + LIFE - timedelta(seconds=1)).person == "U2"


def test_it_ends() -> None:
    with pytest.raises(Spent, match="ended"):
        LINKS.read(token(), NOW + LIFE)


@pytest.mark.parametrize("forged", ["", "x", f"{token()[:-2]}zz", token(Links(LINKS.public, "another")), "é", "a.b.c"])
def test_what_we_did_not_sign_is_not_ours(forged: str) -> None:
    with pytest.raises(Spent, match="not from here"):
        LINKS.read(forged, NOW)


def test_without_an_address_there_are_no_links() -> None:
    assert Links(None, "secret").make("U2", "sms", "m", {1: "join"}, NOW) == ""
    assert "secret" not in repr(LINKS)
