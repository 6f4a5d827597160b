"""Audiences, as the configuration file says them, and what is wrong with some."""

import pytest

from bot.rules.policy import Audience
from bot.settings.document import Document
from bot.settings.errors import ConfigError
from bot.settings.policy import read_policy

EXECUTIVES = {"name": "executives", "severities": ["p1"], "mail": ["ceo@example.com"], "channel": "#exec"}


def test_severities_by_name_or_alias() -> None:
    policy = read_policy(Document("test", {"audiences": [EXECUTIVES]}, None))
    assert policy.audiences == (Audience("executives", ("SEV1",), ("ceo@example.com",), "#exec"),)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"severities": ["SEV9"]}, "SEV1"),
        ({"mail": ["nobody"]}, "a mail address such as"),
        ({"mail": [], "channel": None}, "where they are told"),
        ({"mails": []}, "mail"),
    ],
)
def test_mistakes(changes: dict[str, object], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        read_policy(Document("test", {"audiences": [EXECUTIVES | changes]}, None))
