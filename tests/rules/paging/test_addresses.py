"""What somebody may write where a way leads to, and the sentence where it is something else."""

import pytest

from bot.rules.paging.addresses import ways_of
from bot.rules.paging.reaching import Way
from bot.rules.refused import Refused


@pytest.mark.parametrize(
    ("kind", "field", "written", "kept"),
    [
        ("mail", "mail", " bo@example.com ", "bo@example.com"),
        ("mail", "mail", "o'bo.x+pager@mail-2.exämple.co.uk", "o'bo.x+pager@mail-2.exämple.co.uk"),
        ("ntfy", "ntfy", "bo-pager_77", "bo-pager_77"),
        ("sms", "number", "+34 600 (11) 22-33.4", "+346001122334"),
        ("voice", "number", "0034600112233", "+34600112233"),
        ("webhook", "webhook", "https://hooks.example.com/bo?x=1", "https://hooks.example.com/bo?x=1"),
    ],
)
def test_an_address_is_kept_in_one_form(kind: str, field: str, written: str, kept: str) -> None:
    assert [(way.kind, way.address) for way in ways_of([kind], {field: written})] == [(kind, kept)]


@pytest.mark.parametrize(
    ("kind", "field", "written"),
    [
        ("mail", "mail", ""),
        ("mail", "mail", "bo@example.com, ada@example.com"),
        ("mail", "mail", "bo@localhost"),
        ("mail", "mail", "bo@example..com"),
        ("mail", "mail", "bo.@example.com"),
        ("mail", "mail", "(bo@example.com"),
        ("mail", "mail", "bö@example.com"),
        ("mail", "mail", f"{'b' * 400}@example.com"),
        ("ntfy", "ntfy", "short"),
        ("ntfy", "ntfy", "two words"),
        ("sms", "number", "600112233"),
        ("voice", "number", "call me"),
        ("webhook", "webhook", "http://hooks.example.com"),
        ("webhook", "webhook", "https://user@hooks.example.com"),
    ],
)
def test_anything_else_is_refused_beside_its_field(kind: str, field: str, written: str) -> None:
    with pytest.raises(Refused) as refused:
        ways_of(["slack", kind], {field: written})
    assert refused.value.field == field


def test_an_address_with_a_password_is_told_what_is_wrong_with_it() -> None:
    with pytest.raises(Refused, match="begins with https://, without a name or password in it"):
        ways_of(["webhook"], {"webhook": "https://bo:secret@hooks.example.com"})


def test_each_way_once_in_the_order_chosen() -> None:
    assert ways_of(["slack", "sms", "slack"], {"number": "+34600112233"}) == (Way("slack"), Way("sms", "+34600112233"))
