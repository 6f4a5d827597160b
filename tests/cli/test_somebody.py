"""Who acts at the command line: by id, by name as Slack shows it, or not at all."""

import pytest

from bot.cli.incident.somebody import commander, somebody
from bot.rules.moment import Person
from bot.rules.refused import Refused

ADA, BOB, MAX, OTHER = Person("U1ADA", "Ada"), Person("U2BOB", "Bob B."), Person("U3MAX", "Max"), Person("U4MAX", "max")
GONE, ROBOT = Person("U5DAN", "Dan", active=False), Person("U6BOT", "Deploys", bot=True)
KNOWN = (ADA, BOB, MAX, OTHER, GONE, ROBOT)


@pytest.mark.parametrize(
    ("asked", "found"),
    [("U1ADA", ADA), ("ada", ADA), ("@Ada", ADA), (" Ada ", ADA), ("bob b.", BOB), ("U4MAX", OTHER)],
)
def test_found(asked: str, found: Person) -> None:
    assert somebody(asked, KNOWN) == found


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (None, "Say who you are: --as and your name as Slack shows it, or your Slack id; or set TOCSIN_AS once."),
        ("@", "Say who you are"),
        ("Max", "“Max” is the name of 2 people: Max U3MAX, max U4MAX. Say which by the id."),
        ("Adda", "I know nobody called “Adda” here. Did you mean Ada?"),
        ("bob", "I know nobody called “bob” here. Did you mean Bob B.?"),
        ("Zoltan", "I know nobody called “Zoltan” here. Give the name as Slack shows it, or the Slack id."),
        ("U9NOBODY", "I know nobody called “U9NOBODY” here."),
        ("Dan", "I know nobody called “Dan” here."),
        ("U5DAN", "Dan is deactivated in Slack. Name somebody else."),
        ("U6BOT", "Deploys is a bot. Name a person."),
    ],
)
def test_refused(asked: str | None, told: str) -> None:
    with pytest.raises(Refused) as refusal:
        somebody(asked, KNOWN)
    assert refusal.value.sentence.startswith(told)


def test_while_slack_has_told_of_nobody_an_id_is_taken() -> None:
    assert somebody("U1ADA", ()) == Person("U1ADA")
    with pytest.raises(Refused, match="Slack has told of nobody yet"):
        somebody("ada", ())


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("commander:ada", "commander:<@U1ADA>"),
        ("ic:@Ada", "ic:<@U1ADA>"),
        ("commander:me", "commander:me"),
        ("service:ada", "service:ada"),
        ("sev1", "sev1"),
    ],
)
def test_a_commander_is_named_as_in_slack(word: str, meant: str) -> None:
    assert commander(word, KNOWN, "U2BOB") == meant
